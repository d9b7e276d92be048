#include "frontend/Brackets.h"

#include "frontend/BracketRepair.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"

namespace snn {

/// True if `neuron A {`, `simulate B {`, `output C =`, ... is at `position`. No statement inside a block has this form.
static bool startsDefinition(llvm::ArrayRef<Token> tokens, size_t position) {
  bool isKeyword = llvm::StringSwitch<bool>(tokens[position].text)
                       .Cases({"neuron", "synapse", "output", "plasticity", "network", "simulate", "train"}, true)
                       .Default(false);
  return isKeyword && position + 2 < tokens.size() && tokens[position + 1].is(TokenKind::Identifier) &&
         !tokens[position + 2].is(TokenKind::LeftParen);
}

namespace {

class BracketBalancer {
public:
  BracketBalancer(std::vector<Token> &tokens, Diagnostics &diagnostics) : input(tokens), diagnostics(diagnostics) {
    ptrdiff_t excess = 0;
    for (const Token &token : tokens)
      excess += int(token.is(TokenKind::LeftBrace)) - int(token.is(TokenKind::RightBrace));
    lacksEnds = excess > 0;
  }

  void run() {
    balanced.reserve(input.size());
    for (size_t position = 0; position < input.size(); ++position) {
      const Token &token = input[position];
      startsLine = balanced.empty() || balanced.back().isLineBreak();
      if (startsLine && !balanced.empty()) {
        indentation = token.text.begin() - balanced.back().text.end();
        ++line;
      }
      if (isOpeningBracket(token.kind)) {
        if (open.size() == deepest)
          return giveUp(token);
        open.push_back({balanced.size(), line, indentation});
      } else if (partnerOfBracket(token.kind) != TokenKind::Error) {
        close(token);
        continue;
      } else if (token.is(TokenKind::EndOfFile) ||
                 (startsLine && indentation == 0 && startsDefinition(input, position))) {
        // A block that is still open has lost its end.
        abandon(0, token);
      }
      balanced.push_back(token);
    }
    input = std::move(balanced);
  }

private:
  static constexpr size_t deepest = 200;

  struct OpenBracket {
    size_t position;    ///< in `balanced`
    size_t line;        ///< number of lines before it
    size_t indentation; ///< of its line
  };

  Token &opening(const OpenBracket &bracket) { return balanced[bracket.position]; }
  TokenKind kindOf(const OpenBracket &bracket) { return opening(bracket).kind; }

  /// A `}` that stands as far left as an outer block, not as the innermost one: the ends of the blocks inside are
  /// missing. Only trusted where some end is missing anyway.
  void abandonIndentedBlocks(const Token &token) {
    if (!lacksEnds || !startsLine)
      return;
    size_t outer = open.size();
    while (outer > 0 &&
           !(kindOf(open[outer - 1]) == TokenKind::LeftBrace && open[outer - 1].indentation == indentation))
      --outer;
    if (outer > 0)
      abandon(outer, token);
  }

  /// Closes what `token` closes, and appends it.
  void close(const Token &token) {
    TokenKind partner = partnerOfBracket(token.kind);
    if (partner == TokenKind::LeftBrace)
      abandonIndentedBlocks(token);
    // A parenthesis never reaches across the border of a block.
    size_t match = open.size();
    while (match > 0 && kindOf(open[match - 1]) != partner &&
           (partner == TokenKind::LeftBrace || kindOf(open[match - 1]) != TokenKind::LeftBrace))
      --match;
    bool found = match > 0 && kindOf(open[match - 1]) == partner;
    // In `[1, 2)`, the `)` does not belong to a `(` of an earlier line.
    if (found && partner != TokenKind::LeftBrace && open[match - 1].line != open.back().line)
      found = match == open.size();

    if (found) {
      abandon(match, token);
      open.pop_back();
      balanced.push_back(token);
      return;
    }
    balanced.push_back(token);
    balanced.back().kind = TokenKind::Error;
    if (!open.empty() && partner != TokenKind::LeftBrace && kindOf(open.back()) != TokenKind::LeftBrace)
      return reportMismatch(token);
    if (!diagnostics.isFull())
      diagnostics.error(DiagnosticCode::L8, token.range(), "`" + token.text + "` closes nothing");
  }

