// The functions that walk the events due in a step, from the template Deliver.mlir.

#ifndef SNN_COMPILER_TARGET_DELIVERY_H
#define SNN_COMPILER_TARGET_DELIVERY_H

#include "mlir/IR/BuiltinOps.h"

namespace snn {

// `place` is the location of the function and of all that is in it.

/// What tells the projections apart that a delivery function is for.
struct DeliveryKind {
  bool amountStored; ///< every synapse has an amount of its own
  bool procedural;   ///< rows are drawn again, by `snn_state::regenerate`
};

/// The name of the delivery function of this kind, which is added to the module if it is not there. `type` is f32 or f64. Its
/// arguments are state, worker, route and step; see the template.
std::string addDeliveryFunction(mlir::ModuleOp module, mlir::Location place, mlir::Type type, DeliveryKind kind);

/// Where an event is more than an addition: adds a function that calls `event` for every row segment that is due, and returns
/// its name. Its arguments are those of a delivery, with the source population and the target field at the given entries of
/// the route; `event` takes (state, worker, route, step, block, row, first synapse, behind the last synapse).
std::string addEventWalk(mlir::ModuleOp module, mlir::Location place, mlir::Type type, llvm::StringRef event,
                         uint32_t sourceEntry, uint32_t fieldEntry);

} // namespace snn

#endif // SNN_COMPILER_TARGET_DELIVERY_H
