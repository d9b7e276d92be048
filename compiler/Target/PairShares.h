// Which part of the probability of a pair of neurons depends on which of the two.

#ifndef SNN_COMPILER_TARGET_PAIRSHARES_H
#define SNN_COMPILER_TARGET_PAIRSHARES_H

#include "dialects/snn/SnnDialect.h"

#include "llvm/ADT/SetVector.h"

#include <array>

namespace snn {

/// A probability is computed for many pairs of few neurons. What depends on one neuron alone is computed once for it: draws, data
/// and whatever follows from them. What is left is arithmetic.
struct PairShares {
  llvm::SetVector<mlir::Value> source, target; ///< values of one neuron that the arithmetic of the pair starts from
  llvm::DenseMap<mlir::Value, unsigned> ends;  ///< of every value: 1 if it depends on the source, plus 2 if on the target

  unsigned endsOf(mlir::Value value) const { return ends.lookup(value); }
};

/// Takes the expression of a connector apart. Without one, there is nothing.
PairShares sharesOfPair(ir::ConnectorOp connector);

/// Where the values are that say how far pairs reach, as in `snn_projection`. `axes` is 0 where that is not known.
struct ReachOfPair {
  uint32_t axes = 0, reach = 0;
  std::array<uint32_t, 3> source = {}, target = {}, period = {};
};
ReachOfPair reachOfPair(ir::ConnectorOp connector);

} // namespace snn

#endif // SNN_COMPILER_TARGET_PAIRSHARES_H
