#include "compiler/tools/snnc/Compilation.h"

#include "compiler/tools/snnc/Report.h"

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
  llvm::Expected<const model::Experiment *> experiment = file->experiment(options.experiment);
  if (!experiment) {
    reportError(experiment.takeError());
    return file->model()->experiments.empty() ? exitWrongModel : exitWrongUse;
  }
  chosen = *experiment;
  phases.add("front end", checking.milliseconds());

  compiler.reset(snn_create_compiler());
  return exitFine;
}

CompileOptions Compilation::compileOptions() const {
  CompileOptions compileOptions;
  compileOptions.cpu = options.cpu;
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
