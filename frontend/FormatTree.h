// A source file as its layout sees it: blocks of lines, lines of statements, statements of words.

#ifndef SNN_FRONTEND_FORMATTREE_H
#define SNN_FRONTEND_FORMATTREE_H

#include "frontend/Token.h"

#include <memory>
#include <string>
#include <vector>

namespace snn::layout {

/// Columns that `text` takes on a line.
unsigned columnsOf(llvm::StringRef text);

/// A comment on a line of its own.
struct Comment {
  llvm::StringRef text; ///< with its `#`, without blanks at the end
  bool blankLineBefore = false;
};

/// How far a line break behind a word tears apart what belongs together; `never`: the line cannot end there.
enum class BreakCost : uint8_t { Separator, Branch, Logic, Comparison, Sum, Product, Value, TightProduct, never };

/// One token and what stands around it.
struct Word {
  Token token;
  llvm::StringRef behind;                      ///< the comment that ends its line; empty: none
  std::unique_ptr<std::vector<Comment>> above; ///< comments between the line before and its line; null: none
  bool startsLine = false;
  bool blankLineBefore = false; ///< between it and what is above it
  // Decided by `space`; `alignRows` adds blanks.
  unsigned blanks = 0; ///< between it and the word before, where both are on one line
  BreakCost breakBehind = BreakCost::never;

  llvm::StringRef text() const { return token.text; }
  bool is(TokenKind kind) const { return token.is(kind); }
  bool isOpening() const { return is(TokenKind::LeftParen) || is(TokenKind::LeftBracket); }
  bool isClosing() const { return is(TokenKind::RightParen) || is(TokenKind::RightBracket); }
  unsigned width() const { return columnsOf(text()); }
};

struct Block;

/// A statement, or as much of it as stands in front of a block: `spike when V > 1` and its block.
struct Part {
  std::vector<Word> words;
  std::unique_ptr<Block> block; ///< behind the words; null at the end of most statements
};

struct Statement {
  std::vector<Part> parts;
  /// `param` for the `b = 2` in `param a = 1;  b = 2`: what it takes to stand on a line of its own.
  std::string inherited;

  Word &first();
  const Word &first() const { return const_cast<Statement *>(this)->first(); }
  const Word &last() const;
};

/// Statements that the author joined by `;`.
struct Line {
  std::vector<Statement> statements;
};

/// `{ ... }`, or a whole file, whose `close` is the end of the file.
struct Block {
  Word open, close;
  std::vector<Line> lines;
  bool isOpened = false; ///< it reaches over several lines
};

/// The tree of a file, its words already spaced. Words point into the text.
std::unique_ptr<Block> readTree(const TokenList &tokens, llvm::StringRef text);

} // namespace snn::layout

#endif // SNN_FRONTEND_FORMATTREE_H
