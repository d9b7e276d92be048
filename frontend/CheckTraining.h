// Syntax of a `train` -> `model::Training`.

#ifndef SNN_FRONTEND_CHECKTRAINING_H
#define SNN_FRONTEND_CHECKTRAINING_H

#include "frontend/CheckNetwork.h"
#include "frontend/ModelTraining.h"

namespace snn {

class TrainingChecker {
public:
  TrainingChecker(DefinitionTable &definitions, NetworkNames &names, const ast::ExperimentStmt &syntax,
                  model::Training &training);
  void run();

private:
  /// The clauses that occur once.
  struct Clauses {
    const ast::OptionStmt *epochs = nullptr, *batch = nullptr;
    const ast::DataStmt *data = nullptr;
    const ast::ObjectiveStmt *loss = nullptr, *metric = nullptr;
    const ast::OptimizerStmt *optimizer = nullptr;
    const ast::WeightFileStmt *save = nullptr;
  };
  void findClauses();
  template <typename Clause> void take(const Clause &clause, const Clause *&first, llvm::StringRef keyword);
  void requireClauses();
  void checkEpochs(const ast::OptionStmt &option);
  void checkBatch(const ast::OptionStmt &option);
  void checkOptimizer(const ast::OptimizerStmt &optimizer);
  void checkSave(const ast::WeightFileStmt &save);
  void checkObjectives();
  void findTrained();

  // CheckTrainingData.cpp
  void checkData(const ast::DataStmt &data);
  void checkSplit(const ast::Expr &split);
  void checkEntry(const ast::DataEntry &entry, const model::DataSource &file);
  bool checkTarget(const ast::Expr &target, model::TrainingArray &array);
  void warnOfUnusedLabels();

  CheckContext &context;
  DefinitionTable &definitions;
  NetworkNames &names;
  const ast::ExperimentStmt &syntax;
  model::Training &training;
  LocalLets lets;
  ScopeList scopes; ///< the training's lets, then the names of the network
  Clauses clauses;
  bool dataKnown = true; ///< false: some of it is in error, so a name may be the author's all the same
};

/// Warns of weights whose gradient is zero whatever the data are.
void warnOfUntrained(const model::Training &training, CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKTRAINING_H
