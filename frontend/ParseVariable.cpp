// Declarations: `param tau = 5 ms where > 0 ms`, `state g: w = 0`, `input I: current`, `let a = b`.

#include "frontend/ParserImpl.h"

#include "llvm/ADT/StringSwitch.h"

namespace snn {

using namespace ast;

std::optional<VariableKeyword> Parser::variableKeyword() const {
  if (!at(TokenKind::Identifier) || !peek().is(TokenKind::Identifier))
    return std::nullopt;
  return llvm::StringSwitch<std::optional<VariableKeyword>>(word())
      .Case("param", VariableKeyword::Param)
      .Case("const", VariableKeyword::Const)
      .Case("state", VariableKeyword::State)
      .Case("input", VariableKeyword::Input)
      .Case("let", VariableKeyword::Let)
      .Case("weight", VariableKeyword::Weight)
      .Case("pre", VariableKeyword::Pre)
      .Case("post", VariableKeyword::Post)
      .Case("syn", VariableKeyword::Syn)
      .Case("modulator", VariableKeyword::Modulator)
      .Default(std::nullopt);
}

bool Parser::atInheritedVariable() const {
  if (!inherited || !at(TokenKind::Identifier))
    return false;
  const Token &next = peek();
  return next.is(TokenKind::Equal) || next.is(TokenKind::Colon) ||
         (next.is(TokenKind::LeftBracket) && !next.blankBefore);
}

/// `D.V`, as one name.
static Name nameBetween(const Name &base, const Name &member) {
  const char *begin = base.range.Start.getPointer(), *end = member.range.End.getPointer();
  return {llvm::StringRef(begin, end - begin), {base.range.Start, member.range.End}};
}

Stmt *Parser::parseVariable(VariableKeyword keyword) {
  llvm::SMLoc begin = here();
  bool isInherited = atInheritedVariable();
  bool isShared = !isInherited && acceptWord("shared");
  if (!isInherited)
    advance();
  bool isJoined = keyword == VariableKeyword::Pre || keyword == VariableKeyword::Post;
  if (!isInherited && isJoined && atWord("state") && peek().is(TokenKind::Identifier)) {
    keyword = keyword == VariableKeyword::Pre ? VariableKeyword::PreState : VariableKeyword::PostState;
    advance();
  }

  auto *variable = make<VariableStmt>({begin, begin});
  variable->keyword = keyword;
  variable->isShared = isShared || (isInherited && inheritsShared);
  variable->name = parseName("a name");
  if (keyword == VariableKeyword::Modulator && variable->name && accept(TokenKind::Dot)) { // `D.V` is one name
    Name member = parseName("the name of a state of the modulator");
    if (member)
      variable->name = nameBetween(variable->name, member);
  }
  if (accept(TokenKind::LeftBracket)) {
    variable->size = parseExpr();
    expect(TokenKind::RightBracket, "behind the length of a vector");
  }
  if (accept(TokenKind::Colon)) {
    bool mayBeEvent = keyword == VariableKeyword::Input && peek().is(TokenKind::Identifier);
    variable->isEvent = mayBeEvent && acceptWord("event");
    variable->dimension = parseDimension();
    if (keyword == VariableKeyword::Input && acceptWord("at"))
      variable->readsAt = parseName("the state that is read as the voltage");
  }
  parseVariableValue(*variable);
  if (acceptWord("where"))
    variable->bounds = parseBounds();
  variable->range = rangeFrom(begin);
  if (variable->name)
    return variable;
  return nullptr;
}

void Parser::parseVariableValue(VariableStmt &variable) {
  bool given = at(TokenKind::Equal) || at(TokenKind::Tilde);
  switch (variable.keyword) {
  case VariableKeyword::Param:
    // Without a value, a dimension has to say what it is.
    if (given || !variable.dimension)
      variable.value = parseValueOrDraw();
    return;
  case VariableKeyword::Const:
  case VariableKeyword::State:
  case VariableKeyword::PreState:
  case VariableKeyword::PostState:
  case VariableKeyword::Let:
    variable.value = parseValueOrDraw();
    return;
  case VariableKeyword::Input:
    if (given)
      report(DiagnosticCode::P3, current().range(), "an input has no value: it is the sum of what targets it");
    return;
  case VariableKeyword::Weight:
    if (given)
      report(DiagnosticCode::P3, current().range(), "a weight has no value here: the projection gives it");
    return;
  case VariableKeyword::Syn:
  case VariableKeyword::Modulator:
    if (given)
      report(DiagnosticCode::P3, current().range(), "what a rule only reads has no value here");
    return;
  case VariableKeyword::Pre:
  case VariableKeyword::Post:
    if (!given)
      return;
    report(DiagnosticCode::P3, current().range(), "a variable of a joined neuron has no value here");
    // What has a value is meant to be a state.
    variable.keyword = variable.keyword == VariableKeyword::Pre ? VariableKeyword::PreState : VariableKeyword::PostState;
    variable.value = parseValueOrDraw();
    return;
  }
}

llvm::ArrayRef<BoundClause> Parser::parseBounds() {
  llvm::SmallVector<BoundClause, 2> bounds;
  do {
    std::optional<BinaryOp> relation = llvm::StringSwitch<std::optional<BinaryOp>>(current().text)
                                           .Case("<", BinaryOp::Less)
                                           .Case("<=", BinaryOp::LessEqual)
                                           .Case(">", BinaryOp::Greater)
                                           .Case(">=", BinaryOp::GreaterEqual)
                                           .Case("==", BinaryOp::Equal)
                                           .Case("!=", BinaryOp::NotEqual)
                                           .Default(std::nullopt);
    if (!relation) {
      reportExpected("a comparison such as `> 0 ms` behind `where`");
      break;
    }
    llvm::SMLoc begin = here();
    advance();
    const Expr *value = parseArithmetic();
    bounds.push_back({*relation, value, rangeFrom(begin)});
  } while (acceptWord("and"));
  return keep(bounds);
}

} // namespace snn
