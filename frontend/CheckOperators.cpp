// Operators of expressions: their dimensions, and the node they become.

#include "frontend/CheckExpr.h"
#include "frontend/CheckFold.h"

using namespace snn;
using llvm::SMRange;
using model::Op;

Op snn::opOf(ast::BinaryOp op) {
  switch (op) {
  case ast::BinaryOp::Add:
    return Op::Add;
  case ast::BinaryOp::Sub:
    return Op::Sub;
  case ast::BinaryOp::Mul:
    return Op::Mul;
  case ast::BinaryOp::Div:
    return Op::Div;
  case ast::BinaryOp::Mod:
    return Op::Mod;
  case ast::BinaryOp::Pow:
    return Op::Pow;
  case ast::BinaryOp::Less:
    return Op::Less;
  case ast::BinaryOp::LessEqual:
    return Op::LessEqual;
  case ast::BinaryOp::Greater:
    return Op::Greater;
  case ast::BinaryOp::GreaterEqual:
    return Op::GreaterEqual;
  case ast::BinaryOp::Equal:
    return Op::Equal;
  case ast::BinaryOp::NotEqual:
    return Op::NotEqual;
  case ast::BinaryOp::And:
    return Op::And;
  case ast::BinaryOp::Or:
    return Op::Or;
  case ast::BinaryOp::In:
    break; // decided before there is an operation
  }
  llvm_unreachable("every operator is listed");
}

Value ExpressionChecker::checkUnary(const ast::UnaryExpr &unary) {
  if (unary.op == ast::UnaryOp::Not)
    return apply(Op::Not, {checkTruth(*unary.operand)}, {}, unary.range);
  Value operand = checkQuantity(*unary.operand);
  if (!operand || unary.op == ast::UnaryOp::Plus)
    return operand;
  Value result = apply(Op::Neg, {operand}, operand.dimension, unary.range);
  result.fitsEverything = operand.fitsEverything;
  return result;
}

Value ExpressionChecker::checkBinary(const ast::BinaryExpr &binary) {
  if (binary.op == ast::BinaryOp::In)
    return checkMembership(binary);
  Op op = opOf(binary.op);
  switch (op) {
  case Op::Add:
  case Op::Sub:
  case Op::Mod:
    return checkSum(binary, op);
  case Op::Mul:
  case Op::Div:
    return checkProduct(binary, op);
  case Op::Pow:
    return checkPower(binary, *binary.left, *binary.right);
  case Op::And:
  case Op::Or:
    return checkConnective(binary, op);
  default:
    return checkComparison(binary, op);
  }
}

Value ExpressionChecker::checkSum(const ast::BinaryExpr &binary, Op op) {
  Value left = checkQuantity(*binary.left), right = checkQuantity(*binary.right);
  if (!agree(left, *binary.left, right, *binary.right, binary.range))
    return {};
  return apply(op, {left, right}, left.fitsEverything ? right.dimension : left.dimension, binary.range);
}

Value ExpressionChecker::checkProduct(const ast::BinaryExpr &binary, Op op) {
  Value left = check(*binary.left);
  Value right = op == Op::Mul ? check(*binary.right) : checkQuantity(*binary.right);
  if (!left || !right)
    return {};
  if (op == Op::Mul && left.isTruth() && right.isTruth())
    right = gate(right, context.number(1, Dimension::number(), right.expr->range), right.expr->range);
  if (op == Op::Mul && left.isTruth())
    return gate(left, right, binary.range);
  if (op == Op::Mul && right.isTruth())
    return gate(right, left, binary.range);
  if (left.isTruth()) {
    context.error(DiagnosticCode::U4, binary.left->range,
                  quoted(*binary.left) + " is a condition and cannot be divided");
    return {};
  }
  if (op == Op::Div && right.expr->kind == model::Expr::Kind::Number && right.expr->number == 0) {
    context.error(DiagnosticCode::U5, binary.right->range, "division by zero");
    return {};
  }
  DimensionTerm dimension = op == Op::Mul ? left.dimension * right.dimension : left.dimension / right.dimension;
  return apply(op, {left, right}, weight.resolve(dimension), binary.range);
}

Value ExpressionChecker::checkPower(const ast::Expr &whole, const ast::Expr &baseExpr, const ast::Expr &exponentExpr) {
  Value base = checkQuantity(baseExpr);
  Value exponent = checkPlainNumber(exponentExpr, "an exponent");
  if (!base || !exponent)
    return {};
  if (weight.resolve(base.dimension).isNumber())
    return apply(Op::Pow, {base, exponent}, Dimension::number(), whole.range);
  std::optional<double> constant = constantValue(*exponent.expr);
  fixParameters(*exponent.expr);
  std::optional<Rational> power = constant ? Rational::fromDouble(*constant) : std::nullopt;
  if (!power) {
    context.error(DiagnosticCode::U5, exponentExpr.range,
                  quoted(baseExpr, "the base") + " is " + weight.describe(base.dimension) +
                      ", so its exponent must be a constant fraction, and " + quoted(exponentExpr) + " is not");
    return {};
  }
  return apply(Op::Pow, {base, exponent}, weight.resolve(base.dimension).pow(*power), whole.range);
}

Value ExpressionChecker::checkComparison(const ast::BinaryExpr &binary, Op op) {
  if (std::optional<Value> ofMembers = checkMemberComparison(binary))
    return *ofMembers;
  Value left = checkQuantity(*binary.left), right = checkQuantity(*binary.right);
  if (!agree(left, *binary.left, right, *binary.right, binary.range))
    return {};
  return apply(op, {left, right}, {}, binary.range);
}

Value ExpressionChecker::checkConnective(const ast::BinaryExpr &binary, Op op) {
  unsigned before = context.memberComparisons;
  Value left = checkTruth(*binary.left);
  // In `a in selective and bias[a] > 0`, what comes second makes sense for some members only.
  bool decides = isKnownByMembers(left, before) && (left.expr->number != 0) == (op == Op::Or);
  if (decides)
    return left;
  return apply(op, {left, checkTruth(*binary.right)}, {}, binary.range);
}

bool ExpressionChecker::isKnownByMembers(const Value &condition, unsigned comparisonsBefore) const {
  return condition && condition.expr->kind == model::Expr::Kind::Truth && context.memberComparisons != comparisonsBefore;
}

Value ExpressionChecker::checkIf(const ast::IfExpr &conditional) {
  unsigned before = context.memberComparisons;
  Value condition = checkTruth(*conditional.condition);
  // The other branch may make sense for other members only: `if a in selective then bias[a] else 1`.
  if (isKnownByMembers(condition, before))
    return check(condition.expr->number != 0 ? *conditional.thenValue : *conditional.elseValue);
  Value then = check(*conditional.thenValue), otherwise = check(*conditional.elseValue);
  if (!condition || !then || !otherwise)
    return {};
  if (then.isTruth() != otherwise.isTruth()) {
    context.error(DiagnosticCode::U4, conditional.range, "one branch is a condition, the other a quantity");
    return {};
  }
  if (!then.isTruth() && !agree(then, *conditional.thenValue, otherwise, *conditional.elseValue, conditional.range))
    return {};
  DimensionTerm dimension = then.fitsEverything ? otherwise.dimension : then.dimension;
  Value result = apply(Op::Select, {condition, then, otherwise}, dimension, conditional.range);
  result.fitsEverything = then.fitsEverything && otherwise.fitsEverything;
  return result;
}
