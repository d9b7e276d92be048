#include "NumberArray.h"

#include "Failure.h"

#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

namespace snn::runtime {

[[noreturn]] static void failForCount(const std::string &path) {
  fail(SNN_BAD_FILE, "`%s` has a shape with more elements than 64 bits count", path.c_str());
}

void NumberArray::countElements() {
  elements = 1;
  for (uint64_t n : dimensions)
    if (__builtin_mul_overflow(elements, n, &elements))
      failForCount(path);
}

std::string describeShape(const std::vector<uint64_t> &shape) {
  std::string text = "(";
  for (size_t k = 0; k < shape.size(); ++k)
    text += (k ? ", " : "") + std::to_string(shape[k]);
  return text + ")";
}

/// What follows `'key':` in the header's dictionary, blanks skipped; empty if it is not there.
static std::string_view entry(std::string_view header, const char *key) {
  size_t at = header.find(std::string("'") + key + "'");
  if (at == header.npos || (at = header.find(':', at)) == header.npos)
    return {};
  at = header.find_first_not_of(' ', at + 1);
  return at == header.npos ? std::string_view() : header.substr(at);
}

/// Nothing if a number is too large.
static std::optional<std::vector<uint64_t>> parseShape(std::string_view tuple) {
  std::vector<uint64_t> shape;
  for (size_t i = 1; i < tuple.size() && tuple[i] != ')'; ++i) {
    if (tuple[i] < '0' || tuple[i] > '9')
      continue;
    uint64_t n = 0;
    for (; i < tuple.size() && tuple[i] >= '0' && tuple[i] <= '9'; ++i)
      if (__builtin_mul_overflow(n, uint64_t(10), &n) || __builtin_add_overflow(n, uint64_t(tuple[i] - '0'), &n))
        return std::nullopt;
    shape.push_back(n);
    --i;
  }
  return shape;
}

void NumberArray::parseNpy(const void *file, size_t length) {
  auto *bytes = static_cast<const unsigned char *>(file);
  if (length < 12 || std::memcmp(bytes, "\x93NUMPY", 6) != 0)
    fail(SNN_BAD_FILE, "`%s` is not a .npy file: it does not start with its magic number", path.c_str());
  unsigned version = bytes[6];
  if (version < 1 || version > 3)
    fail(SNN_BAD_FILE, "`%s` has version %u of the .npy format; versions 1 to 3 are read", path.c_str(), version);
  size_t preamble = version == 1 ? 10 : 12;
  size_t headerLength = bytes[8] | size_t(bytes[9]) << 8;
  if (version > 1)
    headerLength |= size_t(bytes[10]) << 16 | size_t(bytes[11]) << 24;
  if (headerLength > length - preamble)
    fail(SNN_BAD_FILE, "`%s` ends within its header", path.c_str());

  std::string_view header(reinterpret_cast<const char *>(bytes) + preamble, headerLength);
  std::string_view type = entry(header, "descr"), order = entry(header, "fortran_order"),
                   shape = entry(header, "shape");
  if (type.empty() || order.empty() || shape.empty() || shape[0] != '(')
    fail(SNN_BAD_FILE, "`%s` has a header without type, order or shape", path.c_str());
  std::optional<std::vector<uint64_t>> parsed = parseShape(shape);
  if (!parsed)
    failForCount(path);
  dimensions = std::move(*parsed);
  if (order.substr(0, 4) == "True" && dimensions.size() > 1)
    fail(SNN_BAD_FILE, "`%s` is in Fortran order; save it with `numpy.ascontiguousarray`", path.c_str());

  std::string code(type.substr(1, type.find('\'', 1) - 1));
  bool known = type[0] == '\'' && code.size() == 3 && std::strchr("<|=", code[0]) && std::strchr("iufb", code[1]) &&
               std::strchr(code[1] == 'f'   ? "48"
                           : code[1] == 'b' ? "1"
                                            : "1248",
                           code[2]);
  if (!known)
    fail(SNN_BAD_FILE, "`%s` has elements of type `%.32s`; little-endian integers, float32 and float64 are read",
         path.c_str(), code.c_str());
  kind = code[1] == 'b' ? 'u' : code[1];
  width = unsigned(code[2] - '0');

  countElements();
  values = bytes + preamble + headerLength;
  if (elements > (length - preamble - headerLength) / width)
    fail(SNN_BAD_FILE, "`%s` ends early: its header promises %llu elements of %u bytes", path.c_str(),
         static_cast<unsigned long long>(elements), width);
}

template <typename T> static T load(const unsigned char *from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

int64_t NumberArray::whole(uint64_t index) const {
  const unsigned char *from = values + index * width;
  bool isSigned = kind == 'i';
  switch (width) {
  case 1:
    return isSigned ? load<int8_t>(from) : load<uint8_t>(from);
  case 2:
    return isSigned ? load<int16_t>(from) : load<uint16_t>(from);
  case 4:
    return isSigned ? load<int32_t>(from) : int64_t(load<uint32_t>(from));
  default:
    if (isSigned)
      return load<int64_t>(from);
    uint64_t value = load<uint64_t>(from);
    return value > uint64_t(std::numeric_limits<int64_t>::max()) ? std::numeric_limits<int64_t>::max() : int64_t(value);
  }
}

double NumberArray::number(uint64_t index) const {
  const unsigned char *from = values + index * width;
  if (kind == 'f')
    return width == 4 ? load<float>(from) : load<double>(from);
  if (kind == 'u' && width == 8)
    return double(load<uint64_t>(from));
  return double(whole(index));
}

template <typename T> static void copyNumbers(const unsigned char *from, std::span<double> out) {
  for (size_t k = 0; k < out.size(); ++k)
    out[k] = load<T>(from + k * sizeof(T));
}

/// Of floating-point numbers a whole row at a time, since a network may take one in every step.
void NumberArray::numbers(uint64_t first, std::span<double> out) const {
  if (kind == 'f' && width == 8)
    return copyNumbers<double>(values + first * width, out);
  if (kind == 'f')
    return copyNumbers<float>(values + first * width, out);
  for (size_t k = 0; k < out.size(); ++k)
    out[k] = number(first + k);
}

} // namespace snn::runtime
