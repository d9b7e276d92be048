#include "compiler/tools/snnc/Experiment.h"

#include "compiler/tools/snnc/Report.h"

namespace snn::tool {

ExitStatus ChosenExperiment::load(const Options &options) {
  llvm::Expected<std::unique_ptr<Source>> loaded =
      Source::load(options.file, options.strict ? Warnings::AreErrors : Warnings::Allowed);
  if (!loaded) {
    reportError(loaded.takeError());
    return exitWrongUse;
  }
  source = std::move(*loaded);
  if (!options.quiet || !source->model())
    reportDiagnostics(source->diagnostics());
  return choose(options);
}

ExitStatus ChosenExperiment::loadText(const Options &options, llvm::StringRef text) {
  source = Source::fromText(options.file, text);
  return choose(options);
}

ExitStatus ChosenExperiment::choose(const Options &options) {
  if (!source->model())
    return exitWrongModel;
  llvm::Expected<const model::Experiment *> chosen = source->experiment(options.experiment);
  if (!chosen) {
    reportError(chosen.takeError());
    return source->model()->experiments.empty() ? exitWrongModel : exitWrongUse;
  }
  experiment = *chosen;
  return exitFine;
}

} // namespace snn::tool
