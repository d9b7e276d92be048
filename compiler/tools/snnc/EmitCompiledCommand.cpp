#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"

#include "llvm/ADT/StringSwitch.h"

namespace snn::tool {

static Stage stageNamed(llvm::StringRef name) {
  return llvm::StringSwitch<Stage>(name)
      .Case("snn", Stage::Snn)
      .Case("step", Stage::Step)
      .Case("target", Stage::Target)
      .Case("llvm", Stage::Llvm)
      .Case("asm", Stage::Assembly)
      .Case("obj", Stage::Object);
}

ExitStatus emitCompiledCommand(const Options &options) {
  Compilation compilation(options);
  if (ExitStatus status = compilation.prepare())
    return status;
  Stage stage = stageNamed(options.emit);
  llvm::Error error =
      writeOutput(options.output, [&](llvm::raw_ostream &output) { return compilation.emit(stage, output); });
  return error ? compilation.reportFailure(std::move(error)) : exitFine;
}

} // namespace snn::tool
