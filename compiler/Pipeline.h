// The middle and the back of the compiler, from top to bottom.

#ifndef SNN_COMPILER_PIPELINE_H
#define SNN_COMPILER_PIPELINE_H

#include "mlir/Pass/PassManager.h"

namespace snn {

/// snn -> step: from declarations to one scheduled time loop.
void addStepPasses(mlir::OpPassManager &passes);

} // namespace snn

#endif // SNN_COMPILER_PIPELINE_H
