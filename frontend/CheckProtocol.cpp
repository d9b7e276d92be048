// What changes while an experiment runs: phases (`then for 200 ms { ... }`), changes at a given time (`at 1 s { ... }`), and
// the condition that ends it.
//
// A change is an expression of `t` like any other drive: `N.I = a` and `at 1 s { N.I = b }` are together
// `N.I = if t >= 1 s then b else a`, which compares whole steps. So a change falls on its step whatever the chunks, and
// any host that runs the program gets it.

#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"

#include "llvm/ADT/STLExtras.h"

using namespace snn;
using model::Drive;
using model::Expr;
using model::VariableKind;

/// Phases follow each other from the end of `duration` on; the experiment lasts until the last of them ends.
void ExperimentChecker::findPhases() {
  if (!(experiment.duration > 0))
    return;
  for (const ast::Stmt *stmt : syntax.body.statements) {
    auto *timed = llvm::dyn_cast<ast::TimedStmt>(stmt);
    if (!timed || timed->keyword != ast::TimedKeyword::Then)
      continue;
    std::optional<double> length = checkTime(*timed->time, "the length of a phase");
    if (length && !(*length > 0))
      context.error(DiagnosticCode::X1, timed->time->range, "the length of a phase must be positive");
    if (!length || !(*length > 0))
      continue;
    if (dtKnown && !isMultipleOf(experiment.duration, experiment.dt))
      context.error(DiagnosticCode::X6, timed->range,
                    "a phase begins with a step, and " + formatQuantity(experiment.duration, {"ms", 1}) +
                        " is not a multiple of `dt`, " + formatQuantity(experiment.dt, {"ms", 1}));
    phases.push_back({timed, experiment.duration});
    experiment.duration += *length;
  }
}

/// In the order of their times, and of the text where those are equal.
void ExperimentChecker::checkTimed() {
  std::vector<Phase> changes(phases.begin(), phases.end());
  for (const ast::Stmt *stmt : syntax.body.statements) {
    auto *timed = llvm::dyn_cast<ast::TimedStmt>(stmt);
    if (!timed || timed->keyword == ast::TimedKeyword::Then)
      continue;
    const Expr *time = nullptr;
    if (!checkInstant(*timed->time, "the time of a change", time))
      continue;
    if (dtKnown && !isMultipleOf(time->number, experiment.dt)) {
      context.error(DiagnosticCode::X6, timed->time->range,
                    "a change falls on the beginning of a step, and " + quoted(*timed->time) + " is not a multiple of `dt`, " +
                        formatQuantity(experiment.dt, {"ms", 1}));
      continue;
    }
    if (experiment.duration > 0 && time->number >= experiment.duration) {
      context.error(DiagnosticCode::X1, timed->time->range,
                    "nothing happens any more at " + quoted(*timed->time) + ": the experiment ends after " +
                        formatQuantity(experiment.duration, {"ms", 1}));
      continue;
    }
    changes.push_back({timed, time->number});
  }
  llvm::stable_sort(changes, [](const Phase &a, const Phase &b) { return a.begin < b.begin; });
  for (const Phase &change : changes)
    applyFrom(change.begin, *change.syntax);
}

void ExperimentChecker::applyFrom(double time, const ast::TimedStmt &timed) {
  std::vector<Drive> given;
  for (const ast::Stmt *stmt : timed.body.statements)
    if (auto *assignment = llvm::dyn_cast<ast::AssignmentStmt>(stmt))
      for (const Drive &change : drives(*assignment))
        applyFrom(time, change, given);
}

/// `given`: what the same block has changed so far.
void ExperimentChecker::applyFrom(double time, const Drive &change, std::vector<Drive> &given) {
  if (!change.value) {
    context.error(DiagnosticCode::X3, change.range, "an input is `external` for a whole experiment, not for a part of it");
    return;
  }
  auto isSame = [&](const Drive &other) {
    return other.group.population == change.group.population && other.variable == change.variable &&
           other.group.begin < change.group.end && change.group.begin < other.group.end && !other.adds && !change.adds;
  };
  if (auto other = llvm::find_if(given, isSame); other != given.end())
    context.error(DiagnosticCode::X4, change.range, "`" + change.variable->name + "` of some neurons is given twice")
        .note(other->range, "it is given here first");
  given.push_back(change);
  replaceFrom(time, change);
}

