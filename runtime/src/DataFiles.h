// The data files of a simulation, each opened once.

#ifndef SNN_RUNTIME_DATAFILES_H
#define SNN_RUNTIME_DATAFILES_H

#include "NpyFile.h"

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>

namespace snn::runtime {

/// May be used from all workers at once.
class DataFiles {
public:
  /// Relative paths start here; empty: the working directory.
  void setFolder(const std::string &path) { folder = path; }

  /// Opens `path` or finds it again. Throws a `Failure` (SNN_BAD_FILE).
  const NpyFile &file(const std::string &path);

  /// Element `index` of the array in `path`. Throws a `Failure` (SNN_BAD_FILE), also where the array is too short.
  double number(const std::string &path, uint64_t index);

private:
  std::string folder;
  std::shared_mutex mutex;
  std::map<std::string, std::unique_ptr<NpyFile>> files;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DATAFILES_H
