// What needs the compiler, in a library of its own.
//
// LLVM and MLIR take longer to load than a file takes to check, so this program links neither: it opens
// libsnncCommands.so when there is something to compile. This program and the library each have their own copy of LLVM's
// support library, so nothing of its types crosses the border (docs/decisions/0001).

#ifndef SNN_COMPILER_TOOLS_SNNC_COMMANDLIBRARY_H
#define SNN_COMPILER_TOOLS_SNNC_COMMANDLIBRARY_H

#include "compiler/Compiler.h"
#include "compiler/tools/snnc/ExitStatus.h"

#include <string>
#include <vector>

namespace snn::tool {

/// A program that `run` wants.
struct ProgramRequest {
  std::vector<std::string> arguments; ///< the command line, which has been judged before
  std::string text;                   ///< of the model, which has been checked and its diagnostics printed
  std::string sharedObject;           ///< the file to link the program into; empty: load it in memory
};

struct ProgramAnswer {
  std::unique_ptr<LoadedProgram> program; ///< in memory; null if there is a shared object instead
  std::string notLinked;                  ///< why it is in memory although one was asked for
  std::vector<uint32_t> origins;          ///< see `CompiledObject`
  bool hasMessages = false;               ///< the compiler had something to say of the model
  std::vector<PhaseTime> phases;
};

/// Files whose builds decide what a model is compiled to: the library, and those it uses for that.
std::vector<std::string> compilerLibraries();

/// Opens the library and executes `compile` or `--emit` as the command line says. Returns the exit status.
llvm::Expected<int> executeInLibrary(llvm::ArrayRef<std::string> arguments);

/// Opens the library and has a program compiled. What goes wrong has been printed if the status is not fine.
llvm::Expected<ExitStatus> compileInLibrary(const ProgramRequest &request, ProgramAnswer &answer);

} // namespace snn::tool

extern "C" {
/// The ways into the library. `openMilliseconds` is what opening took, for `--timing`.
int snnc_execute(int count, const char *const *arguments, double openMilliseconds);
int snnc_compile_for_run(const snn::tool::ProgramRequest *request, snn::tool::ProgramAnswer *answer);
}

#endif // SNN_COMPILER_TOOLS_SNNC_COMMANDLIBRARY_H
