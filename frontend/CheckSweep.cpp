// Copies of a network: `batch 8`, `set N.tau = sweep(10 ms, 20 ms, 30 ms)`.

#include "frontend/CheckDimension.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"

using namespace snn;
using model::SetTarget;
using model::VariableKind;

void ExperimentChecker::checkBatch(const ast::OptionStmt &option) {
  std::optional<uint64_t> copies = names.count(*option.value, "the number of copies");
  if (!copies)
    return;
  constexpr uint64_t most = 1000000;
  if (*copies < 1 || *copies > most) {
    context.error(DiagnosticCode::X1, option.value->range,
                  "a batch has from 1 to " + llvm::Twine(most) + " copies, and " + quoted(*option.value) + " is not such a number");
    return;
  }
  experiment.batch = *copies;
  experiment.redraws = option.redraws;
}

static UnitSpelling unitFor(const model::Variable &variable) {
  return variable.unit.text.empty() ? baseUnit(variable.dimension) : variable.unit;
}

/// A parameter or initial value of a population: of all of it, since it is one setting of the program.
std::optional<SetTarget> ExperimentChecker::setTargetOfGroup(const ast::MemberExpr &member) {
  auto [owner, name] = ownerAndVariable(member, names);
  std::optional<model::Group> group = names.group(*owner);
  if (!group)
    return std::nullopt;
  const model::Population &population = *group->population;
  if (group->begin != 0 || group->end != population.size) {
    context
        .error(DiagnosticCode::X7, owner->range,
               "`set` gives a value to a whole population, and " + quoted(*owner) + " is part of `" + population.name + "`")
        .note(population.range, "it is declared here");
    return std::nullopt;
  }
  const model::Definition &definition = *population.model.definition;
  if (!definitions.isSound(definition))
    return std::nullopt;
  const model::Variable *variable = definition.find(name.text);
  if (variable && (variable->kind == VariableKind::Parameter || variable->kind == VariableKind::State)) {
    SetTarget target;
    target.population = &population;
    target.variable = variable;
    target.setting = population.name + "." + variable->name;
    target.unit = unitFor(*variable);
    return target;
  }
  NearestName nearest(name.text);
  for (const auto &other : definition.variables)
    if (other->kind == VariableKind::Parameter || other->kind == VariableKind::State)
      nearest.consider(other->name);
  auto &report = context.error(DiagnosticCode::X7, name.range,
                               variable ? "`set` gives a parameter or an initial value, and `" + variable->name +
                                              "` of `" + definition.name + "` is neither"
                                        : "`" + definition.name + "` has no parameter or state `" + name.text.str() +
                                              "`" + nearest.hint());
  report.note(variable ? variable->range : definition.range, "it is declared here");
  return std::nullopt;
}

/// Weight or delay of a projection, or a parameter of its synapse or output.
std::optional<SetTarget> ExperimentChecker::setTargetOfProjection(const ast::MemberExpr &member,
                                                                  const model::Projection &projection) {
  SetTarget target;
  target.projection = &projection;
  llvm::StringRef name = member.member.text;
  llvm::SmallVector<const model::Use *, 4> uses = {&projection.synapse, &projection.output};
  for (const model::Use &rule : projection.plasticity)
    uses.push_back(&rule);
  for (const model::Use *use : uses) {
    const model::Variable *variable = use->definition ? use->definition->find(name) : nullptr;
    if (!variable || (variable->kind != VariableKind::Parameter && variable->kind != VariableKind::State))
      continue;
    target.what = SetTarget::What::SynapseVariable;
    target.variable = variable;
    target.setting = projection.name + "." + use->definition->name + "." + variable->name;
    target.unit = variable->weightPower == Rational(0) ? unitFor(*variable) : projection.weightUnit;
    return target;
  }
  if (name == "weight" || name == "delay") {
    bool isWeight = name == "weight";
    target.what = isWeight ? SetTarget::What::Weight : SetTarget::What::Delay;
    target.setting = projection.name + "." + name.str();
    target.unit = isWeight ? projection.weightUnit : projection.delayUnit;
    return target;
  }
  context
      .error(DiagnosticCode::X7, member.member.range,
             "`" + projection.name + "` has no `" + name + "`: what is set of a projection is `weight`, `delay`, or a parameter of "
                                                           "its synapse, output or rules")
      .note(projection.range, "it is declared here");
  return std::nullopt;
}

