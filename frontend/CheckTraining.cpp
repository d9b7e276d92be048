#include "frontend/CheckTraining.h"

#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckMeasure.h"
#include "frontend/Optimizers.h"

#include <cmath>

using namespace snn;
using llvm::StringRef;

TrainingChecker::TrainingChecker(DefinitionTable &definitions, NetworkNames &names, const ast::ExperimentStmt &syntax,
                                 model::Training &training)
    : context(names.context), definitions(definitions), names(names), syntax(syntax), training(training),
      lets(names.context, syntax.body, names.scopes()) {
  scopes = {&lets.scope()};
  scopes.append(names.scopes());
}

void TrainingChecker::run() {
  unsigned errorsBefore = context.diagnostics.errorCount();
  ExperimentChecker(definitions, names, syntax, training.sample).run();
  findClauses();
  requireClauses();
  if (clauses.epochs)
    checkEpochs(*clauses.epochs);
  if (clauses.batch)
    checkBatch(*clauses.batch);
  if (clauses.data)
    checkData(*clauses.data);
  checkObjectives();
  if (clauses.optimizer)
    checkOptimizer(*clauses.optimizer);
  if (clauses.save)
    checkSave(*clauses.save);
  findTrained();
  if (context.diagnostics.errorCount() == errorsBefore && !context.diagnostics.hasErrors()) {
    warnOfUnusedLabels();
    warnOfUntrained(training, context);
  }
}

template <typename Clause> void TrainingChecker::take(const Clause &clause, const Clause *&first, StringRef keyword) {
  if (!first) {
    first = &clause;
    return;
  }
  context.error(DiagnosticCode::P9, clause.range, "`" + keyword + "` is given twice")
      .note(first->range, "it is given here first");
}

void TrainingChecker::findClauses() {
  for (const ast::Stmt *stmt : syntax.body.statements) {
    if (auto *option = llvm::dyn_cast<ast::OptionStmt>(stmt)) { // one that is given twice has been reported
      if (option->keyword == ast::OptionKeyword::Epochs && !clauses.epochs)
        clauses.epochs = option;
      if (option->keyword == ast::OptionKeyword::Batch && !clauses.batch)
        clauses.batch = option;
    } else if (auto *data = llvm::dyn_cast<ast::DataStmt>(stmt)) {
      take(*data, clauses.data, "data");
    } else if (auto *objective = llvm::dyn_cast<ast::ObjectiveStmt>(stmt)) {
      if (objective->isMetric)
        take(*objective, clauses.metric, "metric");
      else
        take(*objective, clauses.loss, "loss");
    } else if (auto *optimizer = llvm::dyn_cast<ast::OptimizerStmt>(stmt)) {
      take(*optimizer, clauses.optimizer, "optimizer");
    } else if (auto *save = llvm::dyn_cast<ast::WeightFileStmt>(stmt)) {
      take(*save, clauses.save, "save weights");
    }
  }
}

/// Without these there is nothing to do, or no way to guess what is meant.
void TrainingChecker::requireClauses() {
  if (syntax.body.incomplete)
    return;
  auto require = [&](const void *clause, StringRef example) {
    if (!clause)
      context.error(DiagnosticCode::T4, syntax.network.range,
                    "the training needs `" + example.split(' ').first + "`, as in `" + example + "`");
  };
  require(clauses.batch, "batch 64");
  require(clauses.epochs, "epochs 20");
  require(clauses.data, "data x -> inp.spikes, y from load(\"digits.npz\")");
  require(clauses.loss, "loss cross_entropy(max_over_time(out.V), y)");
  require(clauses.optimizer, "optimizer adam(learning_rate = 1e-3)");
}

void TrainingChecker::checkEpochs(const ast::OptionStmt &option) {
  auto *number = llvm::dyn_cast<ast::NumberExpr>(option.value);
  bool isCount = number && number->integer && !number->unit && *number->integer >= 1 && *number->integer <= 1000000000;
  if (isCount)
    training.epochs = *number->integer;
  else if (!llvm::isa<ast::ErrorExpr>(option.value))
    context.error(DiagnosticCode::T4, option.value->range, "the number of epochs is a whole number from 1 to 10^9");
}

void TrainingChecker::checkBatch(const ast::OptionStmt &option) {
  if (option.redraws)
    context.error(DiagnosticCode::T4, option.range,
                  "the samples of a batch are seen by one network, so its connections are not redrawn");
  std::optional<uint64_t> samples = names.count(*option.value, "the number of samples of a batch");
  if (samples && !(*samples >= 1 && *samples <= 1000000))
    context.error(DiagnosticCode::T4, option.value->range, "a batch has from 1 to 10^6 samples");
  training.sample.batch = samples.value_or(1);
}

void TrainingChecker::checkObjectives() {
  if (!dataKnown || syntax.body.incomplete)
    return; // a name that is missing may be that of an array
  MeasureChecker checker(definitions, names, syntax.body, scopes, training);
  if (clauses.loss)
    training.loss = checker.check(*clauses.loss->value, MeasureChecker::Role::Loss);
  if (clauses.metric)
    training.metric = checker.check(*clauses.metric->value, MeasureChecker::Role::Metric);
}

void TrainingChecker::checkOptimizer(const ast::OptimizerStmt &optimizer) {
  const Parametrised *method =
      findParametrised(optimizer.method, optimizers(), "optimizer", DiagnosticCode::T6, context);
  if (!method)
    return;
  if (auto parameters = checkParameters(*method, optimizer.method, scopes, DiagnosticCode::T6, context))
    training.optimizer = {method->name.str(), std::move(*parameters)};
}

void TrainingChecker::checkSave(const ast::WeightFileStmt &save) {
  auto *file = llvm::dyn_cast_if_present<ast::TextExpr>(save.file);
  if (!file || !isWeightFile(*file, context)) // reported by the parser, or just now
    return;
  if (!save.projections.empty())
    context.error(DiagnosticCode::T4, save.projections.front()->range, "a training saves the weights that it trains, all of them");
  training.weightsFile = file->value.str();
}

void TrainingChecker::findTrained() {
  const char *keyword = syntax.range.Start.getPointer();
  training.keyword = {syntax.range.Start, llvm::SMLoc::getFromPointer(keyword + StringRef("train").size())};
  for (const auto &projection : names.network.projections)
    if (projection->trainable.isValid())
      training.trained.push_back(projection.get());
  if (training.trained.empty() && !context.diagnostics.hasErrors())
    context.error(DiagnosticCode::T7, syntax.network.range,
                  "nothing of `" + syntax.network.text +
                      "` is trained: no weight is `trainable`, as in `weight ~ normal(0, 1) trainable`");
}
