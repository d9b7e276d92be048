// The compiler, loaded when there is something to compile.

#ifndef SNN_COMPILER_TOOLS_SNNC_COMPILERLIBRARY_H
#define SNN_COMPILER_TOOLS_SNNC_COMPILERLIBRARY_H

#include "compiler/Compiler.h"

namespace snn::tool {

/// Opens libsnnCompiler.so beside this program, in `../lib` or in its own folder. MLIR takes longer to load than a
/// file takes to check, so this program does not link it. The library stays open for good: its code may be running.
llvm::Expected<std::unique_ptr<Compiler>> openCompiler();

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COMPILERLIBRARY_H
