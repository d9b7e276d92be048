// What is wrong with a way to pair brackets, in points.

#include "frontend/BracketRepairer.h"

#include "llvm/ADT/StringSwitch.h"

using namespace snn;
using namespace snn::brackets;

void BracketRepairer::findLines() {
  for (size_t begin = 0; begin < tokens.size(); ++begin) {
    if (tokens[begin].isLineBreak() || tokens[begin].is(TokenKind::EndOfFile))
      continue;
    size_t end = begin;
    while (end + 1 < tokens.size() && !tokens[end + 1].isLineBreak() && !tokens[end + 1].is(TokenKind::EndOfFile))
      ++end;
    llvm::StringRef word = tokens[begin].is(TokenKind::Identifier) ? tokens[begin].text : llvm::StringRef();
    auto at = [&](size_t offset) { return begin + offset <= end ? tokens[begin + offset].kind : TokenKind::EndOfFile; };
    Line line;
    line.firstToken = begin;
    line.lastToken = end;
    const char *lineBegin = begin == 0 ? tokens[begin].text.begin() : tokens[begin - 1].text.end();
    line.indentation = tokens[begin].text.begin() - lineBegin;
    bool defines = llvm::StringSwitch<bool>(word)
                       .Cases({"neuron", "synapse", "output", "plasticity", "network", "simulate", "train"}, true)
                       .Default(false) &&
                   line.indentation == 0;
    line.needsBlock = defines && at(1) == TokenKind::Identifier && at(2) != TokenKind::Equal;
    line.mayHaveBlock =
        defines || llvm::StringSwitch<bool>(word)
                       .Cases({"population", "project", "spike", "refractory", "on", "for", "every", "at", "then"}, true)
                       .Default(false);
    line.startsStatement = !word.empty() && (at(1) == TokenKind::Identifier || at(1) == TokenKind::Equal ||
                                             at(1) == TokenKind::Tilde || at(1) == TokenKind::Prime ||
                                             at(1) == TokenKind::Number);
    lines.push_back(line);
    begin = end;
  }
  // What is missing at the very end goes onto a line behind all others.
  lines.push_back({tokens.size(), tokens.size(), 0, false, false, false});
}

/// True for what an operand may end with: a `(` behind a blank and one of these begins no call.
static bool endsOperand(const Token &token) {
  return token.is(TokenKind::Identifier) || token.is(TokenKind::Number) || token.is(TokenKind::Unit) ||
         token.is(TokenKind::RightParen) || token.is(TokenKind::RightBracket);
}

void BracketRepairer::findBrackets() {
  size_t semicolons = 0;
  for (unsigned number = 0; number < lines.size(); ++number)
    for (size_t token = lines[number].firstToken; token <= lines[number].lastToken && token < tokens.size(); ++token) {
      semicolons += tokens[token].is(TokenKind::EndOfStatement);
      if (partnerOfBracket(tokens[token].kind) == TokenKind::Error)
        continue;
      Bracket bracket{token, tokens[token].kind, number, token == lines[number].firstToken,
                      token == lines[number].lastToken};
      const Token *next = token + 1 < tokens.size() ? &tokens[token + 1] : nullptr;
      bracket.endsStatement = !next || next->is(TokenKind::EndOfStatement) || next->is(TokenKind::EndOfFile) ||
                              partnerOfBracket(next->kind) != TokenKind::Error;
      const Token *before = bracket.startsLine ? nullptr : &tokens[token - 1];
      bracket.standsApart = before && tokens[token].blankBefore && endsOperand(*before);
      bracket.semicolons = semicolons;
      brackets.push_back(bracket);
    }
}

