// What only plasticity rules have: bounds of what they change, and what a spike releases.

#include "frontend/CheckDefinition.h"

using namespace snn;
using model::Expr;
using model::VariableKind;

/// Parameters and constants, and what follows from them, do not change while the rule runs.
static bool isFixed(const Expr &expr) {
  auto varies = [](const Expr &part) {
    if (part.kind == Expr::Kind::Time)
      return true;
    return part.kind == Expr::Kind::Variable && part.variable->kind != VariableKind::Parameter &&
           part.variable->kind != VariableKind::Constant && part.variable->kind != VariableKind::Let;
  };
  return !findUse(expr, varies);
}

void DefinitionChecker::checkKeep(const ast::KeepStmt &syntax) {
  const Declared *kept = findState(syntax.variable, "what is kept within bounds");
  if (!kept)
    return;
  for (const model::Keep &other : definition.keeps)
    if (other.variable == kept->variable) {
      context.error(DiagnosticCode::M20, syntax.range, "`" + syntax.variable.text + "` has two pairs of bounds")
          .note(other.range, "the first is here");
      return;
    }
  model::Keep keep{kept->variable, nullptr, nullptr, syntax.range};
  for (auto [bound, place] : {std::pair(syntax.low, &keep.low), std::pair(syntax.high, &keep.high)}) {
    ExpressionChecker checker = expressions();
    Value value = checker.requireDimension(checker.checkQuantity(*bound), *bound, kept->dimension,
                                           "`" + syntax.variable.text + "`");
    if (!value)
      return;
    if (!isFixed(*value.expr)) {
      context.error(DiagnosticCode::M20, bound->range,
                    "a bound is made of parameters, and " + quoted(*bound) + " changes");
      return;
    }
    *place = value.expr;
  }
  definition.keeps.push_back(keep);
}

std::optional<model::Assignment> DefinitionChecker::checkRelease(const ast::ReleaseStmt &release) {
  ExpressionChecker checker = expressions();
  Value value = checker.requireDimension(checker.checkQuantity(*release.value), *release.value, DimensionTerm(),
                                         "what a spike releases");
  if (!value)
    return std::nullopt;
  return model::Assignment{nullptr, value.expr, release.range};
}
