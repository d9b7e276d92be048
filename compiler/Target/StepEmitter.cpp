#include "compiler/Target/StepEmitter.h"

#include "compiler/Target/AbiTypes.h"
#include "compiler/Target/ProfilePhases.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <numeric>

using namespace mlir;

namespace snn {

/// The lanes that fired as bits of an i64, padding neurons left out.
Value StepEmitter::firedBits(Value mask) {
  auto &b = inside;
  Type i64 = b.getI64Type();
  Value bits = LLVM::BitcastOp::create(b, b.getIntegerType(lanes), mask);
  bits = arith::ExtUIOp::create(b, i64, bits);
  // Negative where a round has nothing but padding.
  Value zero = arith::ConstantOp::create(b, b.getI64IntegerAttr(0));
  Value left = arith::MaxSIOp::create(b, arith::SubIOp::create(b, neuronCount, offset), zero);
  Value width = arith::ConstantOp::create(b, b.getI64IntegerAttr(lanes));
  Value one = arith::ConstantOp::create(b, b.getI64IntegerAttr(1));
  Value valid = arith::SubIOp::create(b, arith::ShLIOp::create(b, one, arith::MinUIOp::create(b, left, width)), one);
  return arith::AndIOp::create(b, bits, valid);
}

/// Calls `content` for every set bit, from the lowest: it takes the values carried along and returns the new ones.
static SmallVector<Value> forEachBit(ImplicitLocOpBuilder &b, Value bits, ValueRange carried,
                                     llvm::function_ref<SmallVector<Value>(ImplicitLocOpBuilder &, Value lane, ValueRange)> content) {
  Value zero = arith::ConstantOp::create(b, b.getI64IntegerAttr(0)), one = arith::ConstantOp::create(b, b.getI64IntegerAttr(1));
  SmallVector<Value> starts = {bits};
  llvm::append_range(starts, carried);
  auto loop = scf::WhileOp::create(b, ValueRange(starts).getTypes(), starts,
      [&](OpBuilder &at, Location loc, ValueRange args) {
        Value any = arith::CmpIOp::create(at, loc, arith::CmpIPredicate::ne, args[0], zero);
        scf::ConditionOp::create(at, loc, any, args);
      },
      [&](OpBuilder &at, Location loc, ValueRange args) {
        ImplicitLocOpBuilder c(loc, at);
        Value lowest = math::CountTrailingZerosOp::create(c, args[0]);
        SmallVector<Value> next = {arith::AndIOp::create(c, args[0], arith::SubIOp::create(c, args[0], one))};
        next.append(content(c, lowest, args.drop_front()));
        scf::YieldOp::create(c, next);
      });
  return SmallVector<Value>(loop.getResults().drop_front());
}

/// Appends the neuron of a lane to the spike list, `count` times if given; returns the new cursor.
Value StepEmitter::append(ImplicitLocOpBuilder &b, Value cursor, Value laneNumber, Value count) {
  Type i32 = b.getI32Type();
  Value one = arith::ConstantOp::create(b, b.getI64IntegerAttr(1));
  Value element = arith::TruncIOp::create(b, i32, arith::AddIOp::create(b, offset, laneNumber));
  Value position = arith::AddIOp::create(b, element, context.first);
  if (!count) {
    LLVM::StoreOp::create(b, position, abi::elementAddress(b, spikeList, cursor, i32));
    return arith::AddIOp::create(b, cursor, one);
  }
  Value end = arith::AddIOp::create(b, cursor, arith::FPToUIOp::create(b, b.getI64Type(), count));
  scf::ForOp::create(b, cursor, end, one, ValueRange{}, [&](OpBuilder &in, Location l, Value k, ValueRange) {
    ImplicitLocOpBuilder d(l, in);
    LLVM::StoreOp::create(d, position, abi::elementAddress(d, spikeList, k, i32));
    scf::YieldOp::create(d);
  });
  return end;
}

/// Random numbers of a block and what is made of them, where nothing but a spike and its count needs it.
static llvm::DenseSet<Operation *> findWhatOnlySpikesNeed(Block &block) {
  llvm::DenseSet<Operation *> drawn, found;
  for (Operation &op : block)
    if (isa<ir::RandomOp>(op) || llvm::any_of(op.getOperands(), [&](Value v) { return drawn.contains(v.getDefiningOp()); }))
      drawn.insert(&op);
  for (Operation &op : llvm::reverse(block)) {
    if (!drawn.contains(&op) || op.getNumResults() != 1 || op.getNumRegions() != 0 || op.use_empty())
      continue;
    bool isOnly = llvm::all_of(op.getUsers(), [&](Operation *user) {
      if (auto spike = dyn_cast<ir::SpikeOp>(user))
        return spike.getCondition() != op.getResult(0);
      return found.contains(user) || isa<ir::SpikeOp>(user->getParentOp());
    });
    if (isOnly)
      found.insert(&op);
  }
  return found;
}

/// Random numbers that only spikes need, and what is made of them, are drawn where there is a spike.
bool StepEmitter::isLeftToSpike(Operation &op) {
  if (isSpiking || op.getBlock()->getParentOp() == nullptr || !isa<ir::LanesOp>(op.getParentOp()))
    return false;
  if (!leftToSpikes)
    leftToSpikes = findWhatOnlySpikesNeed(*op.getBlock());
  return leftToSpikes->contains(&op);
}

/// With `emitter`, which is this one or goes on for one lane of it.
void StepEmitter::emitWhatSpikesCause(StepEmitter &emitter, ir::SpikeOp op) {
  emitter.isSpiking = true;
  if (leftToSpikes)
    for (Operation &other : *op->getBlock())
      if (leftToSpikes->contains(&other))
        emitter.emitOperation(other);
  for (Operation &inner : op.getBody().front())
    emitter.emitOperation(inner);
  emitter.isSpiking = false;
}

/// The spikes of all lanes together. The results are the cursor, the new values of the slots, and with a count the overflow.
SmallVector<Value> StepEmitter::spikeTogether(ir::SpikeOp op, Value bits, const SpikeSlots &slots) {
  auto &b = inside;
  Value mask = lane(op.getCondition());
  emitWhatSpikesCause(*this, op);
  Value counts = op.getCount() ? lane(op.getCount()) : Value();
  // Appended one by one: a step has few spikes, and this order is the same at every vector width.
  SmallVector<Value> results =
      forEachBit(b, bits, spikeCursor, [&](ImplicitLocOpBuilder &c, Value lowest, ValueRange carried) -> SmallVector<Value> {
        Value count;
        if (counts)
          count = vector::ExtractOp::create(c, counts, OpFoldResult(arith::IndexCastOp::create(c, c.getIndexType(), lowest).getResult()));
        return {append(c, carried[0], lowest, count)};
      });
  for (auto [slot, before] : slots)
    results.push_back(arith::SelectOp::create(b, mask, current[slot], before));
  if (counts) {
    Value isMost = arith::CmpFOp::create(b, arith::CmpFPredicate::OGE, counts, laneConstant(body.getSpikesPerStep()));
    results.push_back(arith::AndIOp::create(b, mask, isMost));
  }
  return results;
}

/// The same spike by spike, which is cheaper where few lanes need a lot.
SmallVector<Value> StepEmitter::spikeOneByOne(ir::SpikeOp op, Value bits, const SpikeSlots &slots) {
  auto &b = inside;
  Type i32 = b.getI32Type();
  auto lanesType = VectorType::get({static_cast<int64_t>(lanes)}, i32);
  SmallVector<int32_t> inOrder(lanes);
  std::iota(inOrder.begin(), inOrder.end(), 0);
  Value numbers = arith::ConstantOp::create(b, DenseElementsAttr::get(lanesType, ArrayRef<int32_t>(inOrder)));
  SmallVector<Value> carried = {spikeCursor};
  for (auto [slot, before] : slots)
    carried.push_back(before);
  if (op.getCount())
    carried.push_back(arith::ConstantOp::create(b, b.getZeroAttr(lane(op.getCondition()).getType())));
  return forEachBit(b, bits, carried, [&](ImplicitLocOpBuilder &c, Value lowest, ValueRange old) -> SmallVector<Value> {
    StepEmitter single(body, context, 1, real, stored, before, c);
    single.continueFor(*this, lowest);
    emitWhatSpikesCause(single, op);
    Value count = op.getCount() ? single.lane(op.getCount()) : Value();
    SmallVector<Value> next = {append(c, old[0], lowest, count)};
    Value own = vector::BroadcastOp::create(c, lanesType, arith::TruncIOp::create(c, i32, lowest));
    Value isOwn = arith::CmpIOp::create(c, arith::CmpIPredicate::eq, numbers, own);
    for (auto [k, slot] : llvm::enumerate(slots)) {
      Value value = vector::BroadcastOp::create(c, slot.second.getType(), single.current[slot.first]);
      next.push_back(arith::SelectOp::create(c, isOwn, value, old[k + 1]));
    }
    if (count) {
      Value isMost = arith::CmpFOp::create(c, arith::CmpFPredicate::OGE, count, single.laneConstant(body.getSpikesPerStep()));
      isMost = vector::BroadcastOp::create(c, isOwn.getType(), isMost);
      next.push_back(arith::OrIOp::create(c, old.back(), arith::AndIOp::create(c, isOwn, isMost)));
    }
    return next;
  });
}

/// Random numbers are dear, so only the neurons that need some draw them, unless these are many.
SmallVector<Value> StepEmitter::spikeAsManyDo(ir::SpikeOp op, Value bits, const SpikeSlots &slots) {
  if (lanes == 1 || !leftToSpikes || leftToSpikes->empty())
    return spikeTogether(op, bits, slots);
  auto &b = inside;
  constexpr int64_t few = 4; // of 16 lanes; where together takes as long as one by one
  Value isFew = arith::CmpIOp::create(b, arith::CmpIPredicate::ule, math::CtPopOp::create(b, bits), arith::ConstantOp::create(b, b.getI64IntegerAttr(few)));
  SmallVector<Type> types = {b.getI64Type()};
  for (auto [slot, value] : slots)
    types.push_back(value.getType());
  if (op.getCount())
    types.push_back(lane(op.getCondition()).getType());
  auto branch = scf::IfOp::create(b, types, isFew, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&branch.getThenRegion().front());
  scf::YieldOp::create(b, spikeOneByOne(op, bits, slots));
  b.setInsertionPointToStart(&branch.getElseRegion().front());
  scf::YieldOp::create(b, spikeTogether(op, bits, slots));
  return SmallVector<Value>(branch.getResults());
}

void StepEmitter::emitCountDown(ir::CountDownOp op) {
  auto &b = inside;
  Value wait = readSlot(op.getSlot()), passed = lane(op.getPassed());
  if (elapsed)
    wait = arith::SubIOp::create(b, wait, vector::BroadcastOp::create(b, wait.getType(), elapsed));
  vectors.map(op.getIsOver(), arith::CmpIOp::create(b, arith::CmpIPredicate::ult, wait, passed).getResult());
  vectors.map(op.getBeyond(), arith::SubIOp::create(b, passed, wait).getResult());
  current[op.getSlot()] = arith::SubIOp::create(b, wait, passed);
  written.insert(op.getSlot());
  counted.push_back(op.getSlot());
}

/// Spikes are rare, so everything they cause stands behind one branch on "any lane fired".
void StepEmitter::emitSpike(ir::SpikeOp op) {
  auto &b = inside;
  Value mask = lane(op.getCondition());
  SpikeSlots slots;
  for (auto write : op.getBody().front().getOps<ir::WriteOp>())
    if (!slots.contains(write.getSlot()))
      slots[write.getSlot()] = readSlot(write.getSlot());
  SmallVector<Type> types = {b.getI64Type()};
  for (auto [slot, value] : slots)
    types.push_back(value.getType());
  if (op.getCount())
    types.push_back(mask.getType());
  // Padding may spike in vain where nothing but a wait begins anew: the wait wraps around. Other states it must reset.
  bool waits = llvm::all_of(slots, [&](const auto &slot) { return llvm::is_contained(counted, slot.first); });
  Value bits = waits ? firedBits(mask) : Value();
  Value any = waits ? arith::CmpIOp::create(b, arith::CmpIPredicate::ne, bits, arith::ConstantOp::create(b, b.getI64IntegerAttr(0))).getResult()
                    : vector::ReductionOp::create(b, vector::CombiningKind::OR, mask).getResult();
  auto branch = scf::IfOp::create(b, types, any, /*withElseRegion=*/true);

  OpBuilder::InsertionGuard guard(b);
  IRMapping outerVectors = vectors;
  llvm::MapVector<StringRef, Value> outerCurrent = current;
  b.setInsertionPointToStart(&branch.getThenRegion().front());
  Value begin = spikeTicks ? readClock(b) : Value();
  SmallVector<Value> results = waits ? spikeAsManyDo(op, bits, slots) : spikeTogether(op, firedBits(mask), slots);
  if (spikeTicks)
    addToCounter(b, spikeTicks, arith::SubIOp::create(b, readClock(b), begin));
  scf::YieldOp::create(b, results);

  b.setInsertionPointToStart(&branch.getElseRegion().front());
  SmallVector<Value> unchanged = {spikeCursor};
  for (auto [slot, value] : slots)
    unchanged.push_back(value);
  if (op.getCount())
    unchanged.push_back(arith::ConstantOp::create(b, b.getZeroAttr(mask.getType())));
  scf::YieldOp::create(b, unchanged);

  vectors = outerVectors;
  current = outerCurrent;
  spikeCursor = branch.getResult(0);
  if (op.getCount())
    overflow = branch.getResults().back();
  for (auto [k, slot] : llvm::enumerate(slots)) {
    current[slot.first] = branch.getResult(k + 1);
    written.insert(slot.first);
  }
}

} // namespace snn
