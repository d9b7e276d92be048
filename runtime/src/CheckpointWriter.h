// Writes a checkpoint file so that at any moment there is the old one or the new one under its name.

#ifndef SNN_RUNTIME_CHECKPOINTWRITER_H
#define SNN_RUNTIME_CHECKPOINTWRITER_H

#include "CheckpointFormat.h"
#include "ContentHash.h"
#include "FileDescriptor.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace snn::runtime {

/// Every function throws a `Failure` (SNN_BAD_FILE) that names the file. Without a `commit`, nothing is left behind.
class CheckpointWriter {
public:
  /// Begins a file beside `path`. A file that is there already and is neither empty nor a checkpoint is not replaced.
  explicit CheckpointWriter(const std::string &path);
  ~CheckpointWriter();
  CheckpointWriter(const CheckpointWriter &) = delete;
  CheckpointWriter &operator=(const CheckpointWriter &) = delete;

  /// What is written from now on belongs to this section.
  void begin(SectionName name);
  void write(const void *bytes, size_t size);

  /// Forces everything onto the disk and gives the file its name.
  void commit();

private:
  void endSection();
  void put(const void *bytes, size_t size);
  void flush();
  [[noreturn]] void failToWrite() const;

  const std::string name; ///< as the caller has it
  const std::string path; ///< without symbolic links
  std::string unfinished;
  FileDescriptor descriptor;
  uint64_t length = 0; ///< so far, with what is gathered
  std::vector<char> gathered;
  std::vector<CheckpointSection> table;
  std::optional<ContentHash> hash; ///< of the section that has begun
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CHECKPOINTWRITER_H
