#include "Failure.h"

#include <cstdarg>
#include <cstdio>

namespace snn::runtime {

void fail(snn_status status, const char *format, ...) {
  char sentence[1024];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  throw Failure(status, sentence);
}

std::string describeBytes(double bytes) {
  static constexpr const char *units[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  int unit = 0;
  for (; bytes >= 999.5 && unit < 6; ++unit)
    bytes /= 1000;
  char text[32];
  std::snprintf(text, sizeof text, "%.3g %s", bytes, units[unit]);
  return text;
}

} // namespace snn::runtime
