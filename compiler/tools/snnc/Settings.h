// `--set NAME=VALUE UNIT`: run-time values from the command line.

#ifndef SNN_COMPILER_TOOLS_SNNC_SETTINGS_H
#define SNN_COMPILER_TOOLS_SNNC_SETTINGS_H

#include "snn/snn.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace snn::tool {

/// Applies each of `settings` ("N.tau=10 ms") to `simulation`. Fails on an unknown name, and on a unit that does not fit
/// the one the model's author wrote.
llvm::Error applySettings(llvm::ArrayRef<std::string> settings, snn_simulation &simulation);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SETTINGS_H
