// What snnc can do, one function each. All print for the user and return what the program exits with.

#ifndef SNN_COMPILER_TOOLS_SNNC_COMMANDS_H
#define SNN_COMPILER_TOOLS_SNNC_COMMANDS_H

#include "compiler/tools/snnc/ExitStatus.h"
#include "compiler/tools/snnc/Options.h"

namespace snn::tool {

/// `check`: everything the front end finds.
ExitStatus checkCommand(const Options &options);

/// `run`: compile in memory, simulate, record, summarise, plot.
ExitStatus runCommand(const Options &options);

/// `compile`: an object or shared object.
ExitStatus compileCommand(const Options &options);

/// `--emit=STAGE`: one artefact of the pipe.
ExitStatus emitCommand(const Options &options);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COMMANDS_H
