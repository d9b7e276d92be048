#include "compiler/tools/snnc/Readable.h"

#include <cmath>
#include <cstdio>

namespace snn::tool {

std::string readableNumber(double value) {
  char text[64];
  std::snprintf(text, sizeof text, std::fabs(value) >= 1000 && std::fabs(value) < 1e7 ? "%.0f" : "%.3g", value);
  return text;
}

std::string readableTime(double seconds) {
  if (seconds < 1e-3)
    return readableNumber(seconds * 1e6) + " us";
  if (seconds < 1)
    return readableNumber(seconds * 1e3) + " ms";
  if (seconds < 59.95)
    return readableNumber(seconds) + " s";
  auto whole = static_cast<uint64_t>(std::llround(seconds));
  if (whole < 3600)
    return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string readableModelTime(double milliseconds) {
  char text[64];
  bool inSeconds = milliseconds >= 1000;
  std::snprintf(text, sizeof text, "%.7g %s", inSeconds ? milliseconds / 1000 : milliseconds, inSeconds ? "s" : "ms");
  return text;
}

std::string readableCount(uint64_t count) {
  std::string digits = std::to_string(count);
  for (size_t at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, 1, ' ');
  return digits;
}

std::string readableBytes(uint64_t bytes) {
  if (bytes < 1000)
    return std::to_string(bytes) + " bytes";
  double value = static_cast<double>(bytes);
  const char *const units[] = {"kB", "MB", "GB", "TB"};
  int unit = -1;
  while (value >= 999.5 && unit < 3) {
    value /= 1000;
    ++unit;
  }
  return readableNumber(value) + " " + units[unit];
}

} // namespace snn::tool
