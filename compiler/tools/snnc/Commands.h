// What snnc can do, one function each. They print for the user and return what the program exits with.

#ifndef SNN_COMPILER_TOOLS_SNNC_COMMANDS_H
#define SNN_COMPILER_TOOLS_SNNC_COMMANDS_H

#include "compiler/tools/snnc/ExitStatus.h"
#include "compiler/tools/snnc/Options.h"

namespace snn::tool {

/// `check`: everything the front end finds; with `--fix`, after it has applied the fixes that are certain.
ExitStatus checkCommand(const Options &options);

/// `fmt`: the canonical layout, in place.
ExitStatus formatCommand(const Options &options);

/// `models`: what the library has.
ExitStatus modelsCommand(const Options &options);

/// `--emit=tokens`, `ast` or `model`.
ExitStatus emitSourceCommand(const Options &options);

/// `run`: get a program, simulate, record, summarise, plot. `arguments` are what `options` were read from.
ExitStatus runCommand(const Options &options, llvm::ArrayRef<std::string> arguments);

/// `--explain=CODE`: the page of docs/diagnostics.md on a diagnostic.
ExitStatus explainCodeCommand(const Options &options);

// The others need the compiler. They are in libsnncCommands.so; `openMilliseconds` is what opening it took.

/// `compile`: an object or shared object.
ExitStatus compileCommand(const Options &options, double openMilliseconds);

/// `explain`: what becomes of the model and why.
ExitStatus explainCommand(const Options &options);

/// `--emit=` of a later stage.
ExitStatus emitCompiledCommand(const Options &options);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COMMANDS_H
