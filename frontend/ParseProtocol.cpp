// What an experiment repeats, changes and ends with: `set`, `at`, `then for`, `stop when`.

#include "frontend/ParserImpl.h"

namespace snn {

using namespace ast;

llvm::StringRef ast::spelling(TimedKeyword keyword) {
  static constexpr llvm::StringLiteral spellings[] = {"at", "then for"};
  return spellings[static_cast<unsigned>(keyword)];
}

/// `set N.tau = sweep(10 ms, 20 ms)`, `set (E.g, I.g) = sweep((3, 2), (6, 4))`, `set N.tau = 10 ms`
Stmt *Parser::parseSet() {
  auto *set = make<SetStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  set->targets = parseSetTargets();
  expect(TokenKind::Equal, "behind what is set");
  llvm::SmallVector<llvm::ArrayRef<const Expr *>, 8> values;
  if (atWord("sweep") && peek().is(TokenKind::LeftParen)) {
    advance();
    advance();
    do
      values.push_back(parseSetValues(set->targets.size()));
    while (!condition.recovering && accept(TokenKind::Comma));
    expect(TokenKind::RightParen, "behind the values");
  } else {
    values.push_back(parseSetValues(set->targets.size()));
  }
  set->values = keep(values);
  set->range = rangeFrom(begin);
  return set;
}

llvm::ArrayRef<const Expr *> Parser::parseSetTargets() {
  llvm::SmallVector<const Expr *, 4> targets;
  bool isTuple = accept(TokenKind::LeftParen);
  do {
    if (!at(TokenKind::Identifier)) {
      reportExpected("what is set, such as `N.tau`");
      targets.push_back(missing());
      break;
    }
    targets.push_back(parsePostfix());
  } while (isTuple && !condition.recovering && accept(TokenKind::Comma));
  if (isTuple)
    expect(TokenKind::RightParen, "behind what is set");
  return keep(targets);
}

/// One value, or as many as there are targets between parentheses.
llvm::ArrayRef<const Expr *> Parser::parseSetValues(size_t targets) {
  llvm::SmallVector<const Expr *, 4> values;
  bool isTuple = targets > 1;
  if (isTuple && !accept(TokenKind::LeftParen))
    reportExpected("`(` and a value for each of the " + llvm::Twine(targets) + " names");
  do
    values.push_back(parseExpr());
  while (isTuple && !condition.recovering && accept(TokenKind::Comma));
  if (isTuple)
    expect(TokenKind::RightParen, "behind the values");
  return keep(values);
}

/// `stop when rate of E over 50 ms > 15 Hz`
Stmt *Parser::parseStop() {
  auto *stop = make<StopStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  for (llvm::StringRef word : {"when", "rate", "of"})
    if (!condition.recovering && !acceptWord(word))
      reportExpected("`" + word + "`, as in `stop when rate of E over 50 ms > 15 Hz`");
  stop->group = parseGroupExpr();
  if (!condition.recovering && !acceptWord("over"))
    reportExpected("`over` and the time in which spikes are counted");
  const Expr *comparison = parseExpr();
  auto *binary = llvm::dyn_cast<BinaryExpr>(comparison);
  bool compares = binary && (binary->op == BinaryOp::Less || binary->op == BinaryOp::LessEqual ||
                             binary->op == BinaryOp::Greater || binary->op == BinaryOp::GreaterEqual);
  if (!compares && !llvm::isa<ErrorExpr>(comparison))
    report(DiagnosticCode::P1, comparison->range, "the rate is compared with a limit, as in `over 50 ms > 15 Hz`");
  stop->window = compares ? binary->left : comparison;
  stop->limit = compares ? binary->right : comparison;
  stop->relation = compares ? binary->op : BinaryOp::Greater;
  stop->range = rangeFrom(begin);
  return stop;
}

/// `at 1 s { ... }`, `then for 200 ms { ... }`
Stmt *Parser::parseTimed(TimedKeyword keyword) {
  auto *timed = make<TimedStmt>(current().range());
  llvm::SMLoc begin = here();
  timed->keyword = keyword;
  advance();
  if (keyword == TimedKeyword::Then && !acceptWord("for"))
    reportExpected("`for` and a duration");
  timed->time = parseExpr();
  timed->body = parseBlock(&Parser::parseTimedStatement);
  timed->range = rangeFrom(begin);
  return timed;
}

Stmt *Parser::parseTimedStatement() {
  if (!atAssignment())
    return rejectStatement("a phase of an experiment", {});
  auto *assignment = static_cast<AssignmentStmt *>(parseAssignment());
  if (assignment->op == AssignOp::Draw)
    report(DiagnosticCode::P3, assignment->opRange,
           "an experiment assigns with `=`; `randn()` and its kin draw numbers there");
  if (atWord("where"))
    reportUnsupported("where", current().range());
  return assignment;
}

} // namespace snn
