// Inputs and parameters that follow an expression during the run: `N.I = 20 mA * (t >= 500 ms)`.

#include "frontend/CheckData.h"
#include "frontend/CheckDimension.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckLayout.h"
#include "frontend/CheckVectorSettings.h"

#include "llvm/Support/SaveAndRestore.h"

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

/// A group as messages call it: `N[10:20]`.
static std::string groupName(const model::Group &group) {
  if (!group.name.empty())
    return group.name;
  return group.population->name + "[" + std::to_string(group.begin) + ":" + std::to_string(group.end) + "]";
}

static Scope simulationNames(CheckContext &context) {
  Scope scope = indexScope(context);
  scope.add("t", [&](SMRange range) { return context.simulation(Expr::Kind::Time, Dimension::time(), range); });
  scope.add("dt", [&](SMRange range) { return context.simulation(Expr::Kind::Step, Dimension::time(), range); });
  return scope;
}

std::pair<const ast::Expr *, ast::Name> snn::ownerAndVariable(const ast::MemberExpr &member, NetworkNames &names) {
  auto *inner = llvm::dyn_cast<ast::MemberExpr>(member.base);
  auto *population = inner ? llvm::dyn_cast<ast::NameExpr>(inner->base) : nullptr;
  if (!population || !names.isGroup(population->name))
    return {member.base, member.member};
  SMRange range = {inner->member.range.Start, member.member.range.End};
  auto length = static_cast<size_t>(range.End.getPointer() - range.Start.getPointer());
  return {inner->base, {{range.Start.getPointer(), length}, range}};
}

llvm::SmallVector<model::Drive, 1> ExperimentChecker::drives(const ast::AssignmentStmt &assignment) {
  llvm::SmallVector<model::Drive, 1> all; // one of every member of a family
  auto *index = llvm::dyn_cast<ast::IndexExpr>(assignment.target);
  auto *member = llvm::dyn_cast<ast::MemberExpr>(index ? index->base : assignment.target);
  if (!member) {
    if (!llvm::isa<ast::ErrorExpr>(assignment.target))
      context.error(DiagnosticCode::X3, assignment.target->range,
                    "what is driven is an input or a parameter of a group, as in `N.I = 20 mA`");
    return all;
  }
  if (names.projections(*member->base)) {
    context.error(DiagnosticCode::X3, assignment.range, "the weights of a projection change at a time, as in `at 1 s { W.w *= 2 }`");
    return all;
  }
  if (assignment.condition) {
    context.error(DiagnosticCode::X3, assignment.condition->range,
                  "`where` chooses connections, as in `W.w *= 2 where pre.i < 100`; neurons are chosen by a slice, or by `if`");
    return all;
  }
  auto [owner, vector] = ownerAndVariable(*member, names);
  std::optional<ast::Name> name = index ? names.element(vector, *index) : vector;
  if (!name)
    return all;
  for (const model::Group &group : names.groups(*owner))
    driveElements(group, *name, assignment, all);
  return all;
}

/// A vector is driven by a list, or all its elements by one expression.
void ExperimentChecker::driveElements(const model::Group &group, const ast::Name &name, const ast::AssignmentStmt &assignment,
                                      llvm::SmallVectorImpl<model::Drive> &all) {
  const model::Definition &definition = *group.population->model.definition;
  unsigned length = definition.find(name.text) ? 0 : vectorLength(definition, name.text);
  auto *list = length ? llvm::dyn_cast<ast::ListExpr>(assignment.value) : nullptr;
  if (list && list->elements.size() != length) {
    context.error(DiagnosticCode::M17, assignment.value->range,
                  "`" + name.text + "` has " + llvm::Twine(length) + " elements, but " + quoted(*assignment.value, "its value") + " has " +
                      llvm::Twine(list->elements.size()));
    return;
  }
  for (unsigned k = 0; k < std::max(length, 1u); ++k) {
    ast::Name element = name;
    ast::AssignmentStmt ofElement = assignment;
    if (length)
      element.text = llvm::StringRef((name.text + "[" + llvm::Twine(k) + "]").str()).copy(context.arena);
    if (list)
      ofElement.value = listElement(*list, k, context);
    if (std::optional<model::Drive> one = drive(group, element, ofElement))
      all.push_back(*one);
  }
}

