// Inputs and parameters that follow an expression during the run: `N.I = 20 mA * (t >= 500 ms)`.

#include "frontend/CheckDimension.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckLayout.h"

using namespace snn;
using llvm::SMRange;
using model::Expr;
using model::VariableKind;

/// What a drive may depend on: the neuron's own values, then the names of the simulation.
static Scope ownValues(const model::Definition &definition, CheckContext &context) {
  Scope scope;
  for (const auto &variable : definition.variables)
    if (variable->kind != VariableKind::Input)
      scope.add(variable->name, [&context, own = variable.get()](SMRange range) {
        return context.variable(Expr::Kind::Variable, *own, range);
      });
  return scope;
}

/// Places that are not drawn or read can be computed again while the network runs.
static bool isComputed(const model::Layout &layout) {
  auto isGiven = [](const Expr &expr) { return expr.kind == Expr::Kind::Draw || expr.kind == Expr::Kind::Data; };
  return llvm::none_of(layout.coordinates, [&](const Expr *coordinate) { return findUse(*coordinate, isGiven); });
}

/// `position` in a drive of neurons of `population`.
static Scope placeNames(const model::Population &population, CheckContext &context) {
  if (isComputed(population.layout))
    return positionScope(population, context);
  Scope scope;
  auto reject = [&](SMRange range) {
    context.error(DiagnosticCode::C13, range,
                  "the positions of `" + population.name + "` are drawn or read when the network is built; a parameter "
                  "that is given `position.x` in the population keeps them for the run");
    return Value();
  };
  scope.add("position", reject);
  scope.addMembers("position", [reject](llvm::StringRef, SMRange range) -> std::optional<Value> { return reject(range); });
  return scope;
}

static Scope simulationNames(CheckContext &context) {
  Scope scope = indexScope(context);
  scope.add("t", [&](SMRange range) { return context.simulation(Expr::Kind::Time, Dimension::time(), range); });
  scope.add("dt", [&](SMRange range) { return context.simulation(Expr::Kind::Step, Dimension::time(), range); });
  return scope;
}

void ExperimentChecker::checkDrive(const ast::AssignmentStmt &assignment) {
  auto *member = llvm::dyn_cast<ast::MemberExpr>(assignment.target);
  if (!member) {
    if (!llvm::isa<ast::ErrorExpr>(assignment.target))
      context.error(DiagnosticCode::X3, assignment.target->range,
                    "what is driven is an input or a parameter of a group, as in `N.I = 20 mA`");
    return;
  }
  // `N.na.g` is the parameter `na.g` of `N`; but of a network in the network, `V1.N.g` is `g` of `V1.N`.
  auto *inner = llvm::dyn_cast<ast::MemberExpr>(member->base);
  auto *population = inner ? llvm::dyn_cast<ast::NameExpr>(inner->base) : nullptr;
  bool isOfMechanism = population && names.isGroup(population->name);
  ast::Name name = member->member;
  if (isOfMechanism)
    name = {{inner->member.range.Start.getPointer(), static_cast<size_t>(name.range.End.getPointer() - inner->member.range.Start.getPointer())},
            {inner->member.range.Start, name.range.End}};
  for (const model::Group &group : names.groups(isOfMechanism ? *inner->base : *member->base))
    driveGroup(group, name, assignment);
}

void ExperimentChecker::driveGroup(const model::Group &group, const ast::Name &name, const ast::AssignmentStmt &assignment) {
  const model::Definition &definition = *group.population->model.definition;
  if (!definitions.isSound(definition))
    return;
  const model::Variable *variable = definition.find(name.text);
  if (!variable || (variable->kind != VariableKind::Input && variable->kind != VariableKind::Parameter)) {
    NearestName nearest(name.text);
    for (const auto &other : definition.variables)
      if (other->kind == VariableKind::Input || other->kind == VariableKind::Parameter)
        nearest.consider(other->name);
    context
        .error(DiagnosticCode::X3, name.range,
               "`" + definition.name + "` has no input or parameter `" + name.text + "`" + nearest.hint())
        .note(variable ? variable->range : definition.range,
              "`" + name.text.str() + (variable ? "` is declared here" : "` is not declared here"));
    return;
  }
  if (variable->isEvent) {
    context.error(DiagnosticCode::X3, name.range, "`" + variable->name + "` receives events, which only projections send")
        .note(variable->range, "it is declared here");
    return;
  }
  bool adds = assignment.op == ast::AssignOp::Add;
  if (!adds && assignment.op != ast::AssignOp::Set) {
    context.error(DiagnosticCode::X3, assignment.opRange,
                  "an input follows an expression with `=` or `+=`; initial values are drawn in the population");
    return;
  }
  if (adds && variable->kind == VariableKind::Parameter) {
    context
        .error(DiagnosticCode::X3, assignment.opRange,
               "only an input can be added to; `" + variable->name + "` is a parameter")
        .note(variable->range, "it is declared here");
    return;
  }
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(assignment.value); name && name->name == "external")
    return leaveToHost(group, *variable, assignment);
  Scope own = ownValues(definition, context), simulation = simulationNames(context);
  Scope place = placeNames(*group.population, context);
  ScopeList all = {&own, &simulation, &place};
  all.append(scopes);
  WeightDimension none;
  Value value = ExpressionChecker(context, all, none, {true})
                    .checkAs(*assignment.value, variable->dimension, "`" + variable->name + "`");
  if (!value)
    return;
  UnitSpelling unit = !value.unit.text.empty()          ? value.unit
                      : !variable->unit.text.empty() ? variable->unit
                                                     : baseUnit(variable->dimension);
  model::Drive drive{group, variable, folded(value.expr, context), adds, unit, assignment.range};
  checkOverlap(drive);
  experiment.drives.push_back(drive);
}

/// `N.I = external`: whoever runs the program writes one value per neuron.
void ExperimentChecker::leaveToHost(const model::Group &group, const model::Variable &variable,
                                    const ast::AssignmentStmt &assignment) {
  if (variable.kind != VariableKind::Input) {
    context
        .error(DiagnosticCode::X3, assignment.range,
               "only an input can be `external`; `" + variable.name + "` is a parameter, which the host sets by name")
        .note(variable.range, "it is declared here");
    return;
  }
  UnitSpelling unit = variable.unit.text.empty() ? baseUnit(variable.dimension) : variable.unit;
  model::Drive drive{group, &variable, nullptr, assignment.op == ast::AssignOp::Add, unit, assignment.range};
  checkOverlap(drive);
  experiment.drives.push_back(drive);
}

void ExperimentChecker::checkOverlap(const model::Drive &drive) {
  for (const model::Drive &other : experiment.drives) {
    bool shares = other.group.population == drive.group.population && other.variable == drive.variable &&
                  other.group.begin < drive.group.end && drive.group.begin < other.group.end;
    if (!shares || drive.adds || other.adds)
      continue;
    context
        .error(DiagnosticCode::X4, drive.range,
               "`" + drive.variable->name + "` of some neurons is given twice; `+=` adds")
        .note(other.range, "it is given here first");
    return;
  }
}