/// True for a name that has been reported where it is declared or used first, or may have been lost with a part of the text that
/// has.
bool ExperimentChecker::isInError(const ast::Expr &expr) const {
  auto *name = llvm::dyn_cast<ast::NameExpr>(&expr);
  if (!name)
    return llvm::isa<ast::ErrorExpr>(expr);
  for (const Scope *scope : scopes)
    if (const Scope::Resolver *resolve = scope->find(name->name))
      return !(*resolve)(expr.range);
    else if (scope->incomplete || !scope->isFirstUnknown(name->name))
      return true;
  return false;
}

std::optional<SetTarget> ExperimentChecker::setTarget(const ast::Expr &expr) {
  if (auto *member = llvm::dyn_cast<ast::MemberExpr>(&expr)) {
    auto projections = names.projections(*member->base);
    if (!projections)
      return setTargetOfGroup(*member);
    if (projections->size() == 1)
      return setTargetOfProjection(*member, *projections->front());
    if (!projections->empty())
      context.error(DiagnosticCode::X7, member->base->range,
                    quoted(*member->base) + " is a family of " + llvm::Twine(projections->size()) +
                        " projections, and `set` gives a value to one");
    return std::nullopt;
  }
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr)) {
    for (const auto &parameter : names.network.parameters) {
      if (parameter->name != name->name)
        continue;
      if (!parameter->decidesStructure) {
        SetTarget target;
        target.what = SetTarget::What::Parameter;
        target.parameter = parameter.get();
        target.setting = parameter->name == "dt" || parameter->name == "duration" ? "param " + parameter->name : parameter->name;
        target.unit = parameter->unit;
        return target;
      }
      context.error(DiagnosticCode::X7, expr.range, "`" + parameter->name + "` decides sizes or times, which all copies share");
      return std::nullopt;
    }
  }
  if (!isInError(expr))
    context.error(DiagnosticCode::X7, expr.range,
                  "what is set is a parameter or an initial value of a population, as in `N.tau`, something of a projection that "
                  "is named with `as`, as in `W.weight`, or a `param` of the network");
  return std::nullopt;
}

/// A number of the target's dimension.
const model::Expr *ExperimentChecker::setValue(const ast::Expr &expr, const SetTarget &target, const ast::Expr &targetSyntax) {
  DimensionTerm expected = target.what == SetTarget::What::Parameter ? DimensionTerm(target.parameter->value->dimension)
                           : target.what == SetTarget::What::Delay   ? DimensionTerm(Dimension::time())
                           : target.what == SetTarget::What::Weight
                               ? DimensionTerm(target.projection->weightDimension)
                               : DimensionTerm(target.variable->dimension *
                                               (target.projection ? target.projection->weightDimension : Dimension::number())
                                                   .pow(target.variable->weightPower));
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  Value value = checker.requireDimension(checker.checkQuantity(expr), expr, expected, quoted(targetSyntax));
  if (!value)
    return nullptr;
  std::optional<double> number = constantValue(*value.expr);
  if (!number) {
    context.error(DiagnosticCode::C9, expr.range, "a value that is set must be known before the run");
    return nullptr;
  }
  return context.number(*number, expected, expr.range, value.unit).expr;
}

bool ExperimentChecker::isSetTwice(const SetTarget &target, const model::Sweep &sweep) {
  auto sets = [&](const model::Sweep &other) {
    for (const SetTarget &known : other.targets)
      if (known.setting == target.setting)
        return true;
    return false;
  };
  for (const model::Sweep &other : experiment.sweeps)
    if (sets(other)) {
      context.error(DiagnosticCode::N2, sweep.range, "`" + target.setting + "` is set twice").note(other.range, "it is set here first");
      return true;
    }
  if (sets(sweep))
    context.error(DiagnosticCode::N2, sweep.range, "`" + target.setting + "` is set twice");
  return sets(sweep);
}

void ExperimentChecker::checkSet(const ast::SetStmt &set) {
  model::Sweep sweep;
  sweep.range = set.range;
  for (const ast::Expr *expr : set.targets) {
    std::optional<SetTarget> target = setTarget(*expr);
    if (!target || isSetTwice(*target, sweep))
      return;
    sweep.targets.push_back(std::move(*target));
  }
  for (llvm::ArrayRef<const ast::Expr *> row : set.values) {
    if (row.size() != sweep.targets.size()) {
      context.error(DiagnosticCode::X7, {row.front()->range.Start, row.back()->range.End},
                    llvm::Twine(row.size()) + " values for " + llvm::Twine(sweep.targets.size()) + " names");
      return;
    }
    auto &values = sweep.rows.emplace_back();
    for (size_t k = 0; k < row.size(); ++k) {
      values.push_back(setValue(*row[k], sweep.targets[k], *set.targets[k]));
      if (!values.back())
        return;
    }
  }
  experiment.sweeps.push_back(std::move(sweep));
}
