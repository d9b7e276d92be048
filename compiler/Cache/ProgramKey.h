// The name under which a compiled program is kept: everything that decides its bytes, and nothing else.

#ifndef SNN_COMPILER_CACHE_PROGRAMKEY_H
#define SNN_COMPILER_CACHE_PROGRAMKEY_H

#include "compiler/Compiler.h"
#include "frontend/Structure.h"

namespace snn {

/// The key of the program that the compiler makes of an experiment of this structure with these options. `libraries` are
/// the files that the compiler consists of; nothing if one of them cannot be told from other builds of it.
std::optional<model::Digest> programKey(const model::Structure &structure, const CompileOptions &options,
                                        llvm::ArrayRef<std::string> libraries);

} // namespace snn

#endif // SNN_COMPILER_CACHE_PROGRAMKEY_H
