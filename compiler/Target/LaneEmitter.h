// Emits the straight-line code of a body for many neurons at once.
//
// A value that is the same for all neurons stays a scalar in double precision and is computed in front of the loop; where it
// meets a value of a neuron it is rounded to the precision of the states and broadcast. With one lane the same code makes
// the scalar functions that prepare and initialise.

#ifndef SNN_COMPILER_TARGET_LANEEMITTER_H
#define SNN_COMPILER_TARGET_LANEEMITTER_H

#include "dialects/snn/SnnDialect.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

#include <optional>

namespace snn {

/// Values of the running program that a body's code refers to. Null where a function has no use for them.
struct EmissionContext {
  mlir::Value state, worker, instance; ///< pointers
  mlir::Value uniforms;                ///< of this population, pointer to f64
  mlir::Value fields;                  ///< of this population, pointer to pointers
  mlir::Value stepNumber;              ///< f64
  mlir::Value step;                    ///< i64
  mlir::Value count;                   ///< f64: neurons of the population
  mlir::Value owner;                   ///< i32: the population or projection
  mlir::Value stream;                  ///< i32: of the population or projection
  mlir::Value element;                 ///< i64: names the element to random numbers (one lane only)
  mlir::Value preIndex, postIndex;     ///< f64 (connectors and synapses)
  mlir::Value preElement, postElement; ///< i64: the joined neurons, as random numbers name them (connectors)
  mlir::Value preStream, postStream;   ///< i32: of their populations (connectors)
  mlir::Value weights, weight;         ///< of synapses: pointer to the stored ones; f64: the one for all
  mlir::Value synapse;                 ///< i64: whose weight, where the elements are sources
  mlir::Value joined;                  ///< pointer: of a body of synapses, the fields of the neurons it joins (i32)
  const llvm::SetVector<std::pair<ir::End, llvm::StringRef>> *joinedFields = nullptr; ///< in the order of `joined`
  mlir::Value modulators;              ///< pointer: population and borders (settings) of each modulator of the projection (i32)
  llvm::SmallVector<llvm::StringRef> modulatorNames; ///< in the order of `modulators`
  mlir::Value sourceElement, targetElement; ///< i64: position in the population, in the worker's share
  mlir::Value sourceBase;              ///< i64: position in its population of the source that element 0 is, where elements are sources
  mlir::Value historyRow;              ///< i64: of the step that is read or written in histories
  mlir::Value lateRow, targetBegin;    ///< i64: of the step of the target that is seen behind a dendritic delay; where its share begins
  mlir::Value eventStep, emissionStep; ///< i32: steps begun when the event acts, and when it was emitted
  mlir::Value slopes;                  ///< pointer: the second field of the route, as `sums`
  mlir::Value sums;                    ///< pointer: the field that events add to, at target 0 of the block
  mlir::Value targets, firstTarget;    ///< pointer to i16: of the synapses of the block; i64: what target 0 is in the share
  std::optional<ir::End> sharedEnd;    ///< the neuron that all elements of the loop have in common; with the source, the modulators
  mlir::Value first;                   ///< i32: position in the population of lane 0 of the loop's first iteration
  int firstFieldEntry = 0;             ///< entry of `instance` with the number of the first field
  int firstArgument = 0;               ///< entry of `instance` with the first argument
  bool isLoop = true;                  ///< false: straight-line code, where everything is computed where it stands
};

class LaneEmitter {
public:
  /// `lanes` = 1 emits scalars of type `real`. Fields are stored as `stored` (f32 or f64). Scalars go to `before`, which must
  /// dominate `inside`.
  LaneEmitter(ir::BodyOp body, EmissionContext context, unsigned lanes, mlir::Type real, mlir::Type stored,
              mlir::ImplicitLocOpBuilder &before, mlir::ImplicitLocOpBuilder &inside)
      : body(body), context(context), lanes(lanes), real(real), stored(stored), before(before), inside(inside) {}
  virtual ~LaneEmitter() = default;

  /// Emits all operations of the block; `offset` (i64) is the element of a field that lane 0 works on.
  void emit(mlir::Block &block, mlir::Value offset);

  /// Loads the fields that the block reads, for the element at `offset`, so that a loop inside need not.
  void loadFields(mlir::Block &block, mlir::Value offset);

  /// Stores what has been written.
  void storeWritten();

  /// The emitted counterpart of a value of the block: lanes, or a scalar if there is one lane.
  mlir::Value lane(mlir::Value value);

  /// Vector of the lanes, or the scalar type if there is one lane.
  mlir::Type laneType(mlir::Type element) const;

