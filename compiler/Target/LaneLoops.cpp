// Loops over the sub-steps of a step, and branches that all neurons of a population take together.

#include "compiler/Target/LaneEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace snn {

SmallVector<Value> LaneEmitter::emitRound(Block &block, ValueRange values) {
  for (auto [argument, value] : llvm::zip(block.getArguments(), values))
    vectors.map(argument, value);
  for (Operation &op : block.without_terminator())
    emitOperation(op);
  inside.setLoc(block.getTerminator()->getLoc());
  return llvm::map_to_vector(block.getTerminator()->getOperands(), [&](Value value) { return lane(value); });
}

void LaneEmitter::emitRepeat(ir::RepeatOp op) {
  auto &b = inside;
  SmallVector<Value> starts = llvm::map_to_vector(op.getStarts(), [&](Value value) { return lane(value); });
  auto index = [&](int64_t n) -> Value { return arith::ConstantOp::create(b, b.getI32IntegerAttr(n)); };
  auto loop = scf::ForOp::create(b, index(0), index(op.getRounds()), index(1), starts);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    Value outer = std::exchange(round, loop.getInductionVar());
    SmallVector<Value> next = emitRound(op.getBody().front(), loop.getRegionIterArgs());
    scf::YieldOp::create(b, next);
    round = outer;
  }
  for (auto [result, value] : llvm::zip(op.getResults(), loop.getResults()))
    vectors.map(result, value);
}

/// As many rounds as the slowest of the neurons needs.
void LaneEmitter::emitIterate(ir::IterateOp op) {
  auto &b = inside;
  SmallVector<Value> starts = llvm::map_to_vector(op.getStarts(), [&](Value value) { return lane(value); });
  SmallVector<Type> types = llvm::map_to_vector(starts, [](Value value) { return value.getType(); });
  auto loop = scf::WhileOp::create(
      b, types, starts,
      [&](OpBuilder &at, Location, ValueRange values) {
        OpBuilder::InsertionGuard guard(b);
        b.restoreInsertionPoint(at.saveInsertionPoint());
        SmallVector<Value> next = emitRound(op.getBody().front(), values);
        Value again = next.front();
        if (lanes > 1)
          again = vector::ReductionOp::create(b, vector::CombiningKind::OR, again);
        scf::ConditionOp::create(b, again, ValueRange(next).drop_front());
      },
      [](OpBuilder &at, Location loc, ValueRange values) { scf::YieldOp::create(at, loc, values); });
  for (auto [result, value] : llvm::zip(op.getResults(), loop.getResults()))
    vectors.map(result, value);
}

void LaneEmitter::emitBranch(ir::WhenOp op) {
  auto &b = inside;
  llvm::SmallSetVector<StringRef, 4> slots;
  for (auto write : op.getBody().front().getOps<ir::WriteOp>())
    slots.insert(write.getSlot());
  if (slots.empty())
    return;
  SmallVector<Value> old = llvm::map_to_vector(slots, [&](StringRef slot) { return readSlot(slot); });
  SmallVector<Type> types = llvm::map_to_vector(old, [](Value value) { return value.getType(); });
  auto branch = scf::IfOp::create(b, types, scalar(op.getCondition()), /*withElseRegion=*/true);
  IRMapping outerVectors = vectors;
  llvm::MapVector<StringRef, Value> outerCurrent = current;
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(&branch.getThenRegion().front());
    for (Operation &inner : op.getBody().front())
      emitOperation(inner);
    scf::YieldOp::create(b, llvm::map_to_vector(slots, [&](StringRef slot) { return current[slot]; }));
    b.setInsertionPointToStart(&branch.getElseRegion().front());
    scf::YieldOp::create(b, old);
  }
  vectors = outerVectors;
  current = outerCurrent;
  for (auto [slot, value] : llvm::zip(slots, branch.getResults())) {
    current[slot] = value;
    written.insert(slot);
  }
}

} // namespace snn
