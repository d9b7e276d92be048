#include "frontend/ContactReach.h"

#include "frontend/CheckDefinition.h"

using namespace snn;
using model::Expr;
using model::Op;

static bool isOneForAll(const Expr &expr) {
  return !findUse(expr, [](const Expr &part) {
    bool isNumber = part.kind == Expr::Kind::Number || part.kind == Expr::Kind::Parameter || part.kind == Expr::Kind::Step;
    return !isNumber && part.kind != Expr::Kind::Apply && part.kind != Expr::Kind::Truth;
  });
}

static bool isZero(const Expr &expr) { return expr.kind == Expr::Kind::Number && expr.number == 0; }

const Expr *snn::reachOf(const Expr &probability, const Distances &distances) {
  if (probability.kind != Expr::Kind::Apply)
    return nullptr;
  const auto &operands = probability.operands;
  auto reach = [&](const Expr *part) { return reachOf(*part, distances); };
  auto bound = [&](const Expr *distance, const Expr *limit) {
    return distances.contains(distance) && isOneForAll(*limit) ? limit : nullptr;
  };
  switch (probability.op) {
  case Op::Less:
  case Op::LessEqual:
    return bound(operands[0], operands[1]);
  case Op::Greater:
  case Op::GreaterEqual:
    return bound(operands[1], operands[0]);
  case Op::And: // zero where either is
  case Op::Mul: {
    const Expr *left = reach(operands[0]);
    return left ? left : reach(operands[1]);
  }
  case Op::Div:
    return reach(operands[0]);
  case Op::Select: {
    if (!isZero(*operands[2]))
      return nullptr;
    const Expr *condition = reach(operands[0]);
    return condition ? condition : reach(operands[1]);
  }
  default:
    return nullptr;
  }
}
