// What can be said about the files of a command line before anything is done with them.

#ifndef SNN_COMPILER_TOOLS_SNNC_FILECHECKS_H
#define SNN_COMPILER_TOOLS_SNNC_FILECHECKS_H

#include "compiler/tools/snnc/Options.h"

namespace snn::tool {

/// Refuses what is certain to fail after the work, and what would destroy what it works on: an output that cannot be written,
/// or is the model, the checkpoint that is continued, or another output. Changes nothing.
llvm::Error checkFiles(const Options &options);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_FILECHECKS_H
