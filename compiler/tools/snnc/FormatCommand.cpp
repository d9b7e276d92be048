#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"
#include "frontend/Format.h"
#include "frontend/Frontend.h"
#include "frontend/Lexer.h"
#include "frontend/Parser.h"

#include "llvm/Support/MemoryBuffer.h"

namespace snn::tool {

/// The text of a buffer, laid out anew. Fails rather than let a mistake of ours change the model.
static llvm::Expected<std::string> layOut(const TokenList &tokens, llvm::StringRef text) {
  std::string result = format(tokens, text);
  llvm::SourceMgr sources;
  Diagnostics found(sources);
  unsigned bufferId = sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(result), {});
  TokenList resultTokens = lex(sources, bufferId, found);
  if (found.hasErrors() || !haveSameContent(tokens, text, resultTokens, result))
    return llvm::createStringError("the layout would change the content, so nothing is written; this is a mistake of "
                                   "snnc's, please report it");
  return result;
}

/// Prints the first line that would change, before and after.
static void printFirstChange(llvm::StringRef path, llvm::StringRef before, llvm::StringRef after) {
  unsigned line = 1;
  while (!before.empty() && before.split('\n').first == after.split('\n').first) {
    before = before.split('\n').second;
    after = after.split('\n').second;
    ++line;
  }
  llvm::outs() << path << ':' << line << ": not in canonical layout\n"
               << "- " << before.split('\n').first << "\n+ " << after.split('\n').first << '\n';
}

/// Puts `after` where the user wants it. A file that is laid out already is not touched.
static llvm::Error write(const Options &options, llvm::StringRef before, llvm::StringRef after) {
  bool isInPlace = options.output.empty() && options.file != "-";
  if (isInPlace)
    return before == after ? llvm::Error::success() : rewriteFile(options.file, after);
  return writeOutput(options.output, [&](llvm::raw_ostream &output) {
    output << after;
    return llvm::Error::success();
  });
}

ExitStatus formatCommand(const Options &options) {
  llvm::SourceMgr sources;
  llvm::Expected<unsigned> bufferId = openFile(options.file, sources);
  if (!bufferId) {
    reportError(bufferId.takeError());
    return exitWrongUse;
  }
  // Names and units may be wrong in a file that is being written; its syntax may not.
  Diagnostics found(sources);
  TokenList tokens = lex(sources, *bufferId, found);
  parse(tokens, found);
  reportDiagnostics(found);
  if (found.hasErrors())
    return exitWrongModel;

  llvm::StringRef text = sources.getMemoryBuffer(*bufferId)->getBuffer();
  llvm::Expected<std::string> result = layOut(tokens, text);
  if (!result) {
    reportError(result.takeError());
    return exitWrongUse;
  }
  if (options.checkOnly) {
    if (*result != text)
      printFirstChange(options.file, text, *result);
    return *result == text ? exitFine : exitWrongModel;
  }

  if (llvm::Error error = write(options, text, *result)) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  return exitFine;
}

} // namespace snn::tool
