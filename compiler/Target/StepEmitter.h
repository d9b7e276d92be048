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
  /// Lanes whose neuron would emit more spikes in this step than a queue holds; null where it emits at most one.
  mlir::Value getOverflow() const { return overflow; }

protected:
  void emitSpike(ir::SpikeOp op) override;
  bool isLeftToSpike(mlir::Operation &op) override;

private:
  mlir::Value firedBits(mlir::Value mask);
  void emitWhatOnlySpikesNeed(ir::SpikeOp op);
  mlir::Value compact(mlir::Value bits, mlir::Value counts);

  std::optional<llvm::DenseSet<mlir::Operation *>> leftToSpikes;
  bool isSpiking = false; ///< inside the branch of a spike
  mlir::Value spikeList, spikeCursor, neuronCount, overflow, spikeTicks;
};

} // namespace snn

#endif // SNN_COMPILER_TARGET_STEPEMITTER_H
