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
  void buildRecords(bool advancesFirst);
  void buildAdvance(mlir::Block &block);
  mlir::Value joined(mlir::OpBuilder &at, ir::VariableOp variable);
  /// `value` as a number and what the joined `state` of the target is multiplied by.
  std::pair<mlir::Value, mlir::Value> linearise(mlir::OpBuilder &at, mlir::Value value, llvm::StringRef state);

  /// What the code being built is executed for.
  enum class Occasion { Event, TargetSpike, ModulatorSpike, StepBegins, Condition };
  /// Is this done for every synapse in front of the step?
  bool isInFrontOfStep() const { return occasion == Occasion::StepBegins || occasion == Occasion::Condition; }

  // SynapseRules.cpp
  void addRules();
  mlir::LogicalResult checkRule(const UsedRule &used);
  mlir::Value resolveInRule(mlir::OpBuilder &at, UsedRule &used, ir::VariableOp variable);
  mlir::Value stateInRule(mlir::OpBuilder &at, UsedRule &used, llvm::StringRef state);
  mlir::Value ofLateTarget(mlir::OpBuilder &at, llvm::StringRef slot, bool hasSpiked);
  mlir::Value variableOfSynapse(mlir::OpBuilder &at, llvm::StringRef name);
  void runRules(mlir::OpBuilder &at, llvm::function_ref<mlir::Region *(ir::PlasticityOp)> handlerOf);
  void deliver(mlir::OpBuilder &at);
  void buildRulesOnEvent(mlir::OpBuilder &at);
  void buildRulesOnTargetSpike();
  /// Does an `on post` do something to the synapse, rather than only to what the target keeps?
  bool hearsTargetSpikes();
  void buildRulesOnModulators();

  // AdvanceRules.cpp: states of the synapse between what happens to it
  bool takesEveryStep();
  bool hasLazyStates();
  void bringUpToDate(mlir::OpBuilder &at, bool onlyEventsOfSource);
  void buildEveryStep();
  void integrateRules(mlir::OpBuilder &at);
  void keepWithin(mlir::OpBuilder &at, UsedRule &used);
  void watchConditions(mlir::OpBuilder &at, Member &member, llvm::function_ref<std::string(llvm::StringRef)> slotOf);
  /// Copies what statements read `old` of; `isAgain`, if given, is true where that has been done in this step before.
  void keepBefore(mlir::OpBuilder &at, mlir::Value isAgain);
  bool isDelayStored();
  template <typename OpT> bool handles() {
    return llvm::any_of(rules, [](UsedRule &used) { return only<OpT>(used.rule.definition); });
  }
  void addToTarget(mlir::OpBuilder &at, mlir::Value amount);

  ir::ProjectionOp projection;
  const Landing &landing;
  std::vector<UsedRule> rules;
  mlir::Value weightNow, released; ///< while a handler is built: what statements have made of the weight, and of the event
  bool handlesEvent = false; ///< what is built is the handler of an event, which knows its source
  Occasion occasion = Occasion::Event;
  bool readsOld = false;    ///< while what stands in `old(...)` is built
  bool isDelivered = false; ///< while a handler is built: the event has gone on to the synapse
  Member *synapse = nullptr;       ///< null where its states are kept per target
  Member *output = nullptr; ///< the output clause, where it is evaluated for every synapse
};

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_SYNAPSEBODY_H
