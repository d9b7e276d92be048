// Literals, lists, names, members, subscripts, and units.

#include "frontend/ParserImpl.h"

#include "frontend/UnitScanner.h"

#include <charconv>

namespace snn {

using namespace ast;

Expr *Parser::parsePostfix() {
  Expr *expr = parsePrimary();
  while (true) {
    if (at(TokenKind::LeftBracket) && !current().blankBefore) {
      expr = parseSubscripts(expr);
    } else if (at(TokenKind::Dot)) {
      advance();
      auto *member = make<MemberExpr>(expr->range);
      member->base = expr;
      member->member = parseName("the name of a member behind `.`");
      member->range = rangeFrom(expr->range.Start);
      expr = bounded(member, {expr});
    } else {
      return expr;
    }
  }
}

Expr *Parser::parseSubscripts(const Expr *base) {
  advance();
  llvm::SmallVector<Subscript, 4> subscripts;
  do
    subscripts.push_back(parseSubscript());
  while (!condition.recovering && accept(TokenKind::Comma));
  expect(TokenKind::RightBracket, "behind the index");

  auto *index = make<IndexExpr>(rangeFrom(base->range.Start));
  index->base = base;
  index->subscripts = keep(subscripts);
  for (const Subscript &subscript : subscripts)
    for (const Expr *bound : {subscript.begin, subscript.end, subscript.step})
      if (bound)
        index->height = std::max(index->height, bound->height + 1);
  return bounded(index, {base});
}

Subscript Parser::parseSubscript() {
  Subscript subscript;
  llvm::SMLoc begin = here();
  if (!at(TokenKind::Colon))
    subscript.begin = parseExpr();
  if (accept(TokenKind::Colon)) {
    subscript.isSlice = true;
    auto atBound = [&] { return !at(TokenKind::RightBracket) && !at(TokenKind::Comma) && !at(TokenKind::Colon); };
    if (atBound())
      subscript.end = parseExpr();
    if (accept(TokenKind::Colon) && atBound())
      subscript.step = parseExpr();
  }
  subscript.range = rangeFrom(begin);
  return subscript;
}

Expr *Parser::parsePrimary() {
  if (at(TokenKind::Number))
    return parseNumber();
  if (atWord("if"))
    return parseIfExpr();
  if (at(TokenKind::LeftBracket))
    return parseList();
  if (at(TokenKind::Text)) {
    auto *text = make<TextExpr>(current().range());
    text->value = current().text.drop_front().drop_back();
    advance();
    return text;
  }
  llvm::SMLoc begin = here();
  if (accept(TokenKind::LeftParen)) {
    Expr *expr = parseExpr();
    expect(TokenKind::RightParen, "");
    expr->range = rangeFrom(begin);
    return expr;
  }
  bool isKeyword = atWord("then") || atWord("else") || atWord("and") || atWord("or");
  if (at(TokenKind::Identifier) && !isKeyword)
    return parseNameOrCall();
  report(DiagnosticCode::P2, current().range(), "expected an expression, found " + foundText());
  return missing();
}

Expr *Parser::parseNumber() {
  auto *number = make<NumberExpr>(current().range());
  llvm::StringRef digits = current().text;
  number->digits = digits;
  // The lexer has made sure that both conversions succeed.
  std::from_chars(digits.begin(), digits.end(), number->value);
  uint64_t integer = 0;
  if (std::from_chars(digits.begin(), digits.end(), integer).ptr == digits.end())
    number->integer = integer;
  advance();
  number->unit = parseUnitToken();
  number->range = rangeFrom(number->range.Start);
  return number;
}

/// True if a number, perhaps with a sign that touches it, is `offset` tokens ahead.
bool Parser::atSignedLiteral(size_t offset) const {
  const Token &first = peek(offset);
  if (first.is(TokenKind::Number))
    return true;
  bool isSign = first.is(TokenKind::Minus) || first.is(TokenKind::Plus);
  return isSign && peek(offset + 1).is(TokenKind::Number) && !peek(offset + 1).blankBefore;
}

/// True at a list element that is a number and nothing else: behind it comes the next element or the end.
bool Parser::atListLiteral() const {
  if (!atSignedLiteral(0))
    return false;
  size_t end = at(TokenKind::Number) ? 1 : 2;
  if (peek(end).is(TokenKind::Unit))
    ++end;
  const Token &next = peek(end);
  return next.is(TokenKind::Comma) || next.is(TokenKind::RightBracket) || (next.blankBefore && atSignedLiteral(end));
}

Expr *Parser::parseListElement() {
  bool isSigned = !at(TokenKind::Number);
  if (!atListLiteral())
    return parseExpr();
  if (!isSigned)
    return parseNumber();
  auto *unary = make<UnaryExpr>(current().range());
  unary->op = at(TokenKind::Minus) ? UnaryOp::Minus : UnaryOp::Plus;
  advance();
  unary->operand = parseNumber();
  unary->range = rangeFrom(unary->range.Start);
  unary->height = 2;
  return unary;
}

Expr *Parser::parseList() {
  llvm::SMLoc begin = here();
  advance();
  llvm::SmallVector<const Expr *, 16> elements;
  bool literal = false; // the element before
  while (!condition.recovering && !at(TokenKind::RightBracket)) {
    bool nextIsLiteral = atListLiteral();
    if (!elements.empty() && !accept(TokenKind::Comma) && !(literal && nextIsLiteral)) {
      reportExpected("`,` or `]`; only plain numbers are separated by blanks");
      break;
    }
    literal = atListLiteral();
    if (at(TokenKind::RightBracket))
      break;
    elements.push_back(parseListElement());
  }
  expect(TokenKind::RightBracket, "behind the elements");
  auto *list = make<ListExpr>(rangeFrom(begin));
  list->elements = keep(elements);
  list->unit = parseUnitToken();
  list->range = rangeFrom(begin);
  for (const Expr *element : elements)
    list->height = std::max(list->height, element->height + 1);
  return bounded(list, {});
}

const UnitExpr *Parser::makeUnit(llvm::StringRef text, llvm::ArrayRef<ScannedFactor> scanned) {
  auto rangeOf = [](llvm::StringRef part) -> llvm::SMRange {
    return {llvm::SMLoc::getFromPointer(part.begin()), llvm::SMLoc::getFromPointer(part.end())};
  };
  llvm::SmallVector<UnitFactor, 4> factors;
  for (const ScannedFactor &factor : scanned)
    factors.push_back({{factor.name, rangeOf(factor.name)}, factor.power, rangeOf(factor.text)});
  return new (file.arena()) UnitExpr{rangeOf(text), keep(factors)};
}

const UnitExpr *Parser::parseUnitToken() {
  if (!at(TokenKind::Unit))
    return nullptr;
  // The lexer has checked the names.
  ScannedUnit unit = scanUnit(current().text, [](llvm::StringRef) { return true; });
  advance();
  return makeUnit(unit.text, unit.factors);
}

const UnitExpr *Parser::parseDimension() {
  llvm::StringRef line(current().text.begin(), tokens.back().text.begin() - current().text.begin());
  ScannedUnit unit = scanUnit(line, [](llvm::StringRef) { return true; });
  if (unit.text.empty()) {
    reportExpected("a dimension such as `voltage` or a unit such as `mV/ms`");
    return nullptr;
  }
  if (unit.badExponent.data())
    report(DiagnosticCode::L5, {current().range().Start, llvm::SMLoc::getFromPointer(unit.text.end())},
           "the exponent of a unit is a number with a small denominator, such as `2`, `-1`, `0.5` or `(1/3)`");
  while (!at(TokenKind::EndOfFile) && current().text.begin() < unit.text.end())
    advance();
  return makeUnit(unit.text, unit.factors);
}

} // namespace snn
