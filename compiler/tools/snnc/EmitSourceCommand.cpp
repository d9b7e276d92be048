#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/Source.h"
#include "frontend/Lexer.h"
#include "frontend/Parser.h"

namespace snn::tool {

/// Writes one of the front end's stages. Each is told only what was found up to there: a file whose names are unknown
/// still has tokens and a syntax tree. Returns false if there were errors.
static bool printStage(llvm::StringRef stage, Source &source, llvm::raw_ostream &output) {
  if (stage == "model") {
    reportDiagnostics(source.diagnostics());
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
  reportDiagnostics(found);
  return !found.hasErrors();
}

ExitStatus emitSourceCommand(const Options &options) {
  llvm::Expected<std::unique_ptr<Source>> source = Source::load(options.file, options.strict ? Warnings::AreErrors : Warnings::Allowed);
  if (!source) {
    reportError(source.takeError());
    return exitWrongUse;
  }
  bool isRight = false;
  llvm::Error error = writeOutput(options.output, [&](llvm::raw_ostream &output) {
    isRight = printStage(options.emit, **source, output);
    return llvm::Error::success();
  });
  if (error) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  return isRight ? exitFine : exitWrongModel;
}

} // namespace snn::tool
