// What a value in a body depends on.

#ifndef SNN_COMPILER_TRANSFORMS_SOLVE_VARIATION_H
#define SNN_COMPILER_TRANSFORMS_SOLVE_VARIATION_H

#include "dialects/snn/SnnDialect.h"

namespace snn {

/// How often a value has to be computed.
enum class Variation {
  PerPopulation, ///< depends on settings only
  PerNeuron,     ///< also on per-neuron parameters
  PerStep,       ///< also on states, inputs, time or random numbers
};

/// Answers for the values of one body; remembers what it has found.
class VariationAnalysis {
public:
  explicit VariationAnalysis(ir::BodyOp body);
  Variation of(mlir::Value value);

private:
  mlir::SymbolTable slots;
  bool weightsChange; ///< statements of rules assign to the stored weights
  llvm::DenseMap<mlir::Value, Variation> known;
};

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_SOLVE_VARIATION_H
