#include "frontend/Frontend.h"
#include "frontend/Check.h"
#include "frontend/Lexer.h"
#include "frontend/Library.h"
#include "frontend/Parser.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace snn;

FrontendResult snn::loadBuffer(unsigned bufferId, llvm::SourceMgr &sources, Diagnostics &diagnostics) {
  FrontendResult result;
  result.bufferId = bufferId;
  result.file = parse(lex(sources, bufferId, diagnostics), diagnostics);
  // The syntax of library files is not needed once the model is made: it points into the buffers of `sources`.
  Library library(sources, diagnostics);
  result.model = check(*result.file, library, diagnostics);
  return result;
}

llvm::Expected<unsigned> snn::openFile(llvm::StringRef path, llvm::SourceMgr &sources) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/true);
  if (!buffer) {
    std::string reason = buffer.getError().message();
    reason.front() = llvm::toLower(reason.front()); // the system's sentence, spelled like ours
    return llvm::createStringError(buffer.getError(), "cannot read `" + path.str() + "`: " + reason);
  }
  return sources.AddNewSourceBuffer(std::move(*buffer), llvm::SMLoc());
}

llvm::Expected<FrontendResult> snn::loadFile(llvm::StringRef path, llvm::SourceMgr &sources, Diagnostics &diagnostics) {
  llvm::Expected<unsigned> bufferId = openFile(path, sources);
  if (!bufferId)
    return bufferId.takeError();
  return loadBuffer(*bufferId, sources, diagnostics);
}

FrontendResult snn::loadText(llvm::StringRef name, llvm::StringRef text, llvm::SourceMgr &sources,
                             Diagnostics &diagnostics) {
  auto buffer = llvm::MemoryBuffer::getMemBufferCopy(text, name);
  return loadBuffer(sources.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc()), sources, diagnostics);
}
