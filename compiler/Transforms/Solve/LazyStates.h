// States of a synapse that advance only when something happens to it.

#ifndef SNN_COMPILER_TRANSFORMS_SOLVE_LAZYSTATES_H
#define SNN_COMPILER_TRANSFORMS_SOLVE_LAZYSTATES_H

#include "dialects/snn/SnnDialect.h"

namespace snn {

/// The field of a body that holds how many steps its lazy states have been advanced by. It has a dot, so no author can
/// declare it.
inline constexpr llvm::StringLiteral lazyField = "rules.updated";

/// The slot that stands for the stored weight where an equation changes it; the layout puts the weight in its place.
inline constexpr llvm::StringLiteral weightSlot = "rules.weight";

/// The time in ms that the states of the system have to be advanced by, built in front of it.
mlir::Value timeSinceUpdate(mlir::OpBuilder &builder, ir::IntegrateOp system);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_SOLVE_LAZYSTATES_H
