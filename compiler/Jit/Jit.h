// Loads an object into this process.

#ifndef SNN_COMPILER_JIT_JIT_H
#define SNN_COMPILER_JIT_JIT_H

#include "compiler/Compiler.h"

namespace snn {

/// Links the object through ORC and looks up its model. The same bytes could be written to a file.
llvm::Expected<std::unique_ptr<LoadedProgram>> loadObject(llvm::ArrayRef<char> object, const CompileOptions &options);

} // namespace snn

#endif // SNN_COMPILER_JIT_JIT_H
