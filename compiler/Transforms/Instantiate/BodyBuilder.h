// Builds the body of one population: its model, fused with the synapses that reach it.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_BODYBUILDER_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_BODYBUILDER_H

#include "compiler/Transforms/Instantiate/Scope.h"

#include "llvm/ADT/StringSet.h"

#include <memory>

namespace snn {

/// What the network says about one population.
struct PopulationPlan {
  ir::PopulationOp population;
  ir::NeuronOp model;
  llvm::SmallVector<ir::ProjectionOp> projections; ///< that end here
  llvm::SmallVector<ir::DriveOp> drives;
  llvm::SmallVector<ir::RecordOp> records;         ///< of a variable, of this population or of a synapse that ends here
  ir::Method method;                               ///< of the experiment, for equations that do not choose
};

/// Where the events of a projection go.
struct Landing {
  std::string field;
  /// The amount that an event of weight `w` adds there, built at the insertion point of a connector.
  std::function<mlir::Value(mlir::OpBuilder &, mlir::Value w, Arguments &)> amount;
};

class BodyBuilder {
public:
  BodyBuilder(mlir::OpBuilder &builder, mlir::SymbolTable &symbols, Settings &settings, PopulationPlan plan)
      : builder(builder), symbols(symbols), settings(settings), plan(std::move(plan)) {}

  /// Builds the body at the insertion point.
  mlir::FailureOr<ir::BodyOp> build(llvm::StringRef name);

  /// The settings of this population, in the order of the body's arguments.
  llvm::ArrayRef<mlir::Attribute> arguments() const { return args.all(); }

  /// Where the events of a projection (merged ones included) land.
  const Landing &landing(ir::ProjectionOp projection) const { return landings.find(projection.getSymName())->second; }

private:
  /// A definition used here, under a prefix of its own, with the parameters it was given.
  struct Member {
    mlir::Operation *definition;
    std::string prefix; ///< of slot names: "" for the neuron, "Expon0." for a synapse
    std::string owner;  ///< of setting names: "N", "E -> N.Expon"
    llvm::StringMap<ir::SetOp> sets;
    std::unique_ptr<Scope> scope;
  };
  /// A projection that is not merged into another.
  struct Channel {
    ir::ProjectionOp projection;
    Member *synapse = nullptr, *output = nullptr;
    std::string pulse; ///< field of Dirac pulses, for a port without synapse
  };

  mlir::LogicalResult addChannels();
  mlir::LogicalResult addChannel(ir::ProjectionOp projection);
  mlir::LogicalResult addSynapseLanding(Channel &channel);
  void addDeltaLanding(Channel &channel);
  Member &addMember(mlir::Operation *definition, llvm::StringRef prefix, llvm::StringRef owner, mlir::Block &sets);
  mlir::Value resolve(mlir::OpBuilder &at, Member &member, ir::VariableOp variable);

  void declareParameters(Member &member);
  void declareParameter(Member &member, llvm::StringRef name);
  bool isPerElement(Member &member, llvm::StringRef name);
  void declareStates(Member &member);
  void initialiseState(Member &member, llvm::StringRef name);
  mlir::Value meaning(mlir::OpBuilder &at, Member &member, ir::VariableOp variable);
  mlir::Value givenValue(mlir::OpBuilder &at, Member &member, ir::VariableOp variable);

  mlir::Value inputTotal(mlir::OpBuilder &at, llvm::StringRef port);
  mlir::Value driveValue(mlir::OpBuilder &at, ir::DriveOp drive);
  mlir::Value restrictToRange(mlir::OpBuilder &at, ir::DriveOp drive, mlir::Value value, mlir::Value otherwise);
  mlir::Value channelOutput(mlir::OpBuilder &at, Channel &channel);

  void buildStep();
  void buildHold();
  void declareHold(ir::RefractoryOp refractory);
  void buildArrivals();
  void zeroArrivals();
  void buildTaps();
  void buildLateTaps();
  Member *memberOfSynapse(llvm::StringRef projection);
  void buildEquations();
  void addOdes(mlir::OpBuilder &at, Member &member, unsigned group, bool synapse);
  void buildSynapseAdvance(mlir::Block &block, bool initially);
  bool startsWithSomething(Member &synapse);
  void buildJumps();
  void buildSpike(mlir::Value before);
  mlir::Value spikeCondition(ir::SpikeRuleOp rule, mlir::Value before, mlir::Value &count);
  void copyHandler(mlir::OpBuilder &at, mlir::Region &handler);
  void copyWhen(mlir::OpBuilder &at, mlir::Value condition, mlir::Region &handler);

  ir::FieldOp declareField(llvm::StringRef name, ir::FieldKind kind, ir::VariableOp unitOf, mlir::Type type = {});
  mlir::Value readSlot(mlir::OpBuilder &at, llvm::StringRef slot);
  void writeSlot(mlir::OpBuilder &at, llvm::StringRef slot, mlir::Value value);
  template <typename OpT> OpT only(mlir::Operation *definition) {
    auto ops = definition->getRegion(0).getOps<OpT>();
    return ops.empty() ? OpT() : *ops.begin();
  }
  mlir::Block &blockOf(mlir::Operation *op) { return op->getRegion(0).front(); }

  mlir::OpBuilder &builder;
  mlir::SymbolTable &symbols;
  Settings &settings;
  PopulationPlan plan;
  ir::BodyOp body;
  ir::PrepareOp prepare;
  ir::InitialiseOp initialise;
  ir::StepOp step;
  Arguments args;
  std::vector<std::unique_ptr<Member>> members; ///< the neuron first
  std::vector<std::unique_ptr<Channel>> channels;
  llvm::StringMap<Landing> landings;
  llvm::StringSet<> declared, initialised; ///< parameters and states done so far
  llvm::StringSet<> slotNames;             ///< of arrivals and taps made so far
  std::vector<std::string> lateTaps;
  mlir::Value held, holdEnds; ///< i1 in `step`; null without a refractory period, or without a block at its end
};

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_BODYBUILDER_H
