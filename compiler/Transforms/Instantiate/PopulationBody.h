// Builds the body of one population: its model, fused with the synapses that reach it.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_POPULATIONBODY_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_POPULATIONBODY_H

#include "compiler/Transforms/Instantiate/BodyBuilder.h"
#include "compiler/Transforms/Instantiate/Rules.h"

#include <set>

namespace snn {

struct JoinedRead;

/// What the network says about one population.
struct PopulationPlan {
  ir::PopulationOp population;
  ir::NeuronOp model;
  llvm::SmallVector<ir::ProjectionOp> projections; ///< that end here
  llvm::SmallVector<ir::DriveOp> drives;
  llvm::SmallVector<ir::RecordOp> records; ///< of a variable, of this population or of a synapse that ends here
  ir::SimulateOp simulate;                 ///< with the method for equations that do not choose
  llvm::SmallVector<ir::ProjectionOp> outgoing; ///< that start here
  llvm::SmallVector<ir::ProjectionOp> modulated; ///< whose rules have a modulator here
};

/// Where the events of a projection go; of a projection whose synapses have states of their own, what they put out.
struct Landing {
  std::string field;
  /// The amount that an event of weight `w` adds there, built at the insertion point of a connector.
  std::function<mlir::Value(mlir::OpBuilder &, mlir::Value w, Arguments &)> amount;
  std::string slope = {}; ///< field of what a state of the target is multiplied by (`linearisedState`); empty: none
  std::string synapsePrefix = {}; ///< of the slots of a synapse that is kept per target
};

/// A field that follows an array over time.
struct Supply {
  ir::CourseOp course; ///< in the drive
  std::string field;
};

class PopulationBody : public BodyBuilder {
public:
  PopulationBody(mlir::OpBuilder &builder, mlir::SymbolTable &symbols, Settings &settings, PopulationPlan plan)
      : BodyBuilder(builder, symbols, settings, plan.simulate), plan(std::move(plan)) {
    ofPopulation = this->plan.population;
  }

  /// Builds the body at the insertion point.
  mlir::FailureOr<ir::BodyOp> build(llvm::StringRef name);

  /// Where the events of a projection (merged ones included) land.
  const Landing &landing(ir::ProjectionOp projection) const { return landings.find(projection.getSymName())->second; }

  /// What the drives of this population take from arrays over time.
  llvm::ArrayRef<Supply> supplies() const { return supplied; }

private:
  /// A projection that is not merged into another.
  struct Channel {
    ir::ProjectionOp projection;
    Member *synapse = nullptr, *output = nullptr;
    std::string sum;   ///< field of what the synapses put out, where they have states of their own
    std::string slope, state; ///< field of what `state` is multiplied by and added to that; empty: nothing
    std::string pulse; ///< field of Dirac pulses, for a port without synapse
  };

  /// The states of a plasticity rule that this population keeps as its source or as its target.
  struct KeptRule {
    Rule rule;
    Member *member;
    ir::End end;
  };

  mlir::Value resolve(mlir::OpBuilder &at, Member &member, ir::VariableOp variable) override;

  bool hasAdaptiveEquations();
  std::string joinedName(const Member &member, ir::VariableOp variable);
  void addChannels();
  bool isNameOfMechanism(ir::ProjectionOp projection, llvm::StringRef number);
  bool isEventBySign(ir::VariableOp input);
  void runOnEvents(ir::OnInputOp handler, llvm::StringRef field);
  void addChannel(ir::ProjectionOp projection);
  void addSynapseLanding(Channel &channel);
  void addSumLanding(Channel &channel);
  void addDeltaLanding(Channel &channel);

  mlir::Value inputTotal(mlir::OpBuilder &at, llvm::StringRef port);
  std::string driveName(ir::DriveOp drive);
  std::string heldField(ir::DriveOp drive) { return "held." + driveName(drive); }
  void holdDrive(mlir::OpBuilder &at, ir::DriveOp drive);
  mlir::Value driveValue(mlir::OpBuilder &at, ir::DriveOp drive);
  mlir::Value driveExpression(mlir::OpBuilder &at, ir::DriveOp drive);
  mlir::Value takeFromFields(mlir::OpBuilder &at, ir::DriveOp drive, mlir::Value value);
  const std::string &suppliedField(ir::CourseOp course);
  mlir::Value externalValue(mlir::OpBuilder &at, llvm::StringRef input, const Spelling &spelling);
  mlir::Value restrictToRange(mlir::OpBuilder &at, ir::DriveOp drive, mlir::Value value, mlir::Value otherwise);
  mlir::Value synapseOutput(mlir::OpBuilder &at, Channel &channel);
  mlir::Value channelOutput(mlir::OpBuilder &at, Channel &channel);

