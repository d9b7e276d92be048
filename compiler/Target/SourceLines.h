// What debuggers and profilers are told: which function is whose, and which line of the model an instruction is from.

#ifndef SNN_COMPILER_TARGET_SOURCELINES_H
#define SNN_COMPILER_TARGET_SOURCELINES_H

#include "mlir/IR/BuiltinOps.h"

namespace snn {

/// Prepares a module of the LLVM dialect for translation with debug information. Every function gets the name and the line
/// that its location carries, every operation the line it starts on. `modelFile` is the file that the author wrote; every
/// other is of the model library, whose files lie in `libraryFolder`.
void addSourceLines(mlir::ModuleOp module, llvm::StringRef modelFile, llvm::StringRef libraryFolder);

} // namespace snn

#endif // SNN_COMPILER_TARGET_SOURCELINES_H
