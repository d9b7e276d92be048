// From the command line to a compiler with a checked model: what `compile`, `--emit` and the first run of a model have in
// common.

#ifndef SNN_COMPILER_TOOLS_SNNC_COMPILATION_H
#define SNN_COMPILER_TOOLS_SNNC_COMPILATION_H

#include "compiler/Compiler.h"
#include "compiler/tools/snnc/Experiment.h"
#include "compiler/tools/snnc/Timing.h"

namespace snn::tool {

class Compilation {
public:
  explicit Compilation(const Options &options) : options(options) {}

  /// Checks the file and makes the compiler. Prints all that is found on the way; what is not fine is final.
  ExitStatus prepare();

  /// The same with `text` as the content of the file, which has been checked and its diagnostics printed before.
  ExitStatus prepare(llvm::StringRef text);

  llvm::Expected<CompiledObject> compile();
  llvm::Error emit(Stage stage, llvm::raw_ostream &output);

  /// Prints why one of the two above failed, and judges whose fault it is.
  ExitStatus reportFailure(llvm::Error error) const;

  const Source &source() const { return *chosen.source; }
  Timing &timing() { return phases; }

private:
  const Options &options;
  ChosenExperiment chosen;
  std::unique_ptr<Compiler> compiler;
  Timing phases;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COMPILATION_H
