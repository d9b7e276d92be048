// The canonical layout of source text, for `snnc FILE fmt`.
//
// The layout is made from words, not from the syntax tree, so it does not need to know what a statement means. What the
// author decides is what shares a line, which brackets are opened over several lines, where blank lines are, and the
// comments; everything between two words on a line follows from rules:
//
//   FormatTree.cpp      tokens -> blocks, lines, statements and words, with their comments
//   FormatSpacing.cpp   where a blank stands between two words, and where a line may be broken
//   FormatCells.cpp     which parts of neighbouring lines stand below each other
//   FormatWrap.cpp      statements over several lines: opened brackets, tables, broken expressions
//   FormatBlock.cpp     blocks of statements
//   Format.cpp          comments behind statements, and the whole text

#ifndef SNN_FRONTEND_FORMAT_H
#define SNN_FRONTEND_FORMAT_H

#include "frontend/Token.h"

#include <string>

namespace snn {

/// The text of a file, laid out anew. `tokens` come from `lex` without an error, from the buffer whose text is `text`.
/// The result has the same tokens in the same statements and the same comments, and is its own canonical layout. Takes
/// linear time.
std::string format(const TokenList &tokens, llvm::StringRef text);

/// True if both texts consist of the same statements and comments, whatever their layout. `format` keeps this; tools that
/// overwrite a file make sure of it first.
bool haveSameContent(const TokenList &firstTokens, llvm::StringRef firstText, const TokenList &secondTokens,
                     llvm::StringRef secondText);

} // namespace snn

#endif // SNN_FRONTEND_FORMAT_H
