// What snnc can do, one function each. They print for the user and return what the program exits with.

#ifndef SNN_COMPILER_TOOLS_SNNC_COMMANDS_H
#define SNN_COMPILER_TOOLS_SNNC_COMMANDS_H

#include "compiler/tools/snnc/ExitStatus.h"
#include "compiler/tools/snnc/Options.h"

namespace snn::tool {

/// `check`: everything the front end finds; with `--fix`, after it has applied the fixes that are certain.
ExitStatus checkCommand(const Options &options);

/// `--emit=tokens`, `ast` or `model`.
ExitStatus emitSourceCommand(const Options &options);

/// `run`: get a program, simulate, record, summarise, plot. `arguments` are what `options` were read from.
ExitStatus runCommand(const Options &options, llvm::ArrayRef<std::string> arguments);

// The others need the compiler. They are in libsnncCommands.so; `openMilliseconds` is what opening it took.

/// `compile`: an object or shared object.
ExitStatus compileCommand(const Options &options, double openMilliseconds);

/// `--emit=` of a later stage.
ExitStatus emitCompiledCommand(const Options &options);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COMMANDS_H
