// What makes up the dynamics of a model: equations, methods, spikes, refractory periods, handlers.

#include "frontend/ParserImpl.h"

namespace snn {

using namespace ast;

Stmt *Parser::parseEquation() {
  auto *equation = make<EquationStmt>(current().range());
  llvm::SMLoc begin = here();
  equation->startsGroup = acceptWord("then");
  equation->state = parseName("the name of a state");
  expect(TokenKind::Prime, "behind the state of an equation");
  expect(TokenKind::Equal, "behind `'`");
  equation->value = parseExpr();
  if (atWord("method") || atWord("steps"))
    equation->method = parseMethodClause();
  equation->range = rangeFrom(begin);
  if (equation->state)
    return equation;
  return nullptr;
}

MethodClause Parser::parseMethodClause() {
  llvm::SMLoc begin = here();
  MethodClause method;
  if (acceptWord("method")) {
    method.name = parseName("the name of a method such as `rk4`");
    if (at(TokenKind::LeftParen))
      method.arguments = parseArguments();
  }
  if (acceptWord("steps"))
    method.steps = parseArithmetic();
  method.range = rangeFrom(begin);
  return method;
}

Stmt *Parser::parseMethod() {
  auto *statement = make<MethodStmt>(current().range());
  statement->method = parseMethodClause();
  statement->range = statement->method.range;
  return statement;
}

Stmt *Parser::parseSpike() {
  auto *spike = make<SpikeStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  if (acceptWord("when")) {
    spike->condition = parseExpr();
    if (acceptWord("crosses")) {
      spike->form = SpikeKeyword::Crossing;
      spike->threshold = parseExpr();
    }
  } else if (atWords("at", "rate")) {
    advance();
    advance();
    spike->form = SpikeKeyword::Rate;
    spike->condition = parseExpr();
    if (accept(TokenKind::Comma)) {
      spike->multiple = acceptWord("multiple");
      if (!spike->multiple)
        reportExpected("`multiple`");
    }
  } else {
    reportExpected("`when` or `at rate`");
    spike->condition = missing();
  }
  spike->reset = parseOptionalBlock(&Parser::parseHandlerStatement);
  spike->range = rangeFrom(begin);
  return spike;
}

Stmt *Parser::parseRefractory() {
  auto *refractory = make<RefractoryStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  refractory->duration = parseExpr();
  refractory->full = acceptWord("full");
  if (acceptWord("holding")) {
    llvm::SmallVector<Name, 4> held;
    do
      held.push_back(parseName("the name of a state"));
    while (!condition.recovering && accept(TokenKind::Comma));
    refractory->held = keep(held);
  } else if (!atStatementEnd() && !at(TokenKind::LeftBrace)) {
    reportExpected("`holding`");
  }
  refractory->atEnd = parseOptionalBlock(&Parser::parseHandlerStatement);
  refractory->range = rangeFrom(begin);
  return refractory;
}

Stmt *Parser::parseHandler() {
  auto *handler = make<HandlerStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  handler->event = parseName("the name of an event");
  handler->body = parseBlock(&Parser::parseHandlerStatement);
  handler->range = rangeFrom(begin);
  return handler;
}

Stmt *Parser::parsePeriodic() {
  auto *periodic = make<PeriodicStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  periodic->period = parseExpr();
  periodic->body = parseBlock(&Parser::parseHandlerStatement);
  periodic->range = rangeFrom(begin);
  return periodic;
}

Stmt *Parser::parseUse() {
  auto *use = make<UseStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  use->mechanism = parseModelUse();
  if (acceptWord("as"))
    use->alias = parseName("the name that the mechanism gets");
  else
    reportExpected("`as` and the name that the mechanism gets");
  if (acceptWord("at"))
    use->readsAt = parseName("the state that the mechanism takes for the voltage");
  use->range = rangeFrom(begin);
  return use;
}

Stmt *Parser::parseGuard(StatementParser parseStatement) {
  auto *guard = make<GuardStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  guard->condition = parseExpr();
  guard->body = parseBlock(parseStatement);
  guard->range = rangeFrom(begin);
  return guard;
}

Stmt *Parser::parseResult() {
  auto *result = make<ResultStmt>(current().range());
  llvm::SMLoc begin = here();
  bool isCurrent = atWord("current");
  advance();
  if (isCurrent)
    expect(TokenKind::Equal, "behind `current`");
  result->value = parseExpr();
  result->range = rangeFrom(begin);
  return result;
}

} // namespace snn
