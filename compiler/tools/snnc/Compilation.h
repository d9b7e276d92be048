// From the command line to a compiler with a checked model: what `run`, `compile` and `--emit` have in common.

#ifndef SNN_COMPILER_TOOLS_SNNC_COMPILATION_H
#define SNN_COMPILER_TOOLS_SNNC_COMPILATION_H

#include "compiler/Compiler.h"
#include "compiler/tools/snnc/ExitStatus.h"
#include "compiler/tools/snnc/Options.h"
#include "compiler/tools/snnc/Source.h"
#include "compiler/tools/snnc/Timing.h"

namespace snn::tool {

class Compilation {
public:
  explicit Compilation(const Options &options) : options(options) {}

  /// Runs the front end, chooses the experiment and makes the compiler. Prints all that is found on the way; what is
  /// not fine is final. A file without experiments has one for hosts, except where the program is run here and now.
  ExitStatus prepare();

  llvm::Expected<llvm::SmallVector<char, 0>> compile();
  llvm::Expected<std::unique_ptr<LoadedProgram>> load();
  /// Loads what `compile` has returned.
  llvm::Expected<std::unique_ptr<LoadedProgram>> load(llvm::ArrayRef<char> object);
  llvm::Error emit(Stage stage, llvm::raw_ostream &output);

  /// Prints why one of the three above failed, and judges whose fault it is.
  ExitStatus reportFailure(llvm::Error error) const;

  Source &source() const { return *file; }
  const model::Experiment &experiment() const { return *chosen; }
  Timing &timing() { return phases; }

private:
  CompileOptions compileOptions() const;
  llvm::Error chooseExperiment();

  const Options &options;
  std::unique_ptr<Source> file;
  const model::Experiment *chosen = nullptr;
  std::unique_ptr<model::Experiment> ofHost; ///< `chosen`, where the file has none
  std::unique_ptr<Compiler> compiler;
  Timing phases;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COMPILATION_H
