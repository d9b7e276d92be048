// Dimensions and defaults of a model's variables, each after those that it depends on.

#include "frontend/CheckDefinition.h"
#include "frontend/BlameUnits.h"
#include "frontend/CheckCycles.h"
#include "frontend/CheckDimension.h"

using namespace snn;
using ast::VariableKeyword;
using llvm::StringRef;
using model::Expr;
using model::VariableKind;

bool DefinitionChecker::resolve(Declared &declared) {
  unsigned index = declared.variable->index;
  if (declared.state == Declared::Visiting) {
    llvm::SmallVector<const model::Variable *> cycle;
    for (auto at = llvm::find(visiting, index); at != visiting.end(); ++at)
      cycle.push_back(variables[*at].variable);
    reportCycle(cycle, declared.variable->range, context);
    declared.state = Declared::Failed;
  }
  if (declared.state == Declared::Unvisited) {
    declared.state = Declared::Visiting;
    visiting.push_back(index);
    bool good = resolveUnvisited(declared) && declared.state != Declared::Failed;
    declared.state = good ? Declared::Done : Declared::Failed;
    visiting.pop_back();
  }
  return declared.state == Declared::Done;
}

bool DefinitionChecker::resolveUnvisited(Declared &declared) {
  const ast::VariableStmt &variable = *declared.syntax;
  bool isWeight = declared.variable->name == result.weight.name;
  if (declared.variable->kind == VariableKind::Modulator) // of which only spikes and states are known
    return true;
  if (variable.dimension) {
    auto declaredDimension = [&](const ast::Name &name) -> std::optional<std::optional<DimensionTerm>> {
      Declared *other = find(name.text);
      if (!other || other == &declared)
        return std::nullopt;
      return resolve(*other) ? std::optional(other->dimension) : std::optional<DimensionTerm>();
    };
    std::optional<DimensionClause> clause = dimensionOf(*variable.dimension, context, declaredDimension, variableScope);
    if (!clause)
      return false;
    declared.dimension = clause->dimension;
    declared.variable->unit = clause->unit;
    if (isWeight)
      result.weight.unify({Dimension(), 1}, clause->dimension);
    // The value of a constant decides the dimension of a power, so it must be known as early.
    return declared.variable->kind != VariableKind::Constant || !variable.value || resolveConstant(declared);
  }
  if (isWeight) {
    declared.dimension = {Dimension(), 1};
    return true;
  }
  if (variable.value)
    return resolveByValue(declared);
  StringRef example = variable.keyword == VariableKeyword::Input ? "current" : "voltage";
  context.error(DiagnosticCode::M5, variable.name.range,
                "`" + variable.name.text + "` needs a dimension, as in `" + variable.name.text + ": " + example + "`");
  return false;
}

const ast::Expr *DefinitionChecker::valueSyntax(const Declared &declared) const {
  auto override =
      declared.variable->kind == VariableKind::Constant ? overrides.find(declared.variable->name) : overrides.end();
  return override == overrides.end() ? declared.syntax->value : override->second->value;
}

bool DefinitionChecker::resolveConstant(Declared &declared) {
  declared.value = checkDefault(declared, *valueSyntax(declared), &declared.dimension);
  declared.variable->value = declared.value.expr;
  return bool(declared.value);
}

bool DefinitionChecker::resolveByValue(Declared &declared) {
  const ast::VariableStmt &variable = *declared.syntax;
  declared.value = checkDefault(declared, *valueSyntax(declared), nullptr);
  if (!declared.value)
    return false;
  declared.variable->value = declared.value.expr;
  if (context.hypothesis && context.hypothesis->variable == &variable) {
    declared.dimension = context.hypothesis->dimension;
    declared.variable->unit = baseUnit(declared.dimension);
    return true;
  }
  declared.dimension = declared.value.dimension;
  declared.variable->unit = declared.value.unit.text.empty() ? baseUnit(declared.dimension) : declared.value.unit;
  return true;
}

Value DefinitionChecker::checkDefault(const Declared &declared, const ast::Expr &value, const DimensionTerm *expected) {
  VariableKind kind = declared.variable->kind;
  bool mayDraw = kind == VariableKind::Parameter || kind == VariableKind::State;
  ExpressionChecker checker = expressions(kind == VariableKind::Let);
  if (auto *draw = llvm::dyn_cast<ast::DrawExpr>(&value); draw && !mayDraw) {
    context.error(DiagnosticCode::M7, value.range, "only a parameter or a state can be drawn from a distribution");
    return {};
  }
  Value checked = kind == VariableKind::Let ? checker.check(value) : checker.checkValueOrDraw(value);
  return expected ? checker.requireDimension(checked, value, *expected, "`" + declared.variable->name + "`") : checked;
}

void DefinitionChecker::finishValue(Declared &declared) {
  if (!declared.syntax->value)
    return; // an input or its like, or a parameter that every use must give
  if (!declared.value)
    declared.value = checkDefault(declared, *declared.syntax->value, &declared.dimension);
  declared.variable->value = declared.value.expr;
  if (!declared.value)
    declared.state = Declared::Failed;
}

void DefinitionChecker::applyOverrides() {
  for (const auto &entry : overrides) {
    const ast::AssignmentStmt &setting = *entry.second;
    Declared *declared = find(entry.first());
    if (!declared || declared->state == Declared::Failed || declared->variable->kind == VariableKind::Constant)
      continue; // reported by the table of definitions, or in place already
    declared->value = checkDefault(*declared, *setting.value, &declared->dimension);
    declared->variable->value = declared->value.expr;
    if (!declared->value)
      declared->state = Declared::Failed;
    else if (!declared->value.unit.text.empty())
      declared->variable->unit = declared->value.unit;
  }
}

void DefinitionChecker::finishBounds(Declared &declared) {
  if (!declared.syntax->bounds.empty() && declared.variable->kind != VariableKind::Parameter &&
      declared.variable->kind != VariableKind::Constant) {
    context.error(DiagnosticCode::M1, declared.syntax->bounds[0].range, "only a `param` or `const` can have bounds");
    return;
  }
  for (const ast::BoundClause &bound : declared.syntax->bounds) {
    ExpressionChecker checker = expressions();
    Value value = checker.requireDimension(checker.checkQuantity(*bound.value), *bound.value, declared.dimension,
                                           "`" + declared.variable->name + "`");
    if (value)
      declared.variable->bounds.push_back({opOf(bound.relation), value.expr});
  }
}
