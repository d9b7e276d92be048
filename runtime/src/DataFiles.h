// The arrays that a model loads, each opened once.

#ifndef SNN_RUNTIME_DATAFILES_H
#define SNN_RUNTIME_DATAFILES_H

#include "NumberArray.h"

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>

namespace snn::runtime {

/// An array as the text of `snn_state::data` names it, in base units.
struct LoadedArray {
  std::unique_ptr<NumberArray> array;
  double factor = 1;           ///< from the numbers in the file to base units
  std::vector<uint64_t> shape; ///< that a table needs; empty otherwise

  /// Element `index` in base units. Throws a `Failure` (SNN_BAD_FILE) if it is no finite number.
  double number(uint64_t index) const;
};

/// May be used from all workers at once.
class DataFiles {
public:
  /// Relative paths start here; empty: the working directory.
  void setFolder(const std::string &path) { folder = path; }

  /// Opens the array or finds it again. Throws a `Failure` (SNN_BAD_FILE), also where the unit in the file does not fit.
  const LoadedArray &find(const char *text);

  /// The path as it is opened.
  std::string whole(const std::string &path) const;

  /// Opens the array for one use. Fails alike.
  LoadedArray open(const std::string &text) const;

private:

  std::string folder;
  std::shared_mutex mutex;
  std::map<std::string, LoadedArray, std::less<>> arrays;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DATAFILES_H
