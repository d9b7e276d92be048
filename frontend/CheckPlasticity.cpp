// What only plasticity rules have: bounds of what they change, and what a spike releases.

#include "frontend/CheckDefinition.h"

using namespace snn;
using model::Expr;
using model::StateOwner;
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

/// A rule does something, `release` belongs to an arriving event, and what one side owns is not written by the other.
void DefinitionChecker::checkRule() {
  if (definition.onPre.empty() && definition.onPost.empty()) {
    context.error(DiagnosticCode::M20, syntax.name.range,
                  "plasticity `" + definition.name + "` does nothing: it has neither `on pre` nor `on post`");
    return fail();
  }
  auto reject = [&](const model::Assignment &statement, const llvm::Twine &message) {
    context.error(DiagnosticCode::M21, statement.range, message)
        .note(statement.variable->range, "`" + statement.variable->name + "` is declared here");
    fail();
  };
  for (const model::Assignment &statement : definition.onPost)
    if (!statement.variable) {
      context.error(DiagnosticCode::M20, statement.range,
                    "`release` stands in `on pre`: it says what a spike of the source sends");
      fail();
    } else if (statement.variable->owner == StateOwner::Pre) {
      reject(statement, "`" + statement.variable->name + "` is one per source, and `on post` writes it");
    }
  for (const model::Assignment &statement : definition.onPre)
    if (statement.variable && statement.variable->owner == StateOwner::Post)
      reject(statement, "`" + statement.variable->name + "` is one per target, and `on pre` writes it");
  for (const model::Equation &equation : definition.equations)
    if (equation.state->kind == VariableKind::Weight) {
      context.error(DiagnosticCode::P6, equation.range, "an equation of the weight is not supported yet");
      fail();
    }
  auto isNoise = [](const Expr &expr) {
    return expr.kind == Expr::Kind::RandomUniform || expr.kind == Expr::Kind::RandomNormal ||
           expr.kind == Expr::Kind::RandomPoisson;
  };
  for (const auto *statements : {&definition.onPre, &definition.onPost})
    for (const model::Assignment &statement : *statements)
      if (const Expr *noise = findUse(*statement.value, isNoise)) {
        context.error(DiagnosticCode::P6, noise->range, "a random number in a plasticity rule is not supported yet");
        fail();
      }
}