std::optional<model::Drive> ExperimentChecker::drive(const model::Group &group, const ast::Name &name,
                                                     const ast::AssignmentStmt &assignment) {
  const model::Definition &definition = *group.population->model.definition;
  if (!definitions.isSound(definition))
    return std::nullopt;
  const model::Variable *variable = definition.find(name.text);
  if (!variable || (variable->kind != VariableKind::Input && variable->kind != VariableKind::Parameter)) {
    if (!variable && name.text == "spikes" && model::inputOfSpikes(definition)) {
      context.error(DiagnosticCode::X3, name.range,
                    "spikes are given for the whole experiment, not from a time on: what gives them says when they are");
      return std::nullopt;
    }
    NearestName nearest(name.text);
    for (const auto &other : definition.variables)
      if (other->kind == VariableKind::Input || other->kind == VariableKind::Parameter)
        nearest.consider(other->name);
    context
        .error(DiagnosticCode::X3, name.range,
               "`" + definition.name + "` has no input or parameter `" + name.text + "`" + nearest.hint())
        .note(variable ? variable->range : definition.range,
              "`" + name.text.str() + (variable ? "` is declared here" : "` is not declared here"));
    return std::nullopt;
  }
  if (variable->isEvent) {
    context.error(DiagnosticCode::X3, name.range, "`" + variable->name + "` receives events, which only projections send")
        .note(variable->range, "it is declared here");
    return std::nullopt;
  }
  bool adds = assignment.op == ast::AssignOp::Add;
  if (!adds && assignment.op != ast::AssignOp::Set) {
    context.error(DiagnosticCode::X3, assignment.opRange,
                  "an input follows an expression with `=` or `+=`; initial values are drawn in the population");
    return std::nullopt;
  }
  if (adds && variable->kind == VariableKind::Parameter) {
    context
        .error(DiagnosticCode::X3, assignment.opRange,
               "only an input can be added to; `" + variable->name + "` is a parameter")
        .note(variable->range, "it is declared here");
    return std::nullopt;
  }
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(assignment.value); name && name->name == "external")
    return external(group, *variable, assignment);
  Scope own = ownValues(definition, context), simulation = simulationNames(context);
  Scope place = placeNames(*group.population, context);
  ScopeList all = {&own, &simulation, &place};
  all.append(scopes);
  model::TimeCourse neurons;
  neurons.drive = groupName(group) + "." + variable->name;
  neurons.population = group.population;
  neurons.begin = group.begin;
  neurons.end = group.end;
  DataPlace ofDrive{DataPlace::Drive};
  ofDrive.course = &neurons;
  ofDrive.times = &scopes;
  llvm::SaveAndRestore dataPlace(context.dataPlace, ofDrive);
  UnitSpelling ofVariable = variable->unit.text.empty() ? baseUnit(variable->dimension) : variable->unit;
  WeightDimension none;
  const ast::CallExpr *load = context.findFunction("load") ? nullptr : loadCall(*assignment.value);
  Value value = load ? dataValue(*load, variable->dimension, ofVariable, context)
                     : ExpressionChecker(context, all, none, {true})
                           .checkAs(*assignment.value, variable->dimension, "`" + variable->name + "`");
  if (!value)
    return std::nullopt;
  UnitSpelling unit = !value.unit.text.empty() ? value.unit : ofVariable;
  return model::Drive{group, variable, folded(value.expr, context), adds, unit, assignment.range};
}

/// `N.I = external`: whoever runs the program writes one value per neuron.
std::optional<model::Drive> ExperimentChecker::external(const model::Group &group, const model::Variable &variable,
                                                        const ast::AssignmentStmt &assignment) {
  if (variable.kind != VariableKind::Input) {
    context
        .error(DiagnosticCode::X3, assignment.range,
               "only an input can be `external`; `" + variable.name + "` is a parameter, which the host sets by name")
        .note(variable.range, "it is declared here");
    return std::nullopt;
  }
  UnitSpelling unit = variable.unit.text.empty() ? baseUnit(variable.dimension) : variable.unit;
  return model::Drive{group, &variable, nullptr, assignment.op == ast::AssignOp::Add, unit, assignment.range};
}

/// Of the first phase. Two that overlap are an error, and the first counts.
void ExperimentChecker::addDrive(const model::Drive &drive) {
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
  experiment.drives.push_back(drive);
}
