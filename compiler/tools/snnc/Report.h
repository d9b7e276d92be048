// What snnc says to its user when it is not about a place in the model.

#ifndef SNN_COMPILER_TOOLS_SNNC_REPORT_H
#define SNN_COMPILER_TOOLS_SNNC_REPORT_H

#include "compiler/tools/snnc/ExitStatus.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

#include <string>
#include <system_error>

namespace snn::tool {

/// True if standard error shows colours: a terminal, and `NO_COLOR` is not set.
bool usesColour();

/// Prints "snnc: error: MESSAGE" to standard error.
void reportError(const llvm::Twine &message);
void reportError(llvm::Error error);

/// The system's sentence for an error, spelled like ours: "permission denied".
std::string reasonOf(std::error_code error);

/// Ends standard output. A full disk or a closed pipe shows only now, and must not pass for success.
ExitStatus flushOutput(ExitStatus status);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_REPORT_H
