#include "frontend/BracketRepairer.h"

#include "llvm/ADT/STLExtras.h"

using namespace snn;
using namespace snn::brackets;

bool snn::isOpeningBracket(TokenKind kind) {
  return kind == TokenKind::LeftParen || kind == TokenKind::LeftBracket || kind == TokenKind::LeftBrace;
}

TokenKind snn::partnerOfBracket(TokenKind kind) {
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

size_t BracketRepairer::insertionIndex(const Brackets &all, const Change &change) const {
  size_t line = change.place + (change.kind == Change::InsertAtEnd);
  return llvm::find_if(all, [&](const Bracket &bracket) { return bracket.line >= line; }) - all.begin();
}

Brackets BracketRepairer::changed(const Brackets &all, const Change &change) const {
  Brackets result = all;
  if (change.kind == Change::Remove) {
    result.erase(result.begin() + change.place);
  } else if (change.kind == Change::Replace) {
    result[change.place].kind = change.bracket;
  } else {
    bool atEnd = change.kind == Change::InsertAtEnd;
    Bracket inserted{none, change.bracket, unsigned(change.place), !atEnd, atEnd};
    result.insert(result.begin() + insertionIndex(all, change), inserted);
  }
  return result;
}

/// A bracket of an expression whose replacement makes its line pair up: `[1, 2)`. It is certain whatever else is wrong.
std::optional<Change> BracketRepairer::findWithinLine() const {
  static constexpr TokenKind kinds[] = {TokenKind::LeftParen, TokenKind::RightParen, TokenKind::LeftBracket,
                                        TokenKind::RightBracket};
  for (size_t begin = 0, end = 0; begin < brackets.size(); begin = end) {
    Brackets line;
    llvm::SmallVector<size_t> places;
    for (; end < brackets.size() && brackets[end].line == brackets[begin].line; ++end)
      if (llvm::is_contained(kinds, brackets[end].kind)) {
        line.push_back(brackets[end]);
        places.push_back(end);
      }
    if (countUnmatched(line) == 0)
      continue;
    for (size_t index = line.size(); index-- > 0;)
      for (TokenKind kind : kinds) {
        Change change{Change::Replace, index, kind};
        if (countUnmatched(changed(line, change)) == 0)
          return Change{Change::Replace, places[index], kind};
      }
  }
  return std::nullopt;
}

std::optional<Change> BracketRepairer::findBest() const {
  std::optional<Change> best;
  unsigned lowest = cost(brackets);
  auto consider = [&](const Change &change, unsigned points, bool preferLater) {
    points += cost(changed(brackets, change));
    if (points < lowest || (preferLater && best && points == lowest)) {
      lowest = points;
      best = change;
    }
  };
  static constexpr TokenKind kinds[] = {TokenKind::LeftParen,    TokenKind::RightParen, TokenKind::LeftBracket,
                                        TokenKind::RightBracket, TokenKind::LeftBrace,  TokenKind::RightBrace};
  for (size_t index = 0; index < brackets.size(); ++index) {
    if (brackets[index].token == none)
      continue;
    // Of several closing brackets in a row, the last one is too many.
    bool isBrace = brackets[index].kind == TokenKind::LeftBrace || brackets[index].kind == TokenKind::RightBrace;
    consider({Change::Remove, index, {}}, removal + isBrace, !isOpeningBracket(brackets[index].kind));
    for (TokenKind kind : kinds)
      if (kind != brackets[index].kind)
        consider({Change::Replace, index, kind}, replacement, false);
  }
  for (size_t line = 0; line < lines.size(); ++line) {
    if (line + 1 < lines.size()) {
      consider({Change::InsertAtEnd, line, TokenKind::LeftBrace}, insertion, false);
      consider({Change::InsertAtEnd, line, TokenKind::RightBrace}, insertion, false);
    }
    consider({Change::InsertAtStart, line, TokenKind::RightBrace}, insertion, false);
  }
  return best;
}

size_t BracketRepairer::partnerIn(const Brackets &all, size_t index) const {
  llvm::SmallVector<size_t> partners;
  cost(all, &partners);
  size_t partner = partners[index];
  if (partner == none) // of an opening bracket
    partner = llvm::find(partners, index) - partners.begin();
  return partner < all.size() ? all[partner].token : none;
}

void BracketRepairer::report(const Change &change, const Brackets &all) {
  if (change.kind == Change::InsertAtStart || change.kind == Change::InsertAtEnd)
    return reportInsertion(change, all);
  const Bracket &bracket = all[change.place];
  const Token &token = tokens[bracket.token];
  llvm::SMLoc lineEnd = tokens[lines[bracket.line].lastToken].range().End;
  if (change.kind == Change::Replace) {
    llvm::StringRef meant = llvm::StringRef(describe(change.bracket)).trim('`');
    Diagnostic &diagnostic = diagnostics.error(DiagnosticCode::L8, token.range(),
                                               "`" + token.text + "` stands where `" + meant + "` is needed");
    diagnostic.fixIt(token.range(), meant);
    if (size_t partner = partnerIn(changed(all, change), change.place); partner != none)
      diagnostic.note(tokens[partner].range(), "this is its partner");
  } else if (isOpeningBracket(bracket.kind)) {
    diagnostics.error(DiagnosticCode::L8, token.range(), "`" + token.text + "` is not closed")
        .note({lineEnd, lineEnd},
              "expected " + describe(partnerOfBracket(bracket.kind)) + " before the end of the line");
  } else {
    diagnostics.error(DiagnosticCode::L8, token.range(), "`" + token.text + "` closes nothing");
  }
}

void BracketRepairer::reportInsertion(const Change &change, const Brackets &all) {
  bool isBehindAll = change.place + 1 == lines.size();
  const Line &line = lines[change.place - isBehindAll];
  llvm::SMLoc lineEnd = tokens[line.lastToken].range().End;
  if (change.bracket == TokenKind::LeftBrace) {
    diagnostics.error(DiagnosticCode::L8, {lineEnd, lineEnd}, "expected `{` at the end of this line")
        .fixIt({lineEnd, lineEnd}, " {");
    return;
  }
  size_t opening = partnerIn(changed(all, change), insertionIndex(all, change));
  if (opening == none)
    return; // reported with the change that made it
  const Token &next = tokens[line.firstToken];
  Diagnostic &diagnostic = diagnostics.error(DiagnosticCode::L8, tokens[opening].range(), "`{` is not closed");
  if (isBehindAll)
    diagnostic.note({lineEnd, lineEnd}, "expected `}` behind this line");
  else if (change.kind == Change::InsertAtEnd)
    diagnostic.note({lineEnd, lineEnd}, "expected `}` before the end of the line");
  else
    diagnostic.note(next.range(), "expected `}` before " + quoted(next.text));
}

void BracketRepairer::apply() {
  llvm::SmallVector<const Bracket *> kept(tokens.size());
  llvm::SmallVector<llvm::SmallVector<const Bracket *, 1>> atStart(lines.size()), atEnd(lines.size());
  for (const Bracket &bracket : brackets) {
    if (bracket.token != none)
      kept[bracket.token] = &bracket;
    else
      (bracket.startsLine ? atStart : atEnd)[bracket.line].push_back(&bracket);
  }
  std::vector<Token> repaired;
  auto insert = [&](const Bracket &bracket, llvm::StringRef place) {
    repaired.push_back({place, bracket.kind, true});
    if (bracket.kind == TokenKind::RightBrace && bracket.startsLine)
      repaired.push_back({place, TokenKind::EndOfStatement, false});
  };
  size_t line = 0;
  for (size_t index = 0; index < tokens.size(); ++index) {
    Token token = tokens[index];
    bool isStart = line < lines.size() && index == lines[line].firstToken;
    bool isEnd = line < lines.size() && index == lines[line].lastToken;
    if (isStart)
      for (const Bracket *bracket : atStart[line])
        insert(*bracket, token.text.take_front(0));
    if (partnerOfBracket(token.kind) != TokenKind::Error) {
      TokenKind kind = kept[index] ? kept[index]->kind : TokenKind::Error;
      token.isRepaired = kind != token.kind;
      token.kind = kind;
    }
    repaired.push_back(token);
    if (isEnd)
      for (const Bracket *bracket : atEnd[line++])
        insert(*bracket, token.text.take_back(0));
  }
  if (!atStart.back().empty()) {
    // The end of the file stays the last token.
    std::optional<Token> end;
    if (repaired.back().is(TokenKind::EndOfFile)) {
      end = repaired.back();
      repaired.pop_back();
    }
    for (const Bracket *bracket : atStart.back())
      insert(*bracket, tokens.back().text.take_front(0));
    if (end)
      repaired.push_back(*end);
  }
  tokens = std::move(repaired);
}

bool snn::repairBrackets(std::vector<Token> &tokens, Diagnostics &diagnostics) {
  return BracketRepairer(tokens, diagnostics).run();
}