/// `if t >= time then after else before`; null stands for what there is without a drive.
const Expr *ExperimentChecker::switched(double time, const Expr *before, const Expr *after, const model::Variable &variable,
                                        llvm::SMRange range) {
  auto without = [&]() -> const Expr * {
    return variable.kind == VariableKind::Input ? context.number(0, variable.dimension, range).expr
                                                : context.variable(Expr::Kind::Variable, variable, range).expr;
  };
  Expr *condition = context.make(Expr::Kind::Apply, range);
  condition->op = model::Op::GreaterEqual;
  condition->isTruth = true;
  condition->operands = {context.simulation(Expr::Kind::Time, Dimension::time(), range).expr,
                         context.number(time, Dimension::time(), range).expr};
  Expr *choice = context.make(Expr::Kind::Apply, range);
  choice->op = model::Op::Select;
  choice->dimension = variable.dimension;
  choice->operands = {condition, after ? after : without(), before ? before : without()};
  return choice;
}

/// From `time` on, `drive` is in the place of what its neurons got from the experiment; `+=` adds to it.
void ExperimentChecker::replaceFrom(double time, const Drive &drive) {
  std::vector<Drive> kept;
  std::vector<std::pair<uint64_t, uint64_t>> uncovered = {{drive.group.begin, drive.group.end}};
  for (const Drive &other : experiment.drives) {
    uint64_t begin = std::max(other.group.begin, drive.group.begin), end = std::min(other.group.end, drive.group.end);
    if (other.group.population != drive.group.population || other.variable != drive.variable || begin >= end || drive.adds) {
      kept.push_back(other);
      continue;
    }
    if (!other.value) {
      context.error(DiagnosticCode::X3, drive.range, "an `external` input is not replaced: the host writes it")
          .note(other.range, "it is left to the host here");
      return;
    }
    auto part = [&](uint64_t from, uint64_t to) -> Drive & {
      kept.push_back(other);
      kept.back().group.begin = from;
      kept.back().group.end = to;
      if (from != other.group.begin || to != other.group.end)
        kept.back().group.name.clear();
      return kept.back();
    };
    if (other.group.begin < begin)
      part(other.group.begin, begin);
    // The first of several takes the new value, and those that add to it end.
    bool takes = !other.adds;
    Drive &middle = part(begin, end);
    middle.value = switched(time, other.value, takes ? drive.value : nullptr, *drive.variable, drive.range);
    if (end < other.group.end)
      part(end, other.group.end);
    if (!takes)
      continue;
    std::vector<std::pair<uint64_t, uint64_t>> rest;
    for (auto [from, to] : uncovered) {
      if (from < std::min(to, begin))
        rest.emplace_back(from, std::min(to, begin));
      if (std::max(from, end) < to)
        rest.emplace_back(std::max(from, end), to);
    }
    uncovered = std::move(rest);
  }
  experiment.drives = std::move(kept);
  for (auto [begin, end] : uncovered) {
    Drive added = drive;
    added.group.begin = begin;
    added.group.end = end;
    added.value = switched(time, nullptr, drive.value, *drive.variable, drive.range);
    experiment.drives.push_back(std::move(added));
  }
}

//===-- The end ---------------------------------------------------------------------------------------------------------===//

/// `stop when rate of E over 50 ms > 15 Hz`
void ExperimentChecker::checkStop(const ast::StopStmt &stop) {
  std::optional<model::Group> group = names.group(*stop.group);
  std::optional<double> window = checkTime(*stop.window, "the time in which spikes are counted");
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  Value limit = checker.requireDimension(checker.checkQuantity(*stop.limit), *stop.limit, Dimension::frequency(), "the rate");
  std::optional<double> rate = limit ? constantValue(*limit.expr) : std::nullopt;
  if (limit && !rate)
    context.error(DiagnosticCode::C9, stop.limit->range, "the rate must be known before the run");
  if (window && !(*window > 0)) {
    context.error(DiagnosticCode::X1, stop.window->range, "the time in which spikes are counted must be positive");
    return;
  }
  if (window && dtKnown && !isMultipleOf(*window, experiment.dt)) {
    context.error(DiagnosticCode::X6, stop.window->range,
                  "spikes are counted over whole steps, and " + quoted(*stop.window) + " is not a multiple of `dt`, " +
                      formatQuantity(experiment.dt, {"ms", 1}));
    return;
  }
  if (!group || !window || !rate)
    return;
  const model::Definition &definition = *group->population->model.definition;
  if (definitions.isSound(definition) && !definition.spike) {
    context.error(DiagnosticCode::X5, stop.group->range, "`" + definition.name + "` never spikes")
        .note(definition.range, "it is declared here");
    return;
  }
  experiment.stops.push_back({*group, context.number(*window, Dimension::time(), stop.window->range).expr, opOf(stop.relation),
                              context.number(*rate, Dimension::frequency(), stop.limit->range).expr, stop.range});
}
