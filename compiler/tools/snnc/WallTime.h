// A stretch of real time on the command line: `--save-every 10 min`.

#ifndef SNN_COMPILER_TOOLS_SNNC_WALLTIME_H
#define SNN_COMPILER_TOOLS_SNNC_WALLTIME_H

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace snn::tool {

/// Seconds in a unit of wall time: ms, s, min or h; nothing for any other text.
std::optional<double> wallTimeUnit(llvm::StringRef text);

/// Seconds of "10 min", "10min" or "0.5 s"; nothing if the text is no positive time.
std::optional<double> parseWallTime(llvm::StringRef text);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_WALLTIME_H
