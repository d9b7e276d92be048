// `pre.X` and `post.X` in the weight or delay of a projection: what the joined neurons have when the network is built.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_JOINEDNEURON_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_JOINEDNEURON_H

#include "compiler/Transforms/Instantiate/Scope.h"

#include "mlir/IR/SymbolTable.h"

namespace snn {

/// Replaces what `expression`, of a connector of `projection`, reads of the joined neurons by how the values are given to their
/// populations: parameters and initial values, positions and sizes. A drawn value is drawn again, with the key of the neuron, so
/// that it is the same number that the neuron has.
void resolveJoinedNeurons(mlir::Region &expression, ir::ProjectionOp projection, const mlir::SymbolTable &symbols,
                          const mlir::SymbolTable &inNetwork, Settings &settings, Arguments &arguments);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_JOINEDNEURON_H
