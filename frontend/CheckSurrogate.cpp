// `surrogate relu(alpha = 0.3) of (V - V_th) / (10 mV)`: what training takes for the derivative of a spike.

#include "frontend/CheckDefinition.h"
#include "frontend/Surrogates.h"

using namespace snn;
using model::Expr;
using model::Op;
using model::SpikeRule;

/// The side of a comparison that is larger where it holds, then the other one; null if `expr` is no comparison of sizes.
static std::pair<const Expr *, const Expr *> sidesOf(const Expr &expr) {
  if (expr.kind != Expr::Kind::Apply)
    return {};
  switch (expr.op) {
  case Op::Greater:
  case Op::GreaterEqual:
    return {expr.operands[0], expr.operands[1]};
  case Op::Less:
  case Op::LessEqual:
    return {expr.operands[1], expr.operands[0]};
  default:
    return {};
  }
}

/// A side of the spike condition as written, whose dimension is that of both: the literal `0` has that of the other one.
static const ast::Expr *sideWithDimension(const ast::Block &body) {
  for (const ast::Stmt *stmt : body.statements) {
    auto *spike = llvm::dyn_cast<ast::SpikeStmt>(stmt);
    if (!spike)
      continue;
    auto *comparison = llvm::dyn_cast<ast::BinaryExpr>(spike->condition);
    const ast::Expr *left = spike->threshold ? spike->condition : comparison ? comparison->left : nullptr;
    const ast::Expr *right = spike->threshold ? spike->threshold : comparison ? comparison->right : nullptr;
    auto *number = left ? llvm::dyn_cast<ast::NumberExpr>(left) : nullptr;
    return number && !number->unit && number->value == 0 ? right : left;
  }
  return nullptr;
}

/// By how much the spike condition is met; null after a report.
const Expr *DefinitionChecker::surplusOf(const SpikeRule &spike, const ast::SurrogateStmt &syntax) {
  if (!spike.condition || (spike.kind == SpikeRule::Kind::Crossing && !spike.threshold))
    return nullptr; // reported where the spike is
  auto [above, below] =
      spike.kind == SpikeRule::Kind::Crossing ? std::pair(spike.condition, spike.threshold) : sidesOf(*spike.condition);
  if (!above) {
    context
        .error(
            DiagnosticCode::T1, syntax.range,
            "the condition of the spike is not a single comparison, so what the surrogate is of has to be said, as in "
            "`surrogate sigmoid of V - 1`")
        .note(spike.range, "the condition is here");
    return nullptr;
  }
  const ast::Expr *side = sideWithDimension(this->syntax.body);
  Value value = side ? expressions(true).checkQuantity(*side) : Value();
  if (!value)
    return nullptr;
  if (!value.dimension.isNumber()) {
    context
        .error(DiagnosticCode::T1, syntax.range,
               "a surrogate is of a number, but the sides of the spike condition are each " +
                   result.weight.describe(value.dimension) +
                   "; say what their difference is divided by, as in `surrogate sigmoid of (V - V_th) / (10 mV)`")
        .note(spike.range, "the condition is here");
    return nullptr;
  }
  Expr *difference = context.make(Expr::Kind::Apply, spike.range);
  difference->op = Op::Sub;
  difference->operands = {above, below};
  return difference;
}

void DefinitionChecker::checkSurrogate(const ast::SurrogateStmt &syntax) {
  if (definition.surrogate) {
    context.error(DiagnosticCode::M8, syntax.range, "a neuron has one `surrogate`")
        .note(definition.surrogate->range, "the first is here");
    return;
  }
  if (!definition.spike) {
    if (!this->syntax.body.incomplete)
      context.error(DiagnosticCode::T1, syntax.range,
                    "`" + definition.name + "` has no `spike`, whose derivative a surrogate stands for");
    return;
  }
  if (definition.spike->kind == SpikeRule::Kind::Rate) {
    context
        .error(DiagnosticCode::T1, syntax.range,
               "spikes `at rate` are drawn, and a surrogate is of a condition, as in `spike when V >= 1`")
        .note(definition.spike->range, "the spike is here");
    return;
  }
  const Parametrised *function =
      findParametrised(syntax.function, surrogateFunctions(), "surrogate", DiagnosticCode::T1, context);
  if (!function)
    return;
  auto parameters =
      checkParameters(*function, syntax.function, {&variableScope, &context.constants()}, DiagnosticCode::T1, context);
  const Expr *argument;
  if (syntax.argument) {
    ExpressionChecker checker = expressions();
    argument = checker
                   .requireDimension(checker.checkQuantity(*syntax.argument), *syntax.argument, Dimension::number(),
                                     "what a surrogate is of")
                   .expr;
  } else {
    argument = surplusOf(*definition.spike, syntax);
  }
  if (parameters && argument)
    definition.surrogate = model::Surrogate{function->name.str(), std::move(*parameters), argument, syntax.range};
}
