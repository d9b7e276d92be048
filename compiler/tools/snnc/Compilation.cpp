#include "compiler/tools/snnc/Compilation.h"

#include "compiler/tools/snnc/CompileOptions.h"
#include "compiler/tools/snnc/Report.h"

namespace snn::tool {

ExitStatus Compilation::prepare() {
  Stopwatch checking;
  ExitStatus status = chosen.load(options);
  phases.add("front end", checking.milliseconds());
  compiler.reset(snn_create_compiler());
  return status;
}

ExitStatus Compilation::prepare(llvm::StringRef text) {
  compiler.reset(snn_create_compiler());
  return chosen.loadText(options, text);
}

llvm::Expected<CompiledObject> Compilation::compile() {
  auto object = compiler->compile(*source().model(), *chosen.experiment, chosen.source->laterDiagnostics(), compileOptionsOf(options));
  phases.add(compiler->phaseTimes());
  return object;
}

llvm::Error Compilation::emit(Stage stage, llvm::raw_ostream &output) {
  return compiler->emit(*source().model(), *chosen.experiment, chosen.source->laterDiagnostics(), compileOptionsOf(options), stage,
                        output);
}

ExitStatus Compilation::reportFailure(llvm::Error error) const {
  if (source().laterDiagnostics().hasErrors()) {
    llvm::consumeError(std::move(error)); // what it says is that there are such
    reportDiagnostics(source().laterDiagnostics());
    return exitWrongModel;
  }
  reportError(std::move(error));
  return exitWrongUse;
}

} // namespace snn::tool
