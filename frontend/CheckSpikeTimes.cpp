// Spikes from outside: `inp.spikes = load("spikes.npz")`, `inp[:10].spikes += [5, 20] ms`.

#include "frontend/CheckData.h"
#include "frontend/CheckDimension.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"

#include <cmath>

using namespace snn;
using model::Group;

/// The groups whose spikes are assigned to; none if it is not spikes that are.
llvm::SmallVector<Group, 1> ExperimentChecker::groupsOfSpikes(const ast::AssignmentStmt &assignment) {
  auto *member = llvm::dyn_cast<ast::MemberExpr>(assignment.target);
  if (!member || member->member.text != "spikes" || names.projections(*member->base))
    return {};
  llvm::SmallVector<Group, 1> groups = names.groups(*member->base);
  // A variable of that name comes before what the neurons emit, as it does in `record`.
  llvm::erase_if(groups,
                 [](const Group &group) { return group.population->model.definition->find("spikes") != nullptr; });
  return groups;
}

bool ExperimentChecker::givesSpikes(const ast::AssignmentStmt &assignment) {
  llvm::SmallVector<Group, 1> groups = groupsOfSpikes(assignment);
  for (const Group &group : groups)
    if (definitions.isSound(*group.population->model.definition))
      giveSpikes(group, assignment);
  return !groups.empty();
}

void ExperimentChecker::giveSpikes(const Group &group, const ast::AssignmentStmt &assignment) {
  const model::Definition &definition = *group.population->model.definition;
  const model::Variable *input = model::inputOfSpikes(definition);
  if (!input) {
    context
        .error(DiagnosticCode::X3, assignment.target->range,
               "`" + definition.name +
                   "` makes its own spikes; they are given to a `source`, or to a model with an `input given: number`")
        .note(definition.range, "`" + definition.name + "` is declared here");
    return;
  }
  if (assignment.op != ast::AssignOp::Set && assignment.op != ast::AssignOp::Add) {
    context.error(DiagnosticCode::X3, assignment.opRange, "spikes are given with `=`, and more of them with `+=`");
    return;
  }
  auto *name = llvm::dyn_cast<ast::NameExpr>(assignment.value);
  if (name && name->name == "external")
    return; // which they are anyway
  model::SpikeTimes spikes{group, input, nullptr, {}, assignment.range};
  if (const ast::CallExpr *load = loadCall(*assignment.value)) {
    model::DataSource *source = checkSource(*load, context);
    if (!source)
      return;
    source->unit = {"ms", 1};
    source->dimension = Dimension::time();
    spikes.data = source;
  } else if (auto *list = llvm::dyn_cast<ast::ListExpr>(assignment.value)) {
    if (!readTimes(*list, spikes.times))
      return;
  } else {
    if (!llvm::isa<ast::ErrorExpr>(assignment.value))
      context.error(DiagnosticCode::X3, assignment.value->range,
                    "spikes are given as a list of times or by a file, as in `[5, 20] ms` or `load(\"spikes.npz\")`");
    return;
  }
  for (const model::SpikeTimes &other : experiment.spikes) {
    bool shares =
        other.group.population == group.population && other.group.begin < group.end && group.begin < other.group.end;
    if (!shares || assignment.op == ast::AssignOp::Add)
      continue;
    context.error(DiagnosticCode::X4, assignment.range, "the spikes of some neurons are given twice; `+=` adds")
        .note(other.range, "they are given here first");
    return;
  }
  experiment.spikes.push_back(std::move(spikes));
}

/// Times that are known before the run, in ms. False after a report.
bool ExperimentChecker::readTimes(const ast::ListExpr &list, std::vector<double> &times) {
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  for (size_t k = 0; k < list.elements.size(); ++k) {
    const ast::Expr &element = *list.elements[k];
    Value value =
        checker.requireDimension(checker.checkElement(list, k), element, Dimension::time(), "the time of a spike");
    std::optional<double> time = value ? constantValue(*value.expr) : std::nullopt;
    if (value && !time)
      context.error(DiagnosticCode::C9, element.range, "the time of a spike must be known before the run");
    else if (time && !(*time >= 0 && std::isfinite(*time)))
      context.error(DiagnosticCode::X1, element.range, "the time of a spike is not before the start of the run");
    else if (value) {
      fixParameters(*value.expr);
      times.push_back(*time);
      continue;
    }
    return false;
  }
  return true;
}

/// What no experiment gives, a host may: so the input of a source is there in every program.
void ExperimentChecker::leaveSourcesToHost() {
  for (const auto &population : experiment.network->populations) {
    const model::Definition &definition = *population->model.definition;
    const model::Variable *input = definitions.isSound(definition) ? model::inputOfSpikes(definition) : nullptr;
    auto isOther = [&](const model::Drive &drive) {
      return drive.group.population == population.get() && drive.variable == input;
    };
    auto isExternal = [&](const model::Drive &drive) { return isOther(drive) && !drive.value; };
    if (!input || llvm::any_of(experiment.drives, isExternal))
      continue;
    bool adds = llvm::any_of(experiment.drives, isOther);
    Group whole{population->name, population.get(), 0, population->size, population->range};
    experiment.drives.push_back({whole, input, nullptr, adds, baseUnit(Dimension::number()), population->range});
  }
}
