#include "frontend/Frontend.h"
#include "frontend/Check.h"
#include "frontend/Imports.h"
#include "frontend/Lexer.h"
#include "frontend/Library.h"
#include "frontend/Parser.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

using namespace snn;

FrontendResult snn::loadBuffer(unsigned bufferId, llvm::SourceMgr &sources, Diagnostics &diagnostics) {
  FrontendResult result;
  result.bufferId = bufferId;
  result.file = parse(lex(sources, bufferId, diagnostics), diagnostics);
  // The syntax of library files is not needed once the model is made: it points into the buffers of `sources`.
  Library library(sources, diagnostics);
  bool imports = llvm::any_of(result.file->items, [](const ast::Stmt *item) { return llvm::isa<ast::ImportStmt>(item); });
  if (!imports) {
    result.model = check(*result.file, library, diagnostics);
    return result;
  }
  std::unique_ptr<ImportedFiles> all = loadImports(*result.file, sources, diagnostics);
  result.model = check(all->whole, library, diagnostics);
  return result;
}

/// What the file has, up to a little more than a source may have. Reading it, rather than mapping it, is as fast at this
/// length, and a file that is cut short meanwhile does no harm.
static llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> readBounded(llvm::StringRef path) {
  namespace fs = llvm::sys::fs;
  fs::file_t file = fs::getStdinHandle();
  if (path != "-") {
    llvm::Expected<fs::file_t> opened = fs::openNativeFileForRead(path, fs::OF_None);
    if (!opened)
      return llvm::errorToErrorCode(opened.takeError());
    file = *opened;
  }
  llvm::scope_exit close([&] {
    if (path != "-")
      fs::closeFile(file);
  });
  constexpr size_t chunk = 1 << 16;
  llvm::SmallVector<char, 0> text;
  size_t length = 0;
  while (length <= longestText) {
    text.resize_for_overwrite(length + std::max(chunk, length / 2));
    llvm::Expected<size_t> read = fs::readNativeFile(file, llvm::MutableArrayRef(text).drop_front(length));
    if (!read)
      return llvm::errorToErrorCode(read.takeError());
    if (*read == 0)
      break;
    length += *read;
  }
  text.truncate(length);
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(text), path == "-" ? "<stdin>" : path);
}

llvm::Expected<unsigned> snn::openFile(llvm::StringRef path, llvm::SourceMgr &sources) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer = readBounded(path);
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