  /// This emitter, of one lane, goes on for lane `which` (i64) where `other`, of many, is: what that has computed is taken from it.
  void continueFor(LaneEmitter &other, mlir::Value which);

  /// Current lanes of all slots written so far that are states of the neuron itself.
  llvm::SmallVector<mlir::Value> writtenStates();

protected:
  /// A spike; only loops over time have them.
  virtual void emitSpike(ir::SpikeOp op) { llvm_unreachable("spikes happen in the time loop"); }

  /// A wait that is counted down; only loops over time have them.
  virtual void emitCountDown(ir::CountDownOp op) { llvm_unreachable("waits are counted in the time loop"); }

  /// Is the operation left out where it stands, because it is computed where it is used?
  virtual bool isLeftToSpike(mlir::Operation &op) { return false; }

  void emitOperation(mlir::Operation &op);
  void emitWrite(ir::WriteOp op);
  void emitWhen(ir::WhenOp op);
  // LaneLoops.cpp
  void emitBranch(ir::WhenOp op);
  void emitRepeat(ir::RepeatOp op);
  void emitIterate(ir::IterateOp op);
  /// Emits the body of a loop with `values` as its arguments; returns what it yields.
  llvm::SmallVector<mlir::Value> emitRound(mlir::Block &block, mlir::ValueRange values);
  mlir::Value readSlot(llvm::StringRef slot);
  mlir::Value loadLanes(mlir::Value address, mlir::Type storedElement, mlir::Type element);
  mlir::Value loadField(ir::FieldOp field);
  mlir::Type storedType(ir::FieldOp field) const;
  mlir::Value fieldAddress(ir::FieldOp field);
  mlir::Value historyAddress(ir::FieldOp field, mlir::Value row);
  mlir::Value emitLookBack(ir::LookBackOp op);
  bool isScalar(mlir::Value value);
  mlir::Value scalar(mlir::Value value);
  mlir::Value scalarOfOperation(mlir::Operation *op);
  /// What the program gives: a setting, a uniform, dt, time. Null for any other operation.
  mlir::Value emitGiven(mlir::ImplicitLocOpBuilder &b, mlir::Operation *op);
  mlir::Value toLanes(mlir::Value scalarValue);
  mlir::Value emitWeight();
  mlir::Value emitJoined(mlir::ImplicitLocOpBuilder &b, ir::JoinedOp op);
  mlir::Value loadJoinedLanes(mlir::ImplicitLocOpBuilder &b, mlir::Value array, ir::JoinedOp op);
  mlir::Value gather(mlir::ImplicitLocOpBuilder &b, mlir::Value array, mlir::Value indices);
  void emitSetWeight(ir::SetWeightOp op);
  void emitAddToTarget(ir::AddToTargetOp op);
  bool isShared(ir::JoinedOp op) const;
  mlir::Value modulatorElement(mlir::ImplicitLocOpBuilder &b, ir::JoinedOp op);
  int32_t joinedIndex(ir::JoinedOp op);
  mlir::Value emitIndex(ir::IndexOp op);
  mlir::Value elementIndex();
  mlir::Value sharedElement();
  mlir::Value emitRandom(ir::RandomOp op);
  mlir::Value emitPoissonCount(ir::PoissonCountOp op);
  mlir::Value emitDraw(ir::DrawOp op);
  mlir::Value emitData(ir::DataOp op);
  void emitPropagator(ir::PropagatorOp op);
  mlir::Value laneConstant(double number);

  ir::BodyOp body; ///< null for connectors
  EmissionContext context;
  unsigned lanes;
  mlir::Type real, stored;
  mlir::ImplicitLocOpBuilder &before, &inside;
  mlir::Value offset;
  const mlir::IRMapping *wider = nullptr; ///< values of the emitter that this one goes on for
  mlir::Value laneOfWider;                ///< index
  mlir::Value round; ///< i32: of the enclosing `snn.repeat`; null outside of one
  mlir::IRMapping scalars, vectors;
  llvm::DenseMap<mlir::Value, mlir::Value> broadcasts;
  llvm::DenseMap<mlir::Value, bool> scalarity;
  llvm::MapVector<llvm::StringRef, mlir::Value> current; ///< slot -> lanes
  llvm::SetVector<llvm::StringRef> written;
};

/// The fields of the neurons that the synapses of a body look at, in the order in which they are numbered.
llvm::SetVector<std::pair<ir::End, llvm::StringRef>> findJoinedFields(ir::ProgramOp program, llvm::StringRef body);

} // namespace snn

#endif // SNN_COMPILER_TARGET_LANEEMITTER_H
