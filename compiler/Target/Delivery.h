// The function that delivers the events of one projection, from the template Deliver.mlir.

#ifndef SNN_COMPILER_TARGET_DELIVERY_H
#define SNN_COMPILER_TARGET_DELIVERY_H

#include "mlir/IR/BuiltinOps.h"

namespace snn {

/// Adds the delivery function of this kind to the module and returns its name. `type` is f32 or f64; with `amountStored`
/// every synapse has an amount of its own. Its arguments are state, worker, route and step; see the template.
std::string addDeliveryFunction(mlir::ModuleOp module, mlir::Type type, bool amountStored);

} // namespace snn

#endif // SNN_COMPILER_TARGET_DELIVERY_H
