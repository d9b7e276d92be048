// Numbers as a person reads them.

#ifndef SNN_COMPILER_TOOLS_SNNC_READABLE_H
#define SNN_COMPILER_TOOLS_SNNC_READABLE_H

#include <cstdint>
#include <string>

namespace snn::tool {

/// Three significant digits without an exponent where that is short: "0.0312", "22.3", "1250".
std::string readableNumber(double value);

/// "850 us", "12 ms", "3.2 s", "2 min 5 s", "1 h 3 min".
std::string readableTime(double seconds);

/// Time of the model, never in minutes: "50 ms", "1.5 s", "3600 s".
std::string readableModelTime(double milliseconds);

/// Digits in groups of three: "320 000".
std::string readableCount(uint64_t count);

/// "640 bytes", "1.9 MB"; decimal prefixes.
std::string readableBytes(uint64_t bytes);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_READABLE_H
