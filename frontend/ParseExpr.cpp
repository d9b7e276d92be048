// Operators, `if`, calls and draws. Binding strength, from weak to strong:
//
//   or | and | not | comparison | + - | * / % | sign | ^ | call, subscript, member

#include "frontend/ParserImpl.h"

#include "llvm/ADT/ScopeExit.h"

namespace snn {

using namespace ast;

namespace {

struct OperatorInfo {
  BinaryOp op;
  unsigned strength; ///< 0: not an operator
};

constexpr unsigned weakestOperator = 1;
constexpr unsigned comparison = 3;
constexpr unsigned additive = 4;

} // namespace

llvm::StringRef ast::spelling(BinaryOp op) {
  static constexpr llvm::StringLiteral spellings[] = {"+",  "-", "*",  "/",  "%",  "^",   "<",
                                                      "<=", ">", ">=", "==", "!=", "and", "or", "in"};
  return spellings[static_cast<unsigned>(op)];
}

llvm::StringRef ast::spelling(UnaryOp op) {
  static constexpr llvm::StringLiteral spellings[] = {"-", "+", "not"};
  return spellings[static_cast<unsigned>(op)];
}

/// What `token` is between two operands. Powers are not among them, since they associate to the right.
static OperatorInfo binaryOperator(const Token &token) {
  if (token.isWord("or"))
    return {BinaryOp::Or, 1};
  if (token.isWord("and"))
    return {BinaryOp::And, 2};
  if (token.isWord("in"))
    return {BinaryOp::In, comparison};
  switch (token.kind) {
  case TokenKind::Less:
    return {BinaryOp::Less, comparison};
  case TokenKind::LessEqual:
    return {BinaryOp::LessEqual, comparison};
  case TokenKind::Greater:
    return {BinaryOp::Greater, comparison};
  case TokenKind::GreaterEqual:
    return {BinaryOp::GreaterEqual, comparison};
  case TokenKind::EqualEqual:
    return {BinaryOp::Equal, comparison};
  case TokenKind::NotEqual:
    return {BinaryOp::NotEqual, comparison};
  case TokenKind::Plus:
    return {BinaryOp::Add, additive};
  case TokenKind::Minus:
    return {BinaryOp::Sub, additive};
  case TokenKind::Star:
    return {BinaryOp::Mul, additive + 1};
  case TokenKind::Slash:
    return {BinaryOp::Div, additive + 1};
  case TokenKind::Percent:
    return {BinaryOp::Mod, additive + 1};
  default:
    return {BinaryOp::Add, 0};
  }
}

Expr *Parser::missing() { return make<ErrorExpr>({here(), here()}); }

Expr *Parser::bounded(Expr *node, std::initializer_list<const Expr *> operands) {
  for (const Expr *operand : operands)
    node->height = std::max(node->height, operand->height + 1);
  if (node->height <= Expr::maxHeight)
    return node;
  report(DiagnosticCode::P5, node->range,
         "an expression of more than " + llvm::Twine(Expr::maxHeight) + " nested parts");
  return make<ErrorExpr>(node->range);
}

Expr *Parser::parseExpr() { return parseBinary(weakestOperator); }

Expr *Parser::parseArithmetic() { return parseBinary(additive); }

Expr *Parser::parseBinary(unsigned weakest) {
  Expr *left = parseUnary();
  bool compared = false;
  while (true) {
    auto [op, strength] = binaryOperator(current());
    if (strength == 0 || strength < weakest)
      return left;
    bool chained = strength == comparison && compared;
    if (chained)
      reportChain(*left);
    compared = strength == comparison;
    llvm::SMRange opRange = current().range();
    advance();
    left = makeBinary(op, opRange, left, parseBinary(strength + 1));
    // Its operand is a condition, which is not worth a second error.
    if (chained)
      left = make<ErrorExpr>(left->range);
  }
}

/// `a < b < c`, at the second comparison.
void Parser::reportChain(const Expr &first) {
  Diagnostic *diagnostic = report(DiagnosticCode::P8, current().range(), "comparisons do not chain");
  if (auto *binary = llvm::dyn_cast<BinaryExpr>(&first); binary && diagnostic)
    diagnostic->fixIt({first.range.End, first.range.End}, " and " + binary->right->text());
}

Expr *Parser::makeBinary(BinaryOp op, llvm::SMRange opRange, const Expr *left, const Expr *right) {
  auto *binary = make<BinaryExpr>(rangeFrom(left->range.Start));
  binary->op = op;
  binary->opRange = opRange;
  binary->left = left;
  binary->right = right;
  return bounded(binary, {left, right});
}

Expr *Parser::parseUnary() {
  ++depth;
  llvm::scope_exit leave([this] { --depth; });
  // Signs, powers and `if` recurse without a bracket, so brackets do not bound the recursion.
  if (depth > Expr::maxHeight) {
    report(DiagnosticCode::P5, current().range(),
           "an expression of more than " + llvm::Twine(Expr::maxHeight) + " nested parts");
    return missing();
  }

  UnaryOp op;
  if (at(TokenKind::Minus))
    op = UnaryOp::Minus;
  else if (at(TokenKind::Plus))
    op = UnaryOp::Plus;
  else if (atWord("not"))
    op = UnaryOp::Not;
  else
    return parsePower();

  llvm::SMLoc begin = here();
  advance();
  // `not a < b` negates the comparison, `-a^b` the power.
  const Expr *operand = op == UnaryOp::Not ? parseBinary(comparison) : parseUnary();
  auto *unary = make<UnaryExpr>(rangeFrom(begin));
  unary->op = op;
  unary->operand = operand;
  return bounded(unary, {operand});
}

Expr *Parser::parsePower() {
  Expr *base = parsePostfix();
  if (!at(TokenKind::Caret))
    return base;
  llvm::SMRange opRange = current().range();
  advance();
  return makeBinary(BinaryOp::Pow, opRange, base, parseUnary());
}

Expr *Parser::parseIfExpr() {
  llvm::SMLoc begin = here();
  advance();
  const Expr *condition = parseExpr();
  if (!acceptWord("then"))
    reportExpected("`then`");
  const Expr *thenValue = parseExpr();
  if (!acceptWord("else"))
    reportExpected("`else`");
  const Expr *elseValue = parseExpr();
  auto *choice = make<IfExpr>(rangeFrom(begin));
  choice->condition = condition;
  choice->thenValue = thenValue;
  choice->elseValue = elseValue;
  return bounded(choice, {condition, thenValue, elseValue});
}

Expr *Parser::parseNameOrCall() {
  Name name{current().text, current().range()};
  advance();
  if (name.text == "since" && at(TokenKind::Identifier)) {
    auto *since = make<SinceExpr>(name.range);
    since->event = {current().text, current().range()}; // `spike` is a keyword elsewhere
    advance();
    since->range = rangeFrom(name.range.Start);
    return since;
  }
  if (!at(TokenKind::LeftParen)) {
    auto *expr = make<NameExpr>(name.range);
    expr->name = name.text;
    return expr;
  }
  advance();
  llvm::ArrayRef<Argument> arguments = parseArgumentList();
  if (atWord("for") && arguments.size() == 1 && !arguments.front().name)
    return parseComprehension(name, *arguments.front().value);
  expect(TokenKind::RightParen, "behind the arguments");
  auto *call = make<CallExpr>(rangeFrom(name.range.Start));
  call->callee = name;
  call->arguments = arguments;
  for (const Argument &argument : arguments)
    call->height = std::max(call->height, argument.value->height + 1);
  return bounded(call, {});
}

/// `sum(w[a, b] for b in layer if b != a)`, at the `for`.
Expr *Parser::parseComprehension(const Name &callee, const Expr &value) {
  auto *comprehension = make<ComprehensionExpr>(callee.range);
  comprehension->callee = callee;
  comprehension->value = &value;
  comprehension->binders = parseBinders();
  if (acceptWord("if"))
    comprehension->condition = parseExpr();
  expect(TokenKind::RightParen, "behind the index sets");
  comprehension->range = rangeFrom(callee.range.Start);
  const Expr *condition = comprehension->condition ? comprehension->condition : &value;
  return bounded(comprehension, {&value, condition});
}

llvm::ArrayRef<Argument> Parser::parseArguments() {
  advance();
  llvm::ArrayRef<Argument> arguments = parseArgumentList();
  expect(TokenKind::RightParen, "behind the arguments");
  return arguments;
}

llvm::ArrayRef<Argument> Parser::parseArgumentList() {
  llvm::SmallVector<Argument, 8> arguments;
  if (!at(TokenKind::RightParen)) {
    do {
      bool named = !arguments.empty() && arguments.back().name;
      llvm::SMLoc begin = here();
      arguments.push_back(parseArgument());
      if (named && !arguments.back().name)
        report(DiagnosticCode::P1, rangeFrom(begin), "an argument without a name comes before those with one");
    } while (!condition.recovering && accept(TokenKind::Comma));
  }
  return keep(arguments);
}

Argument Parser::parseArgument() {
  Argument argument;
  if (at(TokenKind::Identifier) && (peek().is(TokenKind::Equal) || peek().is(TokenKind::Tilde))) {
    argument.name = {current().text, current().range()};
    advance();
    argument.value = parseValueOrDraw();
  } else {
    argument.value = parseExpr();
  }
  return argument;
}

Expr *Parser::parseValueOrDraw() {
  if (accept(TokenKind::Tilde))
    return parseDraw();
  if (!accept(TokenKind::Equal)) {
    reportExpected("`=`");
    return missing();
  }
  return parseExpr();
}

Expr *Parser::parseDraw() {
  auto *draw = make<DrawExpr>({here(), here()});
  llvm::SMLoc begin = here();
  draw->distribution = parsePostfix();
  if (!llvm::isa<CallExpr, ErrorExpr>(draw->distribution))
    report(DiagnosticCode::P2, draw->distribution->range,
           "expected a distribution such as `normal(mean, sd)` behind `~`, found " +
               quoted(draw->distribution->text()));

  auto setOnce = [&](bool given, llvm::SMRange range, llvm::StringRef modifier) {
    if (given)
      report(DiagnosticCode::P9, range, "`" + modifier + "` is given twice");
  };
  while (true) {
    llvm::SMLoc modifier = here();
    if (atWords("at", "least") || atWords("at", "most")) {
      bool isLower = peek().isWord("least");
      advance();
      advance();
      const Expr *&bound = isLower ? draw->atLeast : draw->atMost;
      setOnce(bound, rangeFrom(modifier), isLower ? "at least" : "at most");
      bound = parseArithmetic();
      draw->height = std::max(draw->height, bound->height + 1);
    } else if (atWords("keeping", "sign")) {
      advance();
      advance();
      setOnce(draw->keepingSign.isValid(), rangeFrom(modifier), "keeping sign");
      draw->keepingSign = rangeFrom(modifier);
    } else if (acceptWord("clip")) {
      setOnce(draw->clip.isValid(), rangeFrom(modifier), "clip");
      draw->clip = rangeFrom(modifier);
    } else {
      break;
    }
  }
  draw->range = rangeFrom(begin);
  return bounded(draw, {draw->distribution});
}

} // namespace snn