  // PopulationRules.cpp
  void addRules();
  void buildRuleAdvance();
  void buildRuleSpike();
  void buildRemember();
  void remember(mlir::OpBuilder &at, Member &member, llvm::StringRef state, const std::string &history);
  void keepInHistory(mlir::OpBuilder &at, const std::string &history, const Spelling &spelling,
                     llvm::function_ref<mlir::Value(mlir::OpBuilder &)> value);
  void buildRuleStart();
  mlir::Value resolveOldInRule(mlir::OpBuilder &at, Member &member, ir::VariableOp variable);
  void keepWithin(mlir::OpBuilder &at, KeptRule &kept);
  bool isSeenLate();
  void rememberForDendrites(mlir::OpBuilder &at, bool atBeginning);
  void rememberAhead(mlir::OpBuilder &at);
  llvm::SmallVector<llvm::StringRef> sorted(const llvm::StringSet<> &names);

  // PopulationJoined.cpp
  mlir::LogicalResult findShown();
  void findShownAsModulator();
  mlir::LogicalResult checkShown(const JoinedRead &read);
  void buildShown();
  void rememberShown(mlir::OpBuilder &at);

  // DelayedValues.cpp
  mlir::LogicalResult findDelayed();
  void rememberDelayed(mlir::OpBuilder &at);
  mlir::Value delayedValue(mlir::OpBuilder &at, ir::VariableOp variable);
  void declareSteps(Member &member, ir::VariableOp delayed);
  llvm::SmallVector<ir::VariableOp> pastsOf(const KeptRule &kept);
  bool readsStates(const KeptRule &kept, ir::VariableOp delayed);
  void declareRulePasts();
  void lookBackInRules(mlir::OpBuilder &at, bool atStatesOfRules);

  void buildStep();
  void buildHold();
  void declareHold(ir::RefractoryOp refractory);
  void buildArrivals();
  void zeroArrivals();
  void buildPast();
  mlir::Value pastValue(mlir::OpBuilder &at, ir::VariableOp variable);
  void buildPeriodic();
  void buildOnStep();
  void buildEvents();
  /// Values of shared states are drawn once for all neurons; fails where one depends on a single neuron.
  mlir::LogicalResult shareDraws();
  mlir::LogicalResult shareDraws(mlir::Value value, ir::VariableOp state);
  std::string tapPrefix();
  void buildTaps();
  void buildLateTaps();
  Member *memberOfSynapse(llvm::StringRef projection);
  void buildCurrentTap(mlir::OpBuilder &at, ir::RecordOp record);
  void buildEquations(mlir::Value above);
  void buildGroup(unsigned group, mlir::Value above);
  void addSubstepSpikes(ir::IntegrateOp system);
  mlir::Value addLateSpikes();
  void buildSynapseAdvance(mlir::Block &block, bool initially);
  void buildJumps();
  void buildSpike(mlir::Value before);
  mlir::Value spikesHold();
  bool isHeld(llvm::StringRef state);
  mlir::Value spikeCondition(ir::SpikeRuleOp rule, mlir::Value before, mlir::Value &count);
  // PoissonSpikes.cpp
  mlir::Value countDown(ir::SpikeRuleOp rule, mlir::Value mean, mlir::Value &count);
  void drawWait(mlir::OpBuilder &at, mlir::Value uniform);
  void copyHandler(mlir::OpBuilder &at, mlir::Region &handler);
  void copyWhen(mlir::OpBuilder &at, mlir::Value condition, mlir::Region &handler);

  PopulationPlan plan;
  std::vector<std::unique_ptr<Channel>> channels;
  std::vector<KeptRule> rules;
  std::set<std::string> shownNow, shownLater; ///< variables that synapses read, as they are and as they were
  bool readsOldInRule = false; ///< while what stands in `old(...)` of a rule is built
  llvm::StringMap<Landing> landings;
  std::vector<Supply> supplied;
  llvm::StringSet<> slotNames; ///< of arrivals and taps made so far
  std::vector<std::string> lateTaps;
  llvm::StringMap<mlir::Value> undriven; ///< parameters whose drive is being built
  static constexpr const char *sinceSpike = "spike.since"; ///< field: steps since the last spike
  llvm::StringMap<mlir::Value> past; ///< of what looks back, in `step`
  bool countsSinceSpike = false;
  mlir::Value substepSpikes;         ///< f64 in `step`: spikes that adaptive equations have met; null without any
  mlir::Value nextWait; ///< i1 in `step` where spikes of a Poisson process are waited for: a number for the next wait
  mlir::Value held, holdEnds; ///< i1 in `step`; null without a refractory period, or without a block at its end
};

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_POPULATIONBODY_H
