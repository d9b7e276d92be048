#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"

#include "frontend/Lexer.h"

#include "llvm/ADT/StringSwitch.h"

namespace snn::tool {

/// Stages of the compiler. The front end's are `tokens`, `ast` and `model`.
static std::optional<Stage> compilerStage(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<Stage>>(name)
      .Case("snn", Stage::Snn)
      .Case("step", Stage::Step)
      .Case("target", Stage::Target)
      .Case("llvm", Stage::Llvm)
      .Case("asm", Stage::Assembly)
      .Case("obj", Stage::Object)
      .Default(std::nullopt);
}

static void printFrontendStage(llvm::StringRef stage, Source &source, llvm::raw_ostream &output) {
  if (stage == "tokens") {
    Diagnostics reportedAlready(source.sources());
    printTokens(lex(source.sources(), source.bufferId(), reportedAlready), source.sources(), output);
  } else if (stage == "ast") {
    printAST(source.syntax(), output);
  } else if (source.model()) {
    printModel(*source.model(), output);
  }
}

/// `tokens` and `ast` are printed as far as they go, whatever else is wrong with the file.
static ExitStatus emitFrontendStage(const Options &options) {
  llvm::Expected<std::unique_ptr<Source>> source = Source::load(options.file);
  if (!source) {
    reportError(source.takeError());
    return exitWrongUse;
  }
  (*source)->printDiagnostics();
  llvm::Error error = writeOutput(options.output, [&](llvm::raw_ostream &output) {
    printFrontendStage(options.emit, **source, output);
    return llvm::Error::success();
  });
  if (error) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  return (*source)->model() ? exitFine : exitWrongModel;
}

ExitStatus emitCommand(const Options &options) {
  std::optional<Stage> stage = compilerStage(options.emit);
  if (!stage)
    return emitFrontendStage(options);

  Compilation compilation(options);
  if (ExitStatus status = compilation.prepare())
    return status;
  llvm::Error error = writeOutput(
      options.output, [&](llvm::raw_ostream &output) { return compilation.emit(*stage, output); });
  return error ? compilation.reportFailure(std::move(error)) : exitFine;
}

} // namespace snn::tool
