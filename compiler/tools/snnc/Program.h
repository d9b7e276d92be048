// The program that a run executes: one kept from an earlier run of the same structure, or a new one.

#ifndef SNN_COMPILER_TOOLS_SNNC_PROGRAM_H
#define SNN_COMPILER_TOOLS_SNNC_PROGRAM_H

#include "compiler/Compiler.h"
#include "compiler/tools/snnc/ExitStatus.h"
#include "compiler/tools/snnc/Options.h"
#include "compiler/tools/snnc/Source.h"
#include "compiler/tools/snnc/Timing.h"

namespace snn::tool {

struct Program {
  std::unique_ptr<LoadedProgram> loaded;
  std::string account; ///< what the cache had to do with it, for `--verbose`
};

/// The program of an experiment of `source`. What goes wrong has been printed if the status is not fine. `arguments` are the
/// command line that `options` come from.
ExitStatus obtainProgram(const Source &source, const model::Experiment &experiment, const Options &options,
                         llvm::ArrayRef<std::string> arguments, Timing &timing, Program &program);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PROGRAM_H
