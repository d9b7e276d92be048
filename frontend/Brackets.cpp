#include "frontend/Brackets.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"

namespace snn {

static bool isOpening(TokenKind kind) {
  return kind == TokenKind::LeftParen || kind == TokenKind::LeftBracket || kind == TokenKind::LeftBrace;
}

/// The closing bracket for an opening one, and the other way round; `Error` for everything else.
static TokenKind partnerOf(TokenKind kind) {
  switch (kind) {
  case TokenKind::LeftParen:
    return TokenKind::RightParen;
  case TokenKind::LeftBracket:
    return TokenKind::RightBracket;
  case TokenKind::LeftBrace:
    return TokenKind::RightBrace;
  case TokenKind::RightParen:
    return TokenKind::LeftParen;
  case TokenKind::RightBracket:
    return TokenKind::LeftBracket;
  case TokenKind::RightBrace:
    return TokenKind::LeftBrace;
  default:
    return TokenKind::Error;
  }
}

/// True if a definition starts at `position`: `neuron A {`, `simulate B {`, ... at the very beginning of a line. No
/// statement inside a block has this form, so a block that is still open there has lost its end.
static bool startsDefinition(llvm::ArrayRef<Token> tokens, size_t position) {
  const Token &word = tokens[position];
  if (word.blankBefore && word.text.begin()[-1] != '\n')
    return false;
  bool isKeyword = llvm::StringSwitch<bool>(word.text)
                       .Cases({"neuron", "synapse", "output", "plasticity", "network", "simulate", "train"}, true)
                       .Default(false);
  return isKeyword && position + 2 < tokens.size() && tokens[position + 1].is(TokenKind::Identifier) &&
         (tokens[position + 2].is(TokenKind::LeftBrace) || tokens[position + 2].is(TokenKind::Equal));
}

namespace {

class BracketBalancer {
public:
  BracketBalancer(std::vector<Token> &tokens, Diagnostics &diagnostics) : input(tokens), diagnostics(diagnostics) {}

  void run() {
    balanced.reserve(input.size());
    for (size_t position = 0; position < input.size(); ++position) {
      const Token &token = input[position];
      if (isOpening(token.kind)) {
        if (open.size() == deepest)
          return giveUp(token);
        open.push_back(balanced.size());
      } else if (partnerOf(token.kind) != TokenKind::Error) {
        close(token);
        continue;
      } else if (token.is(TokenKind::EndOfFile) ||
                 (!open.empty() && token.is(TokenKind::Identifier) && startsDefinition(input, position))) {
        abandon(0, token);
      }
      balanced.push_back(token);
    }
    input = std::move(balanced);
  }

private:
  static constexpr size_t deepest = 200;

  /// Closes what `token` closes, and appends it.
  void close(const Token &token) {
    TokenKind partner = partnerOf(token.kind);
    // A parenthesis never reaches across the border of a block.
    size_t match = open.size();
    while (match > 0 && balanced[open[match - 1]].kind != partner &&
           (partner == TokenKind::LeftBrace || balanced[open[match - 1]].kind != TokenKind::LeftBrace))
      --match;
    bool found = match > 0 && balanced[open[match - 1]].kind == partner;

    if (found) {
      abandon(match, token);
      open.pop_back();
      balanced.push_back(token);
      return;
    }
    balanced.push_back(token);
    balanced.back().kind = TokenKind::Error;
    if (!open.empty() && partner != TokenKind::LeftBrace && balanced[open.back()].kind != TokenKind::LeftBrace)
      return reportMismatch(token);
    if (!diagnostics.isFull())
      diagnostics.error(DiagnosticCode::L8, token.range(), "`" + token.text + "` closes nothing");
  }

  /// `(a]`: one error, not a missing `)` and a superfluous `]`.
  void reportMismatch(const Token &token) {
    Token &opening = balanced[open.pop_back_val()];
    llvm::StringRef expected = describe(partnerOf(opening.kind));
    opening.kind = TokenKind::Error;
    if (!diagnostics.isFull())
      diagnostics.error(DiagnosticCode::L8, opening.range(), "`" + opening.text + "` is not closed")
          .note(token.range(), "expected " + expected + " rather than `" + token.text + "` here");
  }

