// What synapses that are computed one by one, and plasticity rules, read of the neurons they join.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_JOINEDREADS_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_JOINEDREADS_H

#include "dialects/snn/SnnDialect.h"

namespace snn {

/// `pre V` or `post V` of a synapse, an output or a rule.
struct JoinedRead {
  ir::End end;
  ir::VariableOp declaration;
  std::string variable; ///< what is read, in the neuron's model
};

/// What the synapse and the output of a projection read where they are not computed as a part of the target: all of it for the source,
/// and for the target where the state lives per source or per connection. And what its rules read for single synapses.
llvm::SmallVector<JoinedRead> joinedReads(ir::ProjectionOp projection, mlir::SymbolTable &symbols);

/// The variable of the neuron that a `pre X` or `post X` reads: of a gap junction, and at an input `at` a state, V is that one.
std::string joinedVariable(ir::ProjectionOp projection, ir::VariableOp declaration, mlir::SymbolTable &symbols);

/// That variable of the target's model.
ir::VariableOp targetVariable(ir::ProjectionOp projection, llvm::StringRef name, mlir::SymbolTable &symbols);

/// The state of the target that what a synapse adds to it depends on, so that its equations can take that into account to first
/// order: with a conductance per connection, the current is linear in it.
std::optional<std::string> linearisedState(ir::ProjectionOp projection, mlir::SymbolTable &symbols);

/// Do equations of the synapse read the neurons it joins?
bool equationsReadJoined(ir::SynapseOp synapse);

/// What is neither a state nor remembered is kept under this name for synapses that read it.
std::string shownToSynapses(llvm::StringRef variable);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_JOINEDREADS_H
