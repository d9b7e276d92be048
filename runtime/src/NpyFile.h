// Arrays in NumPy's `.npy` format (versions 1 to 3), read where they lie.

#ifndef SNN_RUNTIME_NPYFILE_H
#define SNN_RUNTIME_NPYFILE_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace snn::runtime {

/// A file mapped into memory. Little-endian numbers in C order: int8 to int64, uint8 to uint64, bool, float32, float64.
class NpyFile {
public:
  /// Throws a `Failure` (SNN_BAD_FILE) that names the file and what is wrong with it.
  explicit NpyFile(const std::string &path);
  ~NpyFile();
  NpyFile(const NpyFile &) = delete;
  NpyFile &operator=(const NpyFile &) = delete;

  const std::string path;
  const std::vector<uint64_t> &shape() const { return dimensions; }
  uint64_t count() const { return elements; }
  bool isWhole() const { return kind != 'f'; } ///< an integer type

  /// Element `index` < count() in C order.
  double number(uint64_t index) const;
  /// The same of an integer file; a uint64 above INT64_MAX gives INT64_MAX.
  int64_t whole(uint64_t index) const;

private:
  void parseHeader();

  void *mapping = nullptr;
  size_t length = 0;
  const unsigned char *values = nullptr;
  std::vector<uint64_t> dimensions;
  uint64_t elements = 1;
  char kind = 0; ///< 'i', 'u' or 'f'
  unsigned width = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_NPYFILE_H
