// Arrays in `.npz` and HDF5 files, read by a library that is opened when one is needed.

#ifndef SNN_RUNTIME_ARCHIVEARRAY_H
#define SNN_RUNTIME_ARCHIVEARRAY_H

#include "NumberArray.h"

#include "snn/arrays/ReadArray.h"

namespace snn::runtime {

class ArchiveArray final : public NumberArray {
public:
  /// The array `dataSet` of the file at `path`; empty: its only one. Throws a `Failure` (SNN_BAD_FILE) that names both and what is
  /// wrong with them.
  ArchiveArray(const std::string &path, const std::string &dataSet);
  ~ArchiveArray() override;

private:
  snn_array array{};
};

/// Has the HDF5 file something of that name? Throws a `Failure` if there is nothing to read it with.
bool isInArchive(const std::string &path, const std::string &name);

/// Is the file one that holds several arrays, by its name?
bool isArchive(const std::string &path);

} // namespace snn::runtime

#endif // SNN_RUNTIME_ARCHIVEARRAY_H
