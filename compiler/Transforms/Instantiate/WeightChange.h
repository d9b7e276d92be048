// Weights that an experiment changes: what is stored of them, computed anew.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_WEIGHTCHANGE_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_WEIGHTCHANGE_H

#include "compiler/Transforms/Instantiate/Scope.h"

namespace snn {

/// What is stored for a weight.
using WeightToAmount = llvm::function_ref<mlir::Value(mlir::OpBuilder &at, mlir::Value weight)>;

/// The amount per weight, built at the insertion point; null where the amount is the weight itself. Fails where the amount is no
/// multiple of the weight.
mlir::FailureOr<mlir::Value> buildAmountPerWeight(mlir::OpBuilder &builder, mlir::Location loc, WeightToAmount toAmount);

/// Fills `amount`, the region of a connector, with the amount of a connection after `change`, where `snn.weight` is the amount
/// before. Fails with a report if the weight cannot be told from the amount, because it is no multiple of it.
mlir::LogicalResult buildChangedAmount(mlir::OpBuilder &builder, ir::ReweighOp change, mlir::Region &amount, llvm::StringRef name,
                                       const Spelling &spelling, Settings &settings, Arguments &arguments, WeightToAmount toAmount);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_WEIGHTCHANGE_H