  /// Reports all open brackets but the first `kept` as never closed; `next` stands where their ends are missing.
  void abandon(size_t kept, const Token &next) {
    while (open.size() > kept) {
      Token &opening = balanced[open.pop_back_val()];
      llvm::StringRef expected = describe(partnerOf(opening.kind));
      if (!diagnostics.isFull())
        diagnostics.error(DiagnosticCode::L8, opening.range(), "`" + opening.text + "` is not closed")
            .note(next.range(), "expected " + expected + " before " +
                                    (next.text.empty() ? describe(next.kind).str() : quoted(next.text)));
      endBracket(opening, next);
    }
  }

  /// Makes a lone opening bracket harmless at `next`.
  void endBracket(Token &opening, const Token &next) {
    if (opening.kind != TokenKind::LeftBrace) {
      opening.kind = TokenKind::Error;
      return;
    }
    balanced.push_back({next.text.take_front(0), TokenKind::RightBrace, false});
    balanced.push_back({next.text.take_front(0), TokenKind::EndOfStatement, false});
  }

  void giveUp(const Token &token) {
    diagnostics.error(DiagnosticCode::L9, token.range(), "brackets are nested more than " + llvm::Twine(deepest) + " deep");
    // Nothing behind this place can be trusted. The blocks around it end here.
    while (!open.empty())
      endBracket(balanced[open.pop_back_val()], token);
    balanced.push_back({token.text.take_front(0), TokenKind::EndOfFile, false});
    input = std::move(balanced);
  }

  std::vector<Token> &input;
  Diagnostics &diagnostics;
  std::vector<Token> balanced;
  llvm::SmallVector<size_t, 16> open; ///< positions in `balanced`
};

} // namespace

void balanceBrackets(std::vector<Token> &tokens, Diagnostics &diagnostics) {
  BracketBalancer(tokens, diagnostics).run();
}

/// True if a statement cannot end behind `token`.
static bool expectsMore(const Token &token) {
  switch (token.kind) {
  case TokenKind::Identifier:
    return llvm::StringSwitch<bool>(token.text).Cases({"and", "or", "not", "then", "else"}, true).Default(false);
  case TokenKind::BothWays:
  case TokenKind::Arrow:
  case TokenKind::EqualEqual:
  case TokenKind::NotEqual:
  case TokenKind::LessEqual:
  case TokenKind::GreaterEqual:
  case TokenKind::PlusEqual:
  case TokenKind::MinusEqual:
  case TokenKind::StarEqual:
  case TokenKind::SlashEqual:
  case TokenKind::Comma:
  case TokenKind::Tilde:
  case TokenKind::Equal:
  case TokenKind::Less:
  case TokenKind::Greater:
  case TokenKind::Plus:
  case TokenKind::Minus:
  case TokenKind::Star:
  case TokenKind::Slash:
  case TokenKind::Percent:
  case TokenKind::Caret:
    return true;
  default:
    return false;
  }
}

void dropContinuations(std::vector<Token> &tokens, Diagnostics &diagnostics) {
  std::vector<Token> kept;
  kept.reserve(tokens.size());
  llvm::SmallVector<TokenKind, 16> open;
  for (Token &token : tokens) {
    bool insideExpression = !open.empty() && open.back() != TokenKind::LeftBrace;
    if (isOpening(token.kind)) {
      open.push_back(token.kind);
    } else if (partnerOf(token.kind) != TokenKind::Error) {
      open.pop_back();
    } else if (token.isLineBreak()) {
      bool repeated = kept.empty() || kept.back().isLineBreak();
      if (repeated || insideExpression || expectsMore(kept.back()))
        continue;
    } else if (token.is(TokenKind::EndOfStatement) && insideExpression) {
      token.kind = TokenKind::Error;
      diagnostics.error(DiagnosticCode::L2, token.range(), "`;` ends a statement, but a bracket is still open");
    }
    kept.push_back(token);
  }
  tokens = std::move(kept);
}

} // namespace snn
