// A program loaded from a shared object.

#ifndef SNN_COMPILER_CACHE_SHAREDPROGRAM_H
#define SNN_COMPILER_CACHE_SHAREDPROGRAM_H

#include "compiler/Cache/CacheEntry.h"
#include "compiler/Compiler.h"

namespace snn {

/// Loads the shared object `path` for `experiment`, whose structure must be that of the experiment it was compiled for. Its
/// settings get the defaults of `experiment`, by `origins`, and its random numbers the seed.
llvm::Expected<std::unique_ptr<LoadedProgram>> loadShared(const std::string &path, const Origins &origins,
                                                          const model::Experiment &experiment,
                                                          const model::Structure &structure);

} // namespace snn

#endif // SNN_COMPILER_CACHE_SHAREDPROGRAM_H