  /// `(a]`: one error, not a missing `)` and a superfluous `]`.
  void reportMismatch(const Token &token) {
    Token &lone = opening(open.pop_back_val());
    llvm::StringRef expected = describe(partnerOfBracket(lone.kind));
    lone.kind = TokenKind::Error;
    if (!diagnostics.isFull())
      diagnostics.error(DiagnosticCode::L8, lone.range(), "`" + lone.text + "` is not closed")
          .note(token.range(), "expected " + expected + " rather than `" + token.text + "` here");
  }

  /// Reports all open brackets but the first `kept` as never closed; `next` stands where their ends are missing.
  void abandon(size_t kept, const Token &next) {
    while (open.size() > kept) {
      const Token &lone = opening(open.back());
      llvm::StringRef expected = describe(partnerOfBracket(lone.kind));
      if (!diagnostics.isFull())
        diagnostics.error(DiagnosticCode::L8, lone.range(), "`" + lone.text + "` is not closed")
            .note(next.range(), "expected " + expected + " before " +
                                    (next.text.empty() ? describe(next.kind).str() : quoted(next.text)));
      endInnermost(next);
    }
  }

  /// Makes the innermost open bracket harmless at `next`.
  void endInnermost(const Token &next) {
    Token &lone = opening(open.pop_back_val());
    if (lone.kind != TokenKind::LeftBrace) {
      lone.kind = TokenKind::Error;
      return;
    }
    lone.lacksEnd = true;
    balanced.push_back({next.text.take_front(0), TokenKind::RightBrace, false});
    balanced.push_back({next.text.take_front(0), TokenKind::EndOfStatement, false});
  }

  void giveUp(const Token &token) {
    diagnostics.error(DiagnosticCode::L9, token.range(),
                      "brackets are nested more than " + llvm::Twine(deepest) + " deep");
    // Nothing behind this place can be trusted. The blocks around it end here.
    while (!open.empty())
      endInnermost(token);
    balanced.push_back({token.text.take_front(0), TokenKind::EndOfFile, false});
    input = std::move(balanced);
  }

  std::vector<Token> &input;
  Diagnostics &diagnostics;
  std::vector<Token> balanced;
  llvm::SmallVector<OpenBracket, 16> open;
  bool lacksEnds;         ///< there are fewer `}` than `{`
  bool startsLine = true; ///< the token at hand is the first of its line
  size_t line = 0;        ///< number of lines before it
  size_t indentation = 0; ///< of its line
};

} // namespace

/// True where the only mistake is a bracket of an expression, which matching from left to right places as well as
/// anything, or where there is none.
static bool isSimple(const Diagnostics &found) {
  if (found.all().empty())
    return true;
  llvm::StringRef culprit(found.all().front().range.Start.getPointer(), 1);
  return found.all().size() == 1 && culprit != "{" && culprit != "}";
}

/// Repairs each definition with its block, since a mistake in one says nothing about the next.
static void repairDefinitions(std::vector<Token> &tokens, Diagnostics &diagnostics) {
  unsigned attempts = 20; // that may fail: what is not written by hand could be made to take long
  std::vector<Token> repaired, part;
  auto finishPart = [&] {
    if (attempts > 0 && !repairBrackets(part, diagnostics))
      --attempts;
    repaired.insert(repaired.end(), part.begin(), part.end());
    part.clear();
  };
  for (size_t position = 0; position < tokens.size() && !diagnostics.isFull(); ++position) {
    bool startsLine = position > 0 && tokens[position - 1].isLineBreak() &&
                      tokens[position - 1].text.end() == tokens[position].text.begin();
    if (startsLine && startsDefinition(tokens, position))
      finishPart();
    part.push_back(tokens[position]);
  }
  if (diagnostics.isFull())
    return;
  finishPart();
  tokens = std::move(repaired);
}

void balanceBrackets(std::vector<Token> &tokens, Diagnostics &diagnostics) {
  Diagnostics trial(diagnostics.sourceManager());
  std::vector<Token> balanced = tokens;
  BracketBalancer(balanced, trial).run();
  if (!isSimple(trial))
    repairDefinitions(tokens, diagnostics);
  BracketBalancer(tokens, diagnostics).run();
}

bool continuesStatement(const Token &token) {
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
    if (isOpeningBracket(token.kind)) {
      open.push_back(token.kind);
    } else if (partnerOfBracket(token.kind) != TokenKind::Error) {
      open.pop_back();
    } else if (token.isLineBreak()) {
      bool repeated = kept.empty() || kept.back().isLineBreak();
      if (repeated || insideExpression || continuesStatement(kept.back()))
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