unsigned BracketRepairer::pairCost(const Bracket &open, const Bracket &close) const {
  unsigned points = 0;
  if (open.kind == TokenKind::LeftBrace && !lines[open.line].mayHaveBlock)
    points += blockWithoutHeader;
  if (open.kind == TokenKind::LeftBrace)
    points += close.endsStatement ? 0 : misplacedBrace;
  else
    points += (open.standsApart ? strangeCall : 0) + (open.semicolons != close.semicolons ? statementInExpression : 0);
  if (open.line == close.line)
    return points;
  if (open.kind != TokenKind::LeftBrace) {
    points += expressionOverLines;
    for (unsigned line = open.line + 1; line <= close.line; ++line)
      points += lines[line].startsStatement ? statementInExpression : 0;
    return points;
  }
  size_t indentation = lines[open.line].indentation;
  points += open.endsLine ? 0 : misplacedBrace;
  points += close.startsLine ? 0 : misplacedBrace;
  bool isOutdented = close.token == none ? lines[close.line].indentation <= indentation
                                         : lines[close.line].indentation == indentation;
  points += isOutdented ? 0 : misplacedBrace;
  for (unsigned line = open.line + 1; line < close.line; ++line)
    points += lines[line].indentation > indentation ? 0 : misplacedBrace;
  return points;
}

unsigned BracketRepairer::cost(const Brackets &all, llvm::SmallVectorImpl<size_t> *partners) const {
  unsigned points = 0;
  llvm::SmallVector<size_t, 32> open;
  if (partners)
    partners->assign(all.size(), none);
  for (size_t index = 0; index < all.size(); ++index) {
    const Bracket &bracket = all[index];
    TokenKind partner = partnerOfBracket(bracket.kind);
    bool isBrace = bracket.kind == TokenKind::LeftBrace || partner == TokenKind::LeftBrace;
    if (isOpeningBracket(bracket.kind)) {
      if (isBrace && !open.empty() && all[open.back()].kind != TokenKind::LeftBrace)
        points += braceInExpression;
      open.push_back(index);
      continue;
    }
    // A parenthesis never reaches across the border of a block.
    size_t match = open.size();
    while (match > 0 && all[open[match - 1]].kind != partner &&
           (isBrace || all[open[match - 1]].kind != TokenKind::LeftBrace))
      --match;
    if (match == 0 || all[open[match - 1]].kind != partner) {
      points += unmatched;
      continue;
    }
    points += unsigned(open.size() - match) * unmatched + pairCost(all[open[match - 1]], bracket);
    if (partners)
      (*partners)[index] = open[match - 1];
    open.truncate(match - 1);
  }
  return points + unsigned(open.size()) * unmatched + headerCost(all);
}

/// Every definition has a block that begins on its line, a line begins one block, and what is indented is in one.
unsigned BracketRepairer::headerCost(const Brackets &all) const {
  unsigned points = 0;
  const Bracket *next = all.begin();
  for (unsigned line = 0; line + 1 < lines.size(); ++line) {
    // What is inserted at the start of a line stands before it.
    auto standsBefore = [](const Bracket &bracket) { return bracket.token == none && bracket.startsLine; };
    int depth = 0, blocks = 0;
    for (; next != all.end() && next->line <= line; ++next) {
      depth += standsBefore(*next) ? 0 : isOpeningBracket(next->kind) ? 1 : -1;
      blocks += next->kind == TokenKind::LeftBrace;
    }
    points += lines[line].needsBlock && !blocks ? headerWithoutBlock : 0;
    points += blocks > 1 ? misplacedBrace : 0;
    for (const Bracket *behind = next; behind != all.end() && standsBefore(*behind); ++behind)
      depth -= behind->line == line + 1;
    points += lines[line + 1].indentation > lines[line].indentation && depth <= 0 ? indentedWithoutBlock : 0;
  }
  return points;
}

unsigned BracketRepairer::countUnmatched(const Brackets &all) const {
  llvm::SmallVector<TokenKind, 32> open;
  unsigned count = 0;
  for (const Bracket &bracket : all) {
    if (isOpeningBracket(bracket.kind))
      open.push_back(bracket.kind);
    else if (!open.empty() && open.back() == partnerOfBracket(bracket.kind))
      open.pop_back();
    else
      ++count;
  }
  return count + unsigned(open.size());
}
