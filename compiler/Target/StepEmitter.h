// Emits the step of a body inside the time loop: lanes that can spike.

#ifndef SNN_COMPILER_TARGET_STEPEMITTER_H
#define SNN_COMPILER_TARGET_STEPEMITTER_H

#include "compiler/Target/LaneEmitter.h"

namespace snn {

class StepEmitter : public LaneEmitter {
public:
  using LaneEmitter::LaneEmitter;

  /// Where spikes go: the worker's list, the number of spikes in it so far (i64), and how many neurons the share has (i64).
  void setSpikes(mlir::Value list, mlir::Value cursor, mlir::Value neurons) {
    spikeList = list;
    spikeCursor = cursor;
    neuronCount = neurons;
  }
  /// Address of an i64: adds the time that spikes take to it.
  void setSpikeTicks(mlir::Value address) { spikeTicks = address; }
  mlir::Value getCursor() const { return spikeCursor; }
  /// What has passed (i32) since the group of neurons was last looked at; null where every step looks at all.
  void setElapsed(mlir::Value passed) { elapsed = passed; }
  /// How much passes in this step, the same for all neurons; in front of the loop.
  mlir::Value passedBy(ir::CountDownOp op) { return scalar(op.getPassed()); }
  /// The lanes of a slot at this point of the step.
  mlir::Value lanesOf(llvm::StringRef slot) { return readSlot(slot); }
  /// Lanes whose neuron would emit more spikes in this step than a queue holds; null where it emits at most one.
  mlir::Value getOverflow() const { return overflow; }

protected:
  void emitSpike(ir::SpikeOp op) override;
  void emitCountDown(ir::CountDownOp op) override;
  bool isLeftToSpike(mlir::Operation &op) override;

private:
  mlir::Value firedBits(mlir::Value mask);
  using SpikeSlots = llvm::MapVector<llvm::StringRef, mlir::Value>; ///< what a spike writes, with its value before
  void emitWhatSpikesCause(StepEmitter &emitter, ir::SpikeOp op);
  mlir::Value append(mlir::ImplicitLocOpBuilder &b, mlir::Value cursor, mlir::Value laneNumber, mlir::Value count);
  llvm::SmallVector<mlir::Value> spikeTogether(ir::SpikeOp op, mlir::Value bits, const SpikeSlots &slots);
  llvm::SmallVector<mlir::Value> spikeOneByOne(ir::SpikeOp op, mlir::Value bits, const SpikeSlots &slots);
  llvm::SmallVector<mlir::Value> spikeAsManyDo(ir::SpikeOp op, mlir::Value bits, const SpikeSlots &slots);

  std::optional<llvm::DenseSet<mlir::Operation *>> leftToSpikes;
  bool isSpiking = false; ///< inside the branch of a spike
  llvm::SmallVector<llvm::StringRef> counted; ///< slots that are waits
  mlir::Value spikeList, spikeCursor, neuronCount, overflow, spikeTicks, elapsed;
};

} // namespace snn

#endif // SNN_COMPILER_TARGET_STEPEMITTER_H
