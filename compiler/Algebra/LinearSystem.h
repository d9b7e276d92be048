// Which equations of a system are linear in its states, and how they are coupled.

#ifndef SNN_COMPILER_ALGEBRA_LINEARSYSTEM_H
#define SNN_COMPILER_ALGEBRA_LINEARSYSTEM_H

#include "compiler/Algebra/NormalForm.h"

#include "llvm/ADT/BitVector.h"

namespace snn {

/// One derivative of a linear system: the sum of `coefficients[j]` times state j, and of `rest`. A state without a
/// coefficient does not occur.
struct LinearRow {
  std::map<unsigned, Polynomial> coefficients;
  Polynomial rest;
};

/// Takes derivatives apart by the states of one system, which are numbered as they are given.
class LinearSystem {
public:
  LinearSystem(const NormalForm &form, llvm::ArrayRef<mlir::Value> states);

  /// Nothing unless `derivative` is linear in all states together, with coefficients that do not change in time.
  std::optional<LinearRow> row(const Polynomial &derivative);

private:
  bool dependsOnState(mlir::Value value);

  const NormalForm &form;
  llvm::DenseMap<mlir::Value, unsigned> indexOf;
  llvm::DenseMap<mlir::Value, bool> dependence;
};

/// States that are coupled with each other and with no other. All but `states` is by position in the block.
struct LinearBlock {
  llvm::SmallVector<unsigned> states; ///< ascending
  std::vector<LinearRow> rows;
  llvm::SmallVector<llvm::BitVector> felt; ///< by each: the states that influence it, directly or not, and itself
};

/// The blocks of a system with these rows.
std::vector<LinearBlock> coupledBlocks(llvm::ArrayRef<LinearRow> rows);

} // namespace snn

#endif // SNN_COMPILER_ALGEBRA_LINEARSYSTEM_H
