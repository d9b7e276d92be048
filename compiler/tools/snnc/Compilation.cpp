#include "compiler/tools/snnc/Compilation.h"

#include "compiler/tools/snnc/Report.h"
#include "frontend/ChooseExperiment.h"

namespace snn::tool {

ExitStatus Compilation::prepare() {
  Stopwatch checking;
  llvm::Expected<std::unique_ptr<Source>> loaded = Source::load(options.file, options.strict ? Warnings::AreErrors : Warnings::Allowed);
  if (!loaded) {
    reportError(loaded.takeError());
    return exitWrongUse;
  }
  file = std::move(*loaded);
  if (!options.quiet || !file->model())
    reportDiagnostics(file->diagnostics());
  if (!file->model())
    return exitWrongModel;
  if (llvm::Error error = chooseExperiment()) {
    reportError(std::move(error));
    return file->model()->experiments.empty() ? exitWrongModel : exitWrongUse;
  }
  phases.add("front end", checking.milliseconds());

  compiler.reset(snn_create_compiler());
  return exitFine;
}

llvm::Error Compilation::chooseExperiment() {
  ExperimentChoice wanted = {file->path(), options.experiment, "`--experiment`"};
  if (!file->model()->experiments.empty() || options.command == Command::Run) {
    if (options.dt || options.precision)
      return llvm::createStringError("`--dt` and `--precision` are for a file without `simulate`; this one gives them there");
    llvm::Expected<const model::Experiment *> found = snn::chooseExperiment(*file->model(), wanted);
    if (!found)
      return found.takeError();
    chosen = *found;
    return llvm::Error::success();
  }
  llvm::Expected<const model::Network *> network = chooseNetwork(*file->model(), wanted);
  if (!network)
    return network.takeError();
  ofHost = model::hostExperiment(**network);
  ofHost->dt = options.dt.value_or(ofHost->dt);
  ofHost->precision = options.precision.value_or(ofHost->precision);
  chosen = ofHost.get();
  return llvm::Error::success();
}

CompileOptions Compilation::compileOptions() const {
  CompileOptions compileOptions;
  compileOptions.cpu = options.cpu;
  compileOptions.debugInfo = options.debugInfo;
  compileOptions.jitDump = options.jitDump;
  return compileOptions;
}

llvm::Expected<llvm::SmallVector<char, 0>> Compilation::compile() {
  auto object = compiler->compile(*file->model(), *chosen, file->laterDiagnostics(), compileOptions());
  phases.add(compiler->phaseTimes());
  return object;
}

llvm::Expected<std::unique_ptr<LoadedProgram>> Compilation::load() {
  auto program = compiler->load(*file->model(), *chosen, file->laterDiagnostics(), compileOptions());
  phases.add(compiler->phaseTimes());
  return program;
}

llvm::Expected<std::unique_ptr<LoadedProgram>> Compilation::load(llvm::ArrayRef<char> object) {
  return compiler->load(object);
}

llvm::Error Compilation::emit(Stage stage, llvm::raw_ostream &output) {
  return compiler->emit(*file->model(), *chosen, file->laterDiagnostics(), compileOptions(), stage, output);
}

ExitStatus Compilation::reportFailure(llvm::Error error) const {
  if (file->laterDiagnostics().hasErrors()) {
    llvm::consumeError(std::move(error)); // what it says is that there are such
    reportDiagnostics(file->laterDiagnostics());
    return exitWrongModel;
  }
  reportError(std::move(error));
  return exitWrongUse;
}

} // namespace snn::tool
