#include "frontend/CheckVectorSettings.h"
#include "frontend/CheckUse.h"
#include "frontend/CheckBounds.h"
#include "frontend/CheckCycles.h"
#include "frontend/CheckData.h"
#include "frontend/CheckDimension.h"

using namespace snn;
using model::Variable;
using model::VariableKind;

SettingsSyntax snn::settingsOf(const ast::ModelUse &use, CheckContext &context) {
  SettingsSyntax settings;
  for (const ast::Argument &argument : use.arguments) {
    if (!argument.name) {
      context.error(DiagnosticCode::N7, argument.value->range,
                    "what is given to a model has a name, as in `" + use.model.text + "(tau = 5 ms)`");
      settings.incomplete = true;
      continue;
    }
    settings.list.push_back({argument.name, argument.value, {argument.name.range.Start, argument.value->range.End}});
  }
  return settings;
}

SettingsSyntax snn::settingsOf(const ast::Block &block) {
  SettingsSyntax settings;
  settings.incomplete = block.incomplete;
  for (const ast::Stmt *stmt : block.statements) {
    auto *assignment = llvm::dyn_cast<ast::AssignmentStmt>(stmt);
    if (!assignment)
      continue;
    ast::Name target = pathOf(*assignment->target);
    // The parser has reported `+=` and its like, and whatever is not a name on the left.
    if (target && (assignment->op == ast::AssignOp::Set || assignment->op == ast::AssignOp::Draw))
      settings.list.push_back({target, assignment->value, assignment->range});
  }
  return settings;
}

static bool isSettable(const Variable &variable) {
  return variable.kind == VariableKind::Parameter || variable.kind == VariableKind::State;
}

static const Variable *findSettable(const model::Definition &definition, const ast::Name &name, CheckContext &context) {
  const Variable *variable = definition.find(name.text);
  if (variable && isSettable(*variable))
    return variable;
  if (variable && variable->kind == VariableKind::Constant) {
    context
        .error(DiagnosticCode::N4, name.range,
               "`" + name.text + "` is a `const` of `" + definition.name + "`, fixed for all its uses")
        .note(variable->range, "it is declared here");
    return nullptr;
  }
  if (variable) {
    context
        .error(DiagnosticCode::N4, name.range,
               "`" + name.text + "` of `" + definition.name + "` is neither a parameter nor a state")
        .note(variable->range, "it is declared here");
    return nullptr;
  }
  NearestName nearest(name.text);
  for (const auto &other : definition.variables)
    if (isSettable(*other))
      nearest.consider(other->name);
  context.error(DiagnosticCode::N4, name.range,
                "`" + definition.name + "` has no parameter or state `" + name.text + "`" + nearest.hint());
  return nullptr;
}

/// The parameters, constants and states of a model, as values that settings may depend on.
static Scope ownVariables(const model::Definition &definition, CheckContext &context) {
  Scope scope;
  for (const auto &variable : definition.variables)
    if (isSettable(*variable) || variable->kind == VariableKind::Constant)
      scope.add(variable->name, [&context, own = variable.get()](llvm::SMRange range) {
        return context.variable(model::Expr::Kind::Variable, *own, range);
      });
  return scope;
}

/// The value of a setting with the variable's dimension; a failure notes the declaration.
static Value checkSetting(const SettingSyntax &setting, const Variable &variable, const ScopeList &scopes,
                          const Dimension &weight, CheckContext &context) {
  WeightDimension none;
  DimensionTerm expected = variable.dimension * weight.pow(variable.weightPower);
  if (const ast::CallExpr *load = loadCall(*setting.value)) { // its numbers are in the unit of the declaration
    Dimension dimension = expected.with(weight);
    UnitSpelling unit = variable.weightPower == Rational(0) && !variable.unit.text.empty() ? variable.unit : baseUnit(dimension);
    return dataValue(*load, dimension, unit, context);
  }
  ExpressionChecker checker(context, scopes, none);
  Value value = checker.checkValueOrDraw(*setting.value);
  if (!value || value.fitsEverything || none.unify(value.dimension, expected))
    return value;
  std::string shown =
      variable.value && variable.value->range.isValid() && variable.weightPower == Rational(0)
          ? " as `" + std::string(variable.value->range.Start.getPointer(), variable.value->range.End.getPointer()) +
                "`"
          : std::string();
  context
      .error(DiagnosticCode::U2, setting.name.range,
             "`" + variable.name + "` is " + none.describe(expected) + ", but " + quoted(*setting.value) + " is " +
                 none.describe(value.dimension))
      .underline(setting.value->range)
      .note(variable.range, "`" + variable.name + "` is declared here" + shown);
  return {};
}

static bool checkInitialisation(const model::Use &use, CheckContext &context) {
  auto valueOf = [&](const Variable &variable) {
    for (const model::Setting &setting : use.settings)
      if (setting.variable == &variable)
        return setting.value;
    return variable.value;
  };
  DependencyFault fault = findFault(*use.definition, valueOf);
  if (fault.tooDeep)
    reportDeepChain(*fault.tooDeep, context);
  if (!fault.cycle.empty())
    reportCycle(fault.cycle, use.range, context);
  return !fault.tooDeep && fault.cycle.empty();
}

std::optional<model::Use> snn::checkUse(const CheckedDefinition &checked, const SettingsSyntax &written,
                                        const ScopeList &scopes, const Dimension &weight, llvm::SMRange range,
                                        CheckContext &context) {
  const model::Definition &definition = *checked.definition;
  const SettingsSyntax settings = expandVectors(written, definition, context);
  Scope own = ownVariables(definition, context);
  ScopeList allScopes = scopes;
  allScopes.push_back(&own);

  model::Use use{&definition, {}, range, {}, {}};
  bool good = true;
  for (const SettingSyntax &setting : settings.list) {
    if (context.diagnostics.isFull())
      return std::nullopt;
    const Variable *variable = findSettable(definition, setting.name, context);
    Value value = variable ? checkSetting(setting, *variable, allScopes, weight, context) : Value();
    good &= bool(value);
    if (!value)
      continue;
    auto isSame = [&](const model::Setting &other) { return other.variable == variable; };
    if (auto *earlier = llvm::find_if(use.settings, isSame).base();
        earlier != use.settings.data() + use.settings.size()) {
      context.error(DiagnosticCode::N2, setting.range, "`" + setting.name.text + "` is given twice")
          .note(earlier->range, "it is given here first");
      good = false;
      continue;
    }
    use.settings.push_back({variable, folded(value.expr, context), setting.range});
  }
  if (settings.incomplete)
    return std::nullopt;
  for (const auto &variable : definition.variables) {
    auto sets = [&](const SettingSyntax &setting) { return setting.name.text == variable->name; };
    if (variable->kind == VariableKind::Parameter && !variable->value && llvm::none_of(settings.list, sets)) {
      context.error(DiagnosticCode::M5, range, "`" + definition.name + "` needs a value for `" + variable->name + "`")
          .note(variable->range, "it is declared here without a default");
      good = false;
    }
  }
  if (!good || !checkInitialisation(use, context) || !checkBounds(use, context))
    return std::nullopt;
  return use;
}
