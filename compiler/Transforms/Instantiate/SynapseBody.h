// Builds the body of synapses with states of their own or with weights that change: one element per connection, or per source.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_SYNAPSEBODY_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_SYNAPSEBODY_H

#include "compiler/Transforms/Instantiate/PopulationBody.h"

namespace snn {

class SynapseBody : public BodyBuilder {
public:
  /// For a projection aligned `pre` or `connection`, or with plasticity rules. `landing` is where its events go.
  SynapseBody(mlir::OpBuilder &builder, mlir::SymbolTable &symbols, Settings &settings, ir::ProjectionOp projection,
              ir::SimulateOp simulate, const Landing &landing)
      : BodyBuilder(builder, symbols, settings, simulate), projection(projection), landing(landing) {}

  /// Builds the body at the insertion point. Fails, with a message, where the synapse needs what is not supported yet.
  mlir::FailureOr<ir::BodyOp> build(llvm::StringRef name);

private:
  /// A plasticity rule, and what its variables are where statements have changed them.
  struct UsedRule {
    Rule rule;
    Member *member;
    llvm::StringMap<mlir::Value> locals;
  };

  mlir::Value resolve(mlir::OpBuilder &at, Member &member, ir::VariableOp variable) override;
  mlir::Value weight(mlir::OpBuilder &at);
  mlir::LogicalResult checkSupported(Member &member);
  void buildEvent();
  void buildContribution();
  void buildAdvance(mlir::Block &block);
  mlir::Value joined(mlir::OpBuilder &at, ir::VariableOp variable);
  /// `value` as a number and what the joined `state` of the target is multiplied by.
  std::pair<mlir::Value, mlir::Value> linearise(mlir::OpBuilder &at, mlir::Value value, llvm::StringRef state);

  // SynapseRules.cpp
  void addRules();
  mlir::LogicalResult checkRule(const UsedRule &used);
  bool hasLazyStates();
  mlir::Value resolveInRule(mlir::OpBuilder &at, UsedRule &used, ir::VariableOp variable);
  void bringUpToDate(mlir::OpBuilder &at, bool onlyEventsOfSource);
  void runRules(mlir::OpBuilder &at, llvm::function_ref<mlir::Region *(ir::PlasticityOp)> handlerOf);
  void buildRulesOnEvent(mlir::OpBuilder &at);
  void buildRulesOnTargetSpike();
  void addToTarget(mlir::OpBuilder &at, mlir::Value amount);

  ir::ProjectionOp projection;
  const Landing &landing;
  std::vector<UsedRule> rules;
  mlir::Value weightNow, released; ///< while a handler is built: what statements have made of the weight, and of the event
  bool targetSpikes = false;       ///< the handler is that of the target's spike
  bool handlesEvent = false;       ///< what is built is the handler of an event, which knows its source
  Member *synapse = nullptr;       ///< null where its states are kept per target
  Member *output = nullptr; ///< the output clause, where it is evaluated for every synapse
};

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_SYNAPSEBODY_H
