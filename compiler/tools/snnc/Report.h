// What snnc says to its user when it is not about a place in the model.

#ifndef SNN_COMPILER_TOOLS_SNNC_REPORT_H
#define SNN_COMPILER_TOOLS_SNNC_REPORT_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

namespace snn::tool {

/// True if standard error shows colours: a terminal, and `NO_COLOR` is not set.
bool usesColour();

/// Prints "snnc: error: MESSAGE" to standard error.
void reportError(const llvm::Twine &message);
void reportError(llvm::Error error);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_REPORT_H
