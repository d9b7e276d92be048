// Arrays of numbers in files, whatever their format.

#ifndef SNN_RUNTIME_NUMBERARRAY_H
#define SNN_RUNTIME_NUMBERARRAY_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace snn::runtime {

/// Little-endian numbers in C order: int8 to int64, uint8 to uint64, bool, float32, float64.
class NumberArray {
public:
  explicit NumberArray(std::string name) : path(std::move(name)) {}
  virtual ~NumberArray() = default;
  NumberArray(const NumberArray &) = delete;
  NumberArray &operator=(const NumberArray &) = delete;

  const std::string path; ///< for messages: "w.npy", "w.h5: layer4/g"
  const std::vector<uint64_t> &shape() const { return dimensions; }
  uint64_t count() const { return elements; }
  bool isWhole() const { return kind != 'f'; } ///< an integer type
  const std::string &unit() const { return unitText; } ///< that the file names; empty: none
  /// Of pairs: are neurons counted within their populations (SONATA's edges), rather than within the joined groups?
  bool isOfPopulations() const { return countsInPopulations; }

  /// Element `index` < count() in C order.
  double number(uint64_t index) const;
  /// Elements from `first` on, one for each of `out`.
  void numbers(uint64_t first, std::span<double> out) const;
  /// Element `index` of an integer array; a uint64 above INT64_MAX gives INT64_MAX.
  int64_t whole(uint64_t index) const;

protected:
  /// Takes the array out of a .npy file of `length` bytes, which must outlive this. Throws a `Failure` (SNN_BAD_FILE).
  void parseNpy(const void *file, size_t length);
  /// The number of elements for the dimensions, or a `Failure`.
  void countElements();

  const unsigned char *values = nullptr;
  std::vector<uint64_t> dimensions;
  uint64_t elements = 1;
  char kind = 0; ///< 'i', 'u' or 'f'
  unsigned width = 0;
  std::string unitText;
  bool countsInPopulations = false;
};

/// "(3, 4)"
std::string describeShape(const std::vector<uint64_t> &shape);

} // namespace snn::runtime

#endif // SNN_RUNTIME_NUMBERARRAY_H
