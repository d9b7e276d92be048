// Spikes within the sub-steps of adaptive equations: the spike condition is tested after every accepted sub-step, and the
// spike block changes what the next one starts from.

#ifndef SNN_COMPILER_TRANSFORMS_SOLVE_SUBSTEPSPIKES_H
#define SNN_COMPILER_TRANSFORMS_SOLVE_SUBSTEPSPIKES_H

#include "dialects/snn/SnnDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

namespace snn {

class SubstepSpikes {
public:
  /// `outside` builds in front of the loop over sub-steps, and behind it once there is one.
  SubstepSpikes(ir::IntegrateOp system, mlir::OpBuilder &outside) : system(system), outside(outside) {}

  /// What spikes carry from sub-step to sub-step, besides the `states` of the system: nothing if there is no spike block.
  llvm::SmallVector<mlir::Value> starts(llvm::ArrayRef<llvm::StringRef> states);

  /// Does the spike block change this slot, which is no state of the system?
  bool writes(llvm::StringRef slot) const { return llvm::is_contained(written, slot); }

  /// Builds what happens after a sub-step. `values` are the states before and after it, `holding` says whether spikes hold
  /// them; `carried` are the block's arguments for `starts`. Returns what is carried on.
  llvm::SmallVector<mlir::Value> afterSubstep(mlir::OpBuilder &inside, llvm::ArrayRef<llvm::StringRef> states,
                                              llvm::MutableArrayRef<mlir::Value> values, mlir::Value isAccepted,
                                              mlir::Value &holding, mlir::ValueRange carried);

  /// Hands the results of the loop over.
  void finish(mlir::ValueRange results);

private:
  using Slots = llvm::MapVector<llvm::StringRef, mlir::Value>;
  bool exists() { return !system.getAfterSubstep().empty(); }
  mlir::Value before(llvm::StringRef slot, mlir::Type type);
  /// The statements of the block with slots read from and written to `slots`; returns the value that is yielded.
  mlir::Value copy(mlir::OpBuilder &inside, mlir::Block &block, mlir::IRMapping &mapping, Slots &slots);

  ir::IntegrateOp system;
  mlir::OpBuilder &outside;
  llvm::SmallVector<llvm::StringRef> written; ///< slots other than states of the system
  llvm::StringMap<mlir::Value> reads;         ///< at the start of the step
};

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_SOLVE_SUBSTEPSPIKES_H
