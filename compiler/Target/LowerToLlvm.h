// Target IR to the LLVM dialect.

#ifndef SNN_COMPILER_TARGET_LOWERTOLLVM_H
#define SNN_COMPILER_TARGET_LOWERTOLLVM_H

#include "mlir/Pass/PassManager.h"

namespace snn {

/// Interfaces that the conversion needs, before the context is made.
void registerLowerToLlvm(mlir::DialectRegistry &registry);

/// Expands transcendental functions and what the snn dialect adds to them.
std::unique_ptr<mlir::Pass> createExpandFunctionsPass();

/// scf, vector, arith, math, cf to llvm.
void addLowerToLlvmPasses(mlir::OpPassManager &passes);

} // namespace snn

#endif // SNN_COMPILER_TARGET_LOWERTOLLVM_H
