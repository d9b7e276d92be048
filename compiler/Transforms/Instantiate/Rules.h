// Plasticity rules of projections: who keeps which state, and what it is called.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_RULES_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_RULES_H

#include "compiler/Transforms/Instantiate/Scope.h"

#include "llvm/ADT/StringSet.h"

namespace snn {

/// A rule as one projection uses it.
struct Rule {
  mutable ir::ProjectionOp projection; // operations cannot be asked anything through a constant handle
  mutable ir::UseOp use;
  mutable ir::PlasticityOp definition;
  unsigned position; ///< among the rules of the projection

  /// "E -> N.STDP": in front of its settings.
  std::string owner() const { return (projection.getSymName() + "." + definition.getSymName()).str(); }
  /// "pre", "post" or "connection": whose the state is; empty for anything but a state.
  llvm::StringRef placeOf(llvm::StringRef state) const;
  /// In front of the names of the states that one end keeps. It tells the rules of all projections from (to) that population
  /// apart and does not name them, so that populations of one kind can share their code.
  std::string prefix(ir::End end) const;

  /// States of the source that an arriving event looks at, as they were when it was emitted.
  llvm::StringSet<> statesSentWithEvents() const;
  /// States of the source that everything else looks at, as they were before the delay.
  llvm::StringSet<> statesLookedBackAt() const;
  /// States at one place ("pre", "post") that conditions, and what happens on them, look at.
  llvm::StringSet<> statesOnConditions(llvm::StringRef place) const;
  /// States at one place ("pre", "post", "connection") of which some statement reads `old`.
  llvm::StringSet<> statesReadOld(llvm::StringRef place) const;
  /// Does some statement read `old` of the weight?
  bool readsOldWeight() const;
  /// Variables of this kind (`pre`, `post`, `syn`, `modulator`) that are read for single synapses.
  llvm::StringSet<> read(ir::VariableKind kind) const;
  ir::VariableOp variable(llvm::StringRef name) const;
  /// Variables of the target of which some statement reads `old`.
  llvm::StringSet<> targetReadOld() const;

  /// The equation of the weight; null if there is none.
  ir::EquationOp equationOfWeight() const;
  /// Can the equation be solved over any time, with nothing else known than the state itself?
  bool isSolvableAlone(ir::EquationOp equation) const;
  /// Must something be done for every synapse in every step? If so, why.
  std::optional<std::string> whyEveryStep() const;

private:
  using Visit = llvm::function_ref<void(ir::VariableOp, bool old)>;
  void visitReads(mlir::Value value, bool old, llvm::StringSet<> &lets, Visit visit) const;
  void visitReads(mlir::Value value, Visit visit) const;
  /// What is read for single synapses: in statements that write the weight or what belongs to the connection, in conditions and
  /// in equations.
  void visitReadsOfSynapses(Visit visit) const;
  void visitAllReads(Visit visit) const;
};

/// The rules of a projection in the order in which they run.
llvm::SmallVector<Rule> rulesOf(ir::ProjectionOp projection, mlir::SymbolTable &symbols);

/// Does an event or a spike of the target change the weights of the projection?
bool changesWeights(ir::ProjectionOp projection, mlir::SymbolTable &symbols);

/// Has every synapse of the projection a weight of its own?
bool storesWeights(ir::ProjectionOp projection, mlir::SymbolTable &symbols);

/// What a state of the source is called in the history of its population: as an event finds it, or as it is after the step.
std::string sentName(llvm::StringRef slot);
std::string lookedBackName(llvm::StringRef slot);
/// A state as it was before the events and spikes of the step: of the source in the history of its population, else a field.
std::string beforeName(llvm::StringRef slot);
/// The same of what the target keeps or is, as a step begins, before events and spikes: for synapses in front of a dendritic delay.
std::string beginningName(llvm::StringRef slot);
/// A state that a neuron keeps as it will be when the next step begins: what conditions look at, before neurons have got there.
std::string aheadName(llvm::StringRef slot);
/// A variable of a neuron as it was when the step began.
std::string startName(llvm::StringRef variable);

/// `value` where it lies between the bounds, else the nearer one; what is no number stays so and is noticed.
mlir::Value clip(mlir::OpBuilder &builder, mlir::Value value, mlir::Value low, mlir::Value high);

/// Copies the statements of a handler that `wants` accepts, each with all that it is computed from; `write` is called for it, with an
/// empty name for `release` and without a value for `deliver`.
void copyWanted(mlir::OpBuilder &builder, const Scope &scope, mlir::Region &handler,
                llvm::function_ref<bool(llvm::StringRef)> wants,
                llvm::function_ref<void(llvm::StringRef, mlir::Value)> write);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_RULES_H
