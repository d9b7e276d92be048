// State shared by the files that lower a program; one object per call of `lowerProgram`.

#ifndef SNN_COMPILER_TARGET_PROGRAMLOWERING_H
#define SNN_COMPILER_TARGET_PROGRAMLOWERING_H

#include "compiler/Target/AbiTypes.h"
#include "compiler/Target/LaneEmitter.h"

#include "mlir/IR/BuiltinOps.h"

namespace snn {

struct PairShares;

/// Positions of a program's symbols in the tables of abi.h.
class TableIndices {
public:
  explicit TableIndices(ir::ProgramOp program);
  uint32_t setting(llvm::StringRef name) const { return settings.lookup(name); }
  uint32_t population(llvm::StringRef name) const { return populations.lookup(name); }
  uint32_t route(llvm::StringRef name) const { return routes.lookup(name); }
  uint32_t firstField(llvm::StringRef population) const { return firstFields.lookup(population); }
  uint32_t firstUniform(llvm::StringRef population) const { return firstUniforms.lookup(population); }
  uint32_t fieldCount() const { return fields; }
  uint32_t uniformCount() const { return uniforms; }

private:
  llvm::StringMap<uint32_t> settings, populations, routes, firstFields, firstUniforms;
  uint32_t fields = 0, uniforms = 0;
};

/// What a synapse adds to its target, and if that depends on a state of the target, what this is multiplied by.
mlir::ValueRange yieldedOf(ir::ContributionOp contribution);

class ProgramLowering {
public:
  ProgramLowering(mlir::ModuleOp module, ir::ProgramOp program, unsigned lanes, bool profile);
  void lower();

private:
  /// An i32 array per body, connector or delivery: one row for each population or projection that shares it.
  struct InstanceTable {
    std::string name;
    uint32_t rows = 0, stride = 0;
  };
  /// Entries of a row of a body's table, before the arguments. A connector's row has the streams of the joined populations in place of
  /// the first field and uniform. In the row of a body of
  /// synapses the owner is the projection, and its target field stands in place of the first field.
  enum Entry { Owner, FirstField, FirstUniform, Stream, FirstArgument, PreStream = FirstField, PostStream = FirstUniform };

  InstanceTable addTable(llvm::StringRef name, const std::vector<std::vector<uint32_t>> &rows);
  InstanceTable bodyTable(ir::BodyOp body);
  InstanceTable synapseTable(ir::BodyOp body);
  InstanceTable connectorTable(ir::ConnectorOp connector, uint32_t first = 0);

  /// Symbols are of this program; debuggers and profilers show a name after the population or projection: "N.step".
  mlir::LLVM::LLVMFuncOp addFunction(ir::BodyOp body, llvm::StringRef part, llvm::ArrayRef<mlir::Type> arguments, mlir::Type result = {});
  mlir::LLVM::LLVMFuncOp addFunction(ir::ConnectorOp connector, llvm::StringRef part, llvm::ArrayRef<mlir::Type> arguments,
                                     mlir::Type result = {});
  /// One that the model table points to: "snn_run", shown as "Coba.run".
  mlir::LLVM::LLVMFuncOp addEntryPoint(llvm::StringRef part, llvm::ArrayRef<mlir::Type> arguments, mlir::Type result = {});
  mlir::LLVM::LLVMFuncOp addFunction(const llvm::Twine &symbol, mlir::Location location, llvm::ArrayRef<mlir::Type> arguments,
                                     mlir::Type result, mlir::LLVM::Linkage linkage);
  std::string shownName(ir::BodyOp body, llvm::StringRef part);
  /// The location of a function at `place`, under the name that is shown.
  mlir::Location shownAs(const llvm::Twine &name, mlir::Location place);
  EmissionContext bodyContext(mlir::ImplicitLocOpBuilder &b, mlir::Value state, mlir::Value worker, mlir::Value instance);
  /// Calls `content` for every row of the table, in a loop.
  void forEachRow(mlir::ImplicitLocOpBuilder &b, const InstanceTable &table,
                  llvm::function_ref<void(mlir::ImplicitLocOpBuilder &, mlir::Value row)> content);

