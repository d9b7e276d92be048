// White noise in equations: dx = f dt + sum g_k dW_k, with one Wiener process W_k per textual occurrence of `xi` and neuron.

#ifndef SNN_COMPILER_TRANSFORMS_SOLVE_NOISE_H
#define SNN_COMPILER_TRANSFORMS_SOLVE_NOISE_H

#include "compiler/Algebra/NormalForm.h"
#include "dialects/snn/SnnDialect.h"

namespace snn {

/// One term of a right-hand side: factor * normal = g dW / dt.
struct NoiseTerm {
  mlir::Value normal; ///< a standard normal number of this neuron and step
  Polynomial factor;  ///< g / sqrt(dt)
};

/// Replaces every `snn.random white` of the body by N / sqrt(dt), N a standard normal number; returns the N. Over a step the
/// noise is constant then, and its integral is the Wiener increment sqrt(dt) N.
llvm::SmallVector<mlir::Value> expandWhiteNoise(ir::BodyOp body);

/// Takes the terms with noise out of a right-hand side, which keeps the drift. Nothing if the noise does not enter linearly.
std::optional<llvm::SmallVector<NoiseTerm>> separateNoise(NormalForm &form, Polynomial &rightHandSide,
                                                          llvm::ArrayRef<mlir::Value> normals);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_SOLVE_NOISE_H
