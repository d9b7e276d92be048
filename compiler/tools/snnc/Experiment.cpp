#include "compiler/tools/snnc/Experiment.h"

#include "compiler/tools/snnc/Report.h"
#include "frontend/ChooseExperiment.h"
#include "frontend/ModelTraining.h"

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
  const model::Model &model = *source->model();
  if (options.command == Command::Run && model.experiments.empty() && !model.trainings.empty()) {
    source->laterDiagnostics().error(DiagnosticCode::P6, model.trainings.front()->keyword,
                                     "a `train` is checked, but training is not supported yet; a `simulate` of the network runs");
    reportDiagnostics(source->laterDiagnostics());
    return exitWrongModel;
  }
  if (llvm::Error error = find(options)) {
    reportError(std::move(error));
    return model.experiments.empty() ? exitWrongModel : exitWrongUse;
  }
  return exitFine;
}

llvm::Error ChosenExperiment::find(const Options &options) {
  const model::Model &model = *source->model();
  ExperimentChoice wanted = {source->path(), options.experiment, "`--experiment`"};
  if (!model.experiments.empty() || options.command == Command::Run) {
    if (options.dt || options.precision)
      return llvm::createStringError("`--dt` and `--precision` are for a file without `simulate`; this one gives them there");
    llvm::Expected<const model::Experiment *> found = chooseExperiment(model, wanted);
    if (!found)
      return found.takeError();
    experiment = *found;
    return llvm::Error::success();
  }
  llvm::Expected<const model::Network *> network = chooseNetwork(model, wanted);
  if (!network)
    return network.takeError();
  ofHost = model::hostExperiment(**network);
  ofHost->dt = options.dt.value_or(ofHost->dt);
  ofHost->precision = options.precision.value_or(ofHost->precision);
  experiment = ofHost.get();
  return llvm::Error::success();
}

} // namespace snn::tool
