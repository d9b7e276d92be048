// Reading the clock in generated code.

#ifndef SNN_COMPILER_TARGET_PROFILEPHASES_H
#define SNN_COMPILER_TARGET_PROFILEPHASES_H

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace snn {

/// The processor's time stamp counter, an i64. A reading costs some 10 ns and keeps neither earlier nor later instructions
/// from overlapping with it, so a single interval is blurred by as much.
mlir::Value readClock(mlir::ImplicitLocOpBuilder &b);

/// Adds an i64 to the one at this address.
void addToCounter(mlir::ImplicitLocOpBuilder &b, mlir::Value address, mlir::Value amount);

} // namespace snn

#endif // SNN_COMPILER_TARGET_PROFILEPHASES_H
