#include "frontend/Diagnostics.h"
#include "frontend/Token.h"

#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

namespace snn {

/// `a name` -> `name`: what stands in front of the text in a dump.
static llvm::StringRef label(const Token &token) {
  switch (token.kind) {
  case TokenKind::EndOfFile:
    return "end of file";
  case TokenKind::EndOfStatement:
    return "end of statement";
  case TokenKind::Identifier:
    return "name";
  case TokenKind::Number:
    return "number";
  case TokenKind::Unit:
    return "unit";
  case TokenKind::Text:
    return "text";
  case TokenKind::Error:
    return "error";
  default:
    return "punctuation";
  }
}

void printTokens(const TokenList &list, const llvm::SourceMgr &sources, llvm::raw_ostream &output) {
  for (const Token &token : list.tokens) {
    // Columns count bytes here: positions of tokens are looked up far too often for anything slower.
    auto [line, column] = sources.getLineAndColumn(token.range().Start, list.bufferId);
    output << line << ':' << column << ": " << label(token);
    if (!token.is(TokenKind::EndOfFile) && !token.isLineBreak())
      output << ' ' << quoted(token.text);
    output << '\n';
  }
}

} // namespace snn
