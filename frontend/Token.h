// Artefact 2 of the pipe: the words of a source file.

#ifndef SNN_FRONTEND_TOKEN_H
#define SNN_FRONTEND_TOKEN_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/SMLoc.h"

#include <vector>

namespace llvm {
class SourceMgr;
class raw_ostream;
} // namespace llvm

namespace snn {

/// Keywords are identifiers: most of them are ordinary names elsewhere.
enum class TokenKind {
#define SNN_TOKEN(kind, description) kind,
#define SNN_PUNCTUATION(kind, spelling) kind,
#include "frontend/TokenKinds.def"
};

/// How a message speaks of a token of this kind: "a number", "`+=`".
llvm::StringRef describe(TokenKind kind);

struct Token {
  llvm::StringRef text; ///< in the source buffer
  TokenKind kind = TokenKind::EndOfFile;
  bool blankBefore = false; ///< blank, comment or line break
  bool lacksEnd = false;    ///< a `{` whose `}` was forgotten; where the block was meant to end is unknown
  bool isRepaired = false;  ///< a bracket that stands for what was meant; its text is what was written

  bool is(TokenKind other) const { return kind == other; }
  /// True for the identifier `word`.
  bool isWord(llvm::StringRef word) const { return kind == TokenKind::Identifier && text == word; }
  /// True where a line break rather than a `;` ends the statement.
  bool isLineBreak() const { return kind == TokenKind::EndOfStatement && text != ";"; }

  llvm::SMRange range() const {
    return {llvm::SMLoc::getFromPointer(text.begin()), llvm::SMLoc::getFromPointer(text.end())};
  }
};

/// A `##` comment, which belongs to the declaration it precedes, or follows on the same line.
struct DocComment {
  llvm::StringRef text; ///< without `##` and the blanks around
  bool onOwnLine = false;
};

/// The tokens of a file. Brackets are balanced, except where an error has been reported and the culprit is an `Error`
/// token; an `EndOfStatement` stands only where it ends one. The last token is the `EndOfFile`.
struct TokenList {
  unsigned bufferId = 0;
  std::vector<Token> tokens;
  std::vector<DocComment> docComments; ///< in the order of the text
};

/// One token per line: position, kind, text. Units and line breaks are shown as the lexer sees them.
void printTokens(const TokenList &list, const llvm::SourceMgr &sources, llvm::raw_ostream &output);

} // namespace snn

#endif // SNN_FRONTEND_TOKEN_H
