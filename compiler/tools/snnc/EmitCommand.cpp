#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"
#include "frontend/Lexer.h"
#include "frontend/Parser.h"

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

/// Writes one of the front end's stages. Each is told only what was found up to there: a file whose names are unknown
/// still has tokens and a syntax tree. Returns false if there were errors.
static bool printFrontendStage(llvm::StringRef stage, Source &source, llvm::raw_ostream &output) {
  if (stage == "model") {
    source.diagnostics().print(llvm::errs(), usesColour());
    if (source.model())
      printModel(*source.model(), output);
    return source.model() != nullptr;
  }
  Diagnostics found(source.sources());
  TokenList tokens = lex(source.sources(), source.bufferId(), found);
  if (stage == "tokens")
    printTokens(tokens, source.sources(), output);
  else
    printAST(*parse(tokens, found), output);
  output.flush();
  found.print(llvm::errs(), usesColour());
  return !found.hasErrors();
}

static ExitStatus emitFrontendStage(const Options &options) {
  llvm::Expected<std::unique_ptr<Source>> source = Source::load(options.file);
  if (!source) {
    reportError(source.takeError());
    return exitWrongUse;
  }
  bool isRight = false;
  llvm::Error error = writeOutput(options.output, [&](llvm::raw_ostream &output) {
    isRight = printFrontendStage(options.emit, **source, output);
    return llvm::Error::success();
  });
  if (error) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  return isRight ? exitFine : exitWrongModel;
}

ExitStatus emitCommand(const Options &options) {
  std::optional<Stage> stage = compilerStage(options.emit);
  if (!stage)
    return emitFrontendStage(options);

  Compilation compilation(options);
  if (ExitStatus status = compilation.prepare())
    return status;
  llvm::Error error =
      writeOutput(options.output, [&](llvm::raw_ostream &output) { return compilation.emit(*stage, output); });
  return error ? compilation.reportFailure(std::move(error)) : exitFine;
}

} // namespace snn::tool
