// Arrays in NumPy's `.npy` format (versions 1 to 3), read where they lie.

#ifndef SNN_RUNTIME_NPYFILE_H
#define SNN_RUNTIME_NPYFILE_H

#include "NumberArray.h"

namespace snn::runtime {

/// A file mapped into memory.
class NpyFile final : public NumberArray {
public:
  /// Throws a `Failure` (SNN_BAD_FILE) that names the file and what is wrong with it.
  explicit NpyFile(const std::string &path);
  ~NpyFile() override;

private:
  void *mapping = nullptr;
  size_t length = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_NPYFILE_H
