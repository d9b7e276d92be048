// A unit outside a `.snn` file: on the command line, or as the text of a setting.

#ifndef SNN_COMPILER_TOOLS_SNNC_UNITTEXT_H
#define SNN_COMPILER_TOOLS_SNNC_UNITTEXT_H

#include "frontend/Units.h"

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace snn::tool {

/// The unit spelled `text` ("mV", "nS/cm^2", "/ms", "mV/ms^0.5"), or nothing if it is none. Empty text is none either.
std::optional<Unit> parseUnitText(llvm::StringRef text);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_UNITTEXT_H