  mlir::Value populationSize(mlir::ImplicitLocOpBuilder &b, mlir::Value state, ir::BodyOp body, mlir::Value instance);
  void lowerPrepare();
  mlir::LLVM::LLVMFuncOp lowerPrepareBody(ir::BodyOp body);
  mlir::LLVM::LLVMFuncOp lowerPrepareConnector(ir::ConnectorOp connector);
  void lowerInitialise();
  mlir::LLVM::LLVMFuncOp lowerInitialiseBody(ir::BodyOp body);
  mlir::LLVM::LLVMFuncOp lowerInitialiseSynapses(ir::BodyOp body, ir::Alignment alignment);
  void lowerInitialiseSynapses();
  void lowerSynapses();
  mlir::LLVM::LLVMFuncOp lowerConnector(ir::ConnectorOp connector, bool perWeight);
  // LowerContacts.cpp
  void lowerContacts();
  mlir::LLVM::LLVMFuncOp lowerContactValues(ir::ConnectorOp connector, const PairShares &shares);
  mlir::LLVM::LLVMFuncOp lowerContactProbabilities(ir::ConnectorOp connector, const PairShares &shares);
  /// Adds an entry point that hands over to the function of the connector whose projection (or change) is asked for.
  void addConnectorEntry(llvm::StringRef part, llvm::ArrayRef<mlir::Type> rest,
                         llvm::ArrayRef<std::pair<mlir::LLVM::LLVMFuncOp, InstanceTable>> callees);
  void lowerRun();
  using PhaseFunctions = llvm::DenseMap<mlir::Operation *, mlir::LLVM::LLVMFuncOp>;
  void callPhase(mlir::ImplicitLocOpBuilder &b, mlir::Operation &phase, const PhaseFunctions &functions, mlir::Value state, mlir::Value worker,
                 mlir::Value k);
  void lowerReaction(ir::TimeLoopOp timeLoop, const PhaseFunctions &functions);
  mlir::LLVM::LLVMFuncOp lowerStep(ir::LanesOp lanesOp);
  /// What the code of one block of rows refers to.
  struct BlockContext {
    EmissionContext emission;
    mlir::Value sources, start, target, firstTarget; ///< i64, pointers, i64
    mlir::Value everyPair;    ///< i1: every source reaches every target once and by the same weight
    mlir::Value sums, slopes; ///< pointers: what is added to, at target 0; the second null unless the state of the target matters
  };
  /// What plasticity rules know about an event of a row: who has emitted it, when, and where it adds; `addsToSlope` is the entry of the second
  /// field, if there is one.
  void describeEvent(mlir::ImplicitLocOpBuilder &b, BlockContext &c, mlir::Value state, mlir::Value worker, mlir::Value instance,
                     mlir::Value k, mlir::Value row, mlir::Value delay, std::optional<int32_t> addsToSlope);
  /// Entry of a row of a body of synapses: the field of the target's slopes. It stands behind the arguments.
  int32_t slopeEntry(ir::BodyOp body);
  /// Entry behind that: 1 if every source reaches every target once and by the same weight.
  int32_t everyPairEntry(ir::BodyOp body) { return slopeEntry(body) + 1; }
  void describeJoined(mlir::ImplicitLocOpBuilder &b, EmissionContext &c, ir::BodyOp body, mlir::Value instance);
  /// Which step of their targets synapses see in step k, if their `delay` is dendritic; `steps` further back.
  void describeLateTarget(mlir::ImplicitLocOpBuilder &b, EmissionContext &c, ir::BodyOp body, mlir::Value state, mlir::Value worker,
                          mlir::Value instance, mlir::Value k, mlir::Value delay, int64_t steps);
  BlockContext blockContext(mlir::ImplicitLocOpBuilder &b, mlir::Value state, mlir::Value worker, mlir::Value instance, mlir::Value block);
  // LowerRules.cpp
  mlir::LLVM::LLVMFuncOp lowerResponse(ir::RespondOp respond);
  mlir::LLVM::LLVMFuncOp lowerEmission(ir::EmitOp emit);
  llvm::SmallVector<llvm::StringRef> modulatorsOf(ir::BodyOp body);
  // LowerVisit.cpp
  mlir::LLVM::LLVMFuncOp lowerVisit(ir::VisitOp visit);
  void visitRows(mlir::ImplicitLocOpBuilder &b, ir::VisitOp visit, BlockContext &c, mlir::Value segment, mlir::Value firstSource,
                 mlir::Value delayNumber, mlir::Value delays);
  mlir::Value spikesOfModulator(mlir::ImplicitLocOpBuilder &b, mlir::Value state, mlir::Value modulator, mlir::Value step);
  mlir::LLVM::LLVMFuncOp lowerAside(ir::LanesOp lanesOp);
  using SpikeContent = llvm::function_ref<void(mlir::ImplicitLocOpBuilder &, mlir::Value neuron)>;
  /// Calls `content` for every spike that this worker's share of a population has emitted in step k.
  void forEachSpike(mlir::ImplicitLocOpBuilder &b, mlir::Value state, mlir::Value worker, mlir::Value population, mlir::Value k, SpikeContent content);
  /// k modulo the number of steps in a history; `back` steps earlier if given.
  mlir::Value historyRow(mlir::ImplicitLocOpBuilder &b, mlir::Value state, mlir::Value k, mlir::Value back = {});

