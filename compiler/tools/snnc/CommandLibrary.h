// The commands that need the compiler, in a library of their own.
//
// LLVM and MLIR take longer to load than a file takes to check, so this program links neither: it opens
// libsnncCommands.so when there is something to compile. This program and the library each have their own copy of LLVM's
// support library, so only plain C crosses the border (docs/decisions/0001).

#ifndef SNN_COMPILER_TOOLS_SNNC_COMMANDLIBRARY_H
#define SNN_COMPILER_TOOLS_SNNC_COMMANDLIBRARY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>

/// The one function the library is opened for: executes `run`, `compile` or `--emit` as the command line, which has been
/// judged before, says, and returns the exit status. `openMilliseconds` is what opening took, for `--timing`.
extern "C" int snnc_execute(int count, const char *const *arguments, double openMilliseconds);

namespace snn::tool {

/// Opens libsnncCommands.so, beside this program or in `../lib`, and calls `snnc_execute`. Fails only if there is none.
llvm::Expected<int> executeInLibrary(llvm::ArrayRef<std::string> arguments);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COMMANDLIBRARY_H
