// From the command line to the experiment it means.

#ifndef SNN_COMPILER_TOOLS_SNNC_EXPERIMENT_H
#define SNN_COMPILER_TOOLS_SNNC_EXPERIMENT_H

#include "compiler/tools/snnc/ExitStatus.h"
#include "compiler/tools/snnc/Options.h"
#include "compiler/tools/snnc/Source.h"

namespace snn::tool {

/// A file without errors, and one of its experiments.
struct ChosenExperiment {
  std::unique_ptr<Source> source;
  const model::Experiment *experiment = nullptr;

  /// Checks the file of `options`, prints what is found, and chooses. What is not fine is final and has been printed.
  ExitStatus load(const Options &options);

  /// The same with `text` as the content of the file, which has been checked and its diagnostics printed before.
  ExitStatus loadText(const Options &options, llvm::StringRef text);

private:
  ExitStatus choose(const Options &options);
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_EXPERIMENT_H
