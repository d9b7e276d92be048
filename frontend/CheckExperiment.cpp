#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"

#include <cmath>

using namespace snn;
using llvm::Twine;

ExperimentChecker::ExperimentChecker(DefinitionTable &definitions, NetworkNames &names,
                                     const ast::ExperimentStmt &syntax, model::Experiment &experiment)
    : context(names.context), definitions(definitions), names(names), syntax(syntax), experiment(experiment),
      lets(names.context, syntax.body, names.scopes()) {
  scopes = {&lets.scope()};
  scopes.append(names.scopes());
}

void ExperimentChecker::run() {
  // Records and drives are judged against the time step, wherever it is written.
  llvm::SmallVector<ast::OptionKeyword, 4> given;
  for (const ast::Stmt *stmt : syntax.body.statements) {
    auto *option = llvm::dyn_cast<ast::OptionStmt>(stmt);
    if (!option)
      continue;
    if (llvm::is_contained(given, option->keyword))
      context.error(DiagnosticCode::P9, option->range, "`" + spelling(option->keyword) + "` is given twice");
    given.push_back(option->keyword);
    checkOption(*option);
  }
  findPhases();
  checkTimeGrid();
  bool hasMethod = false;
  for (const ast::Stmt *stmt : syntax.body.statements) {
    if (auto *method = llvm::dyn_cast<ast::MethodStmt>(stmt)) {
      if (hasMethod)
        context.error(DiagnosticCode::P9, method->range, "the method is given twice");
      hasMethod = true;
      if (std::optional<model::Integration> found = integrationOf(method->method, context))
        experiment.integration = *found;
    } else if (auto *assignment = llvm::dyn_cast<ast::AssignmentStmt>(stmt)) {
      if (givesSpikes(*assignment))
        continue;
      for (const model::Drive &drive : drives(*assignment))
        addDrive(drive);
    } else if (auto *record = llvm::dyn_cast<ast::RecordStmt>(stmt)) {
      checkRecord(*record);
    } else if (auto *set = llvm::dyn_cast<ast::SetStmt>(stmt)) {
      checkSet(*set);
    } else if (auto *timed = llvm::dyn_cast<ast::TimedStmt>(stmt); timed && timed->keyword == ast::TimedKeyword::Every) {
      checkPeriodic(*timed);
    } else if (auto *stop = llvm::dyn_cast<ast::StopStmt>(stmt)) {
      checkStop(*stop);
    } else if (auto *file = llvm::dyn_cast<ast::WeightFileStmt>(stmt)) {
      checkWeightFile(*file);
    }
  }
  checkTimed();
  leaveSourcesToHost();
}

std::optional<double> ExperimentChecker::checkTime(const ast::Expr &expr, const Twine &what) {
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  Value value = checker.requireDimension(checker.checkQuantity(expr), expr, Dimension::time(), what);
  if (!value)
    return std::nullopt;
  std::optional<double> time = constantValue(*value.expr);
  if (!time)
    context.error(DiagnosticCode::C9, expr.range, what + " must be known before the run");
  else
    fixParameters(*value.expr);
  return time;
}

void ExperimentChecker::checkOption(const ast::OptionStmt &option) {
  switch (option.keyword) {
  case ast::OptionKeyword::Dt:
  case ast::OptionKeyword::Duration: {
    bool isDt = option.keyword == ast::OptionKeyword::Dt;
    if (!isDt)
      durationSyntax = option.value;
    std::optional<double> time = checkTime(*option.value, isDt ? "`dt`" : "`duration`");
    bool isPositive = time && *time > 0 && std::isfinite(*time);
    if (isDt)
      dtKnown = isPositive;
    if (!time)
      return;
    if (!isPositive) {
      context.error(DiagnosticCode::X1, option.value->range,
                    "`" + spelling(option.keyword) + "` must be positive, and " + quoted(*option.value) + " is not");
      return;
    }
    (isDt ? experiment.dt : experiment.duration) = *time;
    return;
  }
  case ast::OptionKeyword::Seed:
    return checkSeed(option);
  case ast::OptionKeyword::Precision:
    return checkPrecision(option);
  case ast::OptionKeyword::Batch:
    if (!syntax.trains) // where it counts samples
      checkBatch(option);
    return;
  case ast::OptionKeyword::Epochs: // of a training, which deals with it
    return;
  }
}

void ExperimentChecker::checkSeed(const ast::OptionStmt &option) {
  if (auto *number = llvm::dyn_cast<ast::NumberExpr>(option.value); number && number->integer && !number->unit)
    experiment.seed = *number->integer;
  else if (!llvm::isa<ast::ErrorExpr>(option.value))
    context.error(DiagnosticCode::X1, option.value->range, "a seed is a whole number from 0 to 2^64 - 1");
}

void ExperimentChecker::checkPrecision(const ast::OptionStmt &option) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(option.value);
  if (name && name->name == "f64")
    experiment.precision = model::Precision::F64;
  else if (name && name->name == "f32")
    experiment.precision = model::Precision::F32;
  else if (!llvm::isa<ast::ErrorExpr>(option.value))
    context.error(DiagnosticCode::X1, option.value->range, "a precision is `f32` or `f64`");
}

bool snn::isMultipleOf(double time, double dt) {
  double steps = time / dt;
  return std::abs(steps - std::round(steps)) <= 1e-9 * std::max(1.0, std::abs(steps));
}

void ExperimentChecker::checkTimeGrid() {
  if (!durationSyntax && !syntax.body.incomplete)
    context.error(DiagnosticCode::X2, syntax.network.range, syntax.trains ? "the training needs a `duration`, that of a sample, as in `duration 100 ms`"
                                                                          : "the experiment needs a `duration`, as in `duration 1 s`");
  if (experiment.duration <= 0 || !dtKnown)
    return;
  double steps = experiment.duration / experiment.dt;
  if (steps > 9007199254740992.0)
    context.error(DiagnosticCode::X1, durationSyntax->range, "the run has more than 2^53 steps");
  else if (!isMultipleOf(experiment.duration, experiment.dt))
    context.warning(DiagnosticCode::W5, durationSyntax->range,
                    "the duration is not a multiple of `dt` and is rounded to " +
                        formatQuantity(std::round(steps) * experiment.dt, {"ms", 1}));
}
