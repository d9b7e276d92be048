// A file that is open in an editor: its text as it is being typed, and what the front end makes of it.

#ifndef SNN_COMPILER_TOOLS_LANGUAGESERVER_DOCUMENT_H
#define SNN_COMPILER_TOOLS_LANGUAGESERVER_DOCUMENT_H

#include "frontend/Frontend.h"
#include "frontend/Library.h"
#include "frontend/Token.h"

#include "llvm/Support/LSP/Protocol.h"

namespace snn::editor {

class Document {
public:
  /// Checks `text` as if it were the file at `path`.
  Document(llvm::StringRef path, llvm::StringRef text);
  Document(const Document &) = delete;

  llvm::StringRef text() const;
  const ast::File &file() const { return *result.file; }
  const TokenList &tokens() const { return words; }
  const Diagnostics &diagnostics() const { return findings; }
  /// True if the text cannot be split into words without an error.
  bool hasLexicalErrors() const { return lexicalErrors; }
  /// Models by name, parsed when asked for; they lie in buffers of this document.
  Library &library() { return models; }

  size_t offsetOf(const llvm::lsp::Position &position) const;
  llvm::lsp::Position positionOf(size_t offset) const;
  llvm::lsp::Range rangeOf(llvm::SMRange range) const;

  bool contains(llvm::SMLoc place) const;
  /// Where a place in a file of the library is, if the library is installed as files; nothing for other places.
  std::optional<llvm::lsp::Location> locationInLibrary(llvm::SMRange range) const;

  /// The word at or just before `offset`; null if there is none.
  const Token *wordAt(size_t offset) const;

private:
  llvm::SourceMgr sources;
  Diagnostics findings, ignored;
  FrontendResult result;
  TokenList words;
  bool lexicalErrors = false;
  Library models;
};

/// The place in `text`, between 0 and its length; what lies behind the end of a line is taken for its end. Lines and columns are counted
/// from 0, columns in units of UTF-16, as the protocol has it.
size_t offsetIn(llvm::StringRef text, const llvm::lsp::Position &position);
llvm::lsp::Position positionIn(llvm::StringRef text, size_t offset);

/// `text` without the name, or the part of one, that it ends with.
llvm::StringRef withoutLastName(llvm::StringRef text);

} // namespace snn::editor

#endif // SNN_COMPILER_TOOLS_LANGUAGESERVER_DOCUMENT_H