  mlir::LLVM::LLVMFuncOp lowerEvent(ir::TransmitOp transmit, ir::OnEventOp event);
  // LowerContributions.cpp
  /// What a loop over the elements of a block does; where events come in between, it takes two of them.
  enum class Part { Advance, Contribute, Both };
  void lowerElements(mlir::ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c, Part part);
  void lowerElementsOfSynapses(mlir::ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c, Part part);
  void lowerElementsOfSources(mlir::ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c, Part part);
  void addRowByRow(mlir::ImplicitLocOpBuilder &b, ir::ContributionOp contribution, ir::BodyOp body, BlockContext &c);
  void addToAll(mlir::ImplicitLocOpBuilder &b, ir::ContributionOp contribution, ir::BodyOp body, BlockContext &c);
  EmissionContext contextOfRow(mlir::ImplicitLocOpBuilder &b, BlockContext &c, mlir::Value row);
  void advanceSources(mlir::ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c);
  void forEachBlock(mlir::ImplicitLocOpBuilder &b, ir::TransmitOp transmit, mlir::ValueRange arguments,
                    llvm::function_ref<void(mlir::ImplicitLocOpBuilder &, BlockContext &)> content);
  bool advancesFirst(ir::TransmitOp transmit) const;
  mlir::LLVM::LLVMFuncOp lowerTransmission(ir::TransmitOp transmit);
  void callDelivery(mlir::ImplicitLocOpBuilder &b, ir::DeliverOp deliver, mlir::Value state, mlir::Value worker, mlir::Value k);
  void callMeet(mlir::ImplicitLocOpBuilder &b, mlir::Value state, mlir::Value worker, mlir::Value k);
  void callSupply(mlir::ImplicitLocOpBuilder &b, mlir::Value state, mlir::Value worker, mlir::Value k);
  void reportFailure(mlir::ImplicitLocOpBuilder &b, mlir::Value bad, mlir::Value state, mlir::Value worker, mlir::Value population, mlir::Value k);

  using Content = llvm::function_ref<void(mlir::ImplicitLocOpBuilder &)>;
  /// Adds the time that `content` takes to a counter of snn_profile, at index `owner` where that is an array. Emits `content`
  /// alone where no profile is wanted.
  void timed(mlir::ImplicitLocOpBuilder &b, mlir::Value worker, unsigned counter, mlir::Value owner, Content content);
  /// Of the population, or the projection and its events, that the row is about.
  void timedIntegration(mlir::ImplicitLocOpBuilder &b, mlir::Value worker, mlir::Value row, Content content);
  void timedArrival(mlir::ImplicitLocOpBuilder &b, mlir::Value worker, mlir::Value row, Content content);
  mlir::Value counterAddress(mlir::ImplicitLocOpBuilder &b, mlir::Value worker, unsigned counter, mlir::Value owner);

  mlir::Value integer(mlir::ImplicitLocOpBuilder &b, int64_t value, unsigned bits = 64);

  mlir::ModuleOp module;
  ir::ProgramOp program;
  unsigned lanes;
  bool profile;
  TableIndices indices;
  mlir::MLIRContext *context;
  mlir::Type pointer, i32, i64, f64, real;
  llvm::StringMap<InstanceTable> tables;          ///< of bodies and connectors
  llvm::StringMap<llvm::SetVector<std::pair<ir::End, llvm::StringRef>>> joinedFields; ///< of bodies of synapses
  llvm::StringMap<ir::Alignment> synapseBodies;   ///< bodies whose elements are synapses or sources
};

} // namespace snn

#endif // SNN_COMPILER_TARGET_PROGRAMLOWERING_H
