// Symbolic derivative of a value with respect to another, as new operations.

#ifndef SNN_COMPILER_ALGEBRA_DERIVATIVE_H
#define SNN_COMPILER_ALGEBRA_DERIVATIVE_H

#include "mlir/IR/Builders.h"

namespace snn {

/// True if the computation of `value` uses `variable`.
bool dependsOn(mlir::Value value, mlir::Value variable);

/// d value / d variable, built at the insertion point; everything else counts as constant. Steps (`floor`, comparisons) have
/// derivative 0, `select` that of the branch taken. Fails with a diagnostic on an operation it does not know.
mlir::FailureOr<mlir::Value> differentiate(mlir::OpBuilder &builder, mlir::Value value, mlir::Value variable);

} // namespace snn

#endif // SNN_COMPILER_ALGEBRA_DERIVATIVE_H
