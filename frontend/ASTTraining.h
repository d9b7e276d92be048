// What training needs: surrogates of models, and the statements of `train` that `simulate` does not have.

#ifndef SNN_FRONTEND_ASTTRAINING_H
#define SNN_FRONTEND_ASTTRAINING_H

#include "frontend/ASTStmt.h"

namespace snn::ast {

/// `surrogate relu(alpha = 0.3, width = 1)`, `surrogate sigmoid of (V - V_th) / (10 mV)`
struct SurrogateStmt : StmtOf<StmtKind::Surrogate> {
  using StmtOf::StmtOf;
  ModelUse function;
  const Expr *argument = nullptr; ///< behind `of`; null: not given
};

/// `x -> inp.spikes` or `y`: an array of the file.
struct DataEntry {
  Name array;
  const Expr *target = nullptr; ///< null: a label
};

/// `data x -> inp.spikes, y from load("digits.npz") split 0.8`
struct DataStmt : StmtOf<StmtKind::Data> {
  using StmtOf::StmtOf;
  llvm::ArrayRef<DataEntry> entries; ///< at least one
  const Expr *file = nullptr;        ///< a `load(...)`, if it is right
  const Expr *split = nullptr;       ///< null: not given
};

/// `loss cross_entropy(max_over_time(out.V), y)`, `metric accuracy(...)`
struct ObjectiveStmt : StmtOf<StmtKind::Objective> {
  using StmtOf::StmtOf;
  bool isMetric = false;
  const Expr *value = nullptr;
};

/// `optimizer adam(learning_rate = 1e-3)`
struct OptimizerStmt : StmtOf<StmtKind::Optimizer> {
  using StmtOf::StmtOf;
  ModelUse method;
};

} // namespace snn::ast

#endif // SNN_FRONTEND_ASTTRAINING_H
