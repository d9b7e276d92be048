#include "compiler/Target/StepEmitter.h"

#include "compiler/Target/AbiTypes.h"
#include "compiler/Target/ProfilePhases.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace snn {

static constexpr llvm::StringLiteral waitField = "spike.wait"; // of PoissonSpikes.cpp

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

/// Appends the position of every set bit to the spike list, `counts` times if given; returns the new cursor. Bit by bit: a
/// step has few spikes, and this order is the same at every vector width.
Value StepEmitter::compact(Value bits, Value counts) {
  auto &b = inside;
  Type i32 = b.getI32Type(), i64 = b.getI64Type();
  Value zero = arith::ConstantOp::create(b, b.getI64IntegerAttr(0));
  Value one = arith::ConstantOp::create(b, b.getI64IntegerAttr(1));
  Value start = arith::AddIOp::create(b, arith::TruncIOp::create(b, i32, offset), context.first);
  Value list = spikeList;
  auto loop = scf::WhileOp::create(b, TypeRange{i64, i64}, ValueRange{bits, spikeCursor},
      [&](OpBuilder &at, Location loc, ValueRange args) {
        Value any = arith::CmpIOp::create(at, loc, arith::CmpIPredicate::ne, args[0], zero);
        scf::ConditionOp::create(at, loc, any, args);
      },
      [&](OpBuilder &at, Location loc, ValueRange args) {
        ImplicitLocOpBuilder c(loc, at);
        Value lowest = math::CountTrailingZerosOp::create(c, args[0]);
        Value position = arith::AddIOp::create(c, start, arith::TruncIOp::create(c, i32, lowest));
        Value rest = arith::AndIOp::create(c, args[0], arith::SubIOp::create(c, args[0], one));
        Value cursor = args[1];
        if (counts) {
          Value count = vector::ExtractOp::create(c, counts, OpFoldResult(arith::IndexCastOp::create(c, c.getIndexType(), lowest).getResult()));
          Value end = arith::AddIOp::create(c, cursor, arith::FPToUIOp::create(c, i64, count));
          scf::ForOp::create(c, cursor, end, one, ValueRange{}, [&](OpBuilder &in, Location l, Value k, ValueRange) {
            ImplicitLocOpBuilder d(l, in);
            LLVM::StoreOp::create(d, position, abi::elementAddress(d, list, k, i32));
            scf::YieldOp::create(d);
          });
          cursor = end;
        } else {
          LLVM::StoreOp::create(c, position, abi::elementAddress(c, list, cursor, i32));
          cursor = arith::AddIOp::create(c, cursor, one);
        }
        scf::YieldOp::create(c, ValueRange{rest, cursor});
      });
  return loop.getResult(1);
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

void StepEmitter::emitWhatOnlySpikesNeed(ir::SpikeOp op) {
  isSpiking = true;
  if (!leftToSpikes)
    return;
  for (Operation &other : *op->getBlock()) {
    if (&other == op.getOperation())
      break;
    if (leftToSpikes->contains(&other))
      emitOperation(other);
  }
}

/// Spikes are rare, so everything they cause stands behind one branch on "any lane fired".
void StepEmitter::emitSpike(ir::SpikeOp op) {
  auto &b = inside;
  Value mask = lane(op.getCondition());
  SmallVector<StringRef> slots;
  for (auto write : op.getBody().front().getOps<ir::WriteOp>())
    if (!llvm::is_contained(slots, write.getSlot()))
      slots.push_back(write.getSlot());
  SmallVector<Type> types = {b.getI64Type()};
  SmallVector<Value> old;
  for (StringRef slot : slots) {
    old.push_back(readSlot(slot));
    types.push_back(old.back().getType());
  }
  Type maskType = mask.getType();
  if (op.getCount())
    types.push_back(maskType);
  // Padding may spike in vain where nothing but a wait begins anew: the wait wraps around. Other states it must reset.
  bool waits = llvm::all_of(slots, [](StringRef slot) { return slot == waitField; });
  Value bits = waits ? firedBits(mask) : Value();
  Value any = waits ? arith::CmpIOp::create(b, arith::CmpIPredicate::ne, bits, arith::ConstantOp::create(b, b.getI64IntegerAttr(0))).getResult()
                    : vector::ReductionOp::create(b, vector::CombiningKind::OR, mask).getResult();
  auto branch = scf::IfOp::create(b, types, any, /*withElseRegion=*/true);

  OpBuilder::InsertionGuard guard(b);
  IRMapping outerVectors = vectors;
  llvm::MapVector<StringRef, Value> outerCurrent = current;
  b.setInsertionPointToStart(&branch.getThenRegion().front());
  Value begin = spikeTicks ? readClock(b) : Value();
  emitWhatOnlySpikesNeed(op);
  Value counts = op.getCount() ? lane(op.getCount()) : Value();
  for (Operation &inner : op.getBody().front())
    emitOperation(inner);
  SmallVector<Value> results = {compact(waits ? bits : firedBits(mask), counts)};
  for (auto [slot, before] : llvm::zip(slots, old))
    results.push_back(arith::SelectOp::create(b, mask, current[slot], before));
  if (counts) {
    Value isMost = arith::CmpFOp::create(b, arith::CmpFPredicate::OGE, counts, laneConstant(body.getSpikesPerStep()));
    results.push_back(arith::AndIOp::create(b, mask, isMost));
  }
  isSpiking = false;
  if (spikeTicks)
    addToCounter(b, spikeTicks, arith::SubIOp::create(b, readClock(b), begin));
  scf::YieldOp::create(b, results);

  b.setInsertionPointToStart(&branch.getElseRegion().front());
  SmallVector<Value> unchanged = {spikeCursor};
  unchanged.append(old.begin(), old.end());
  if (op.getCount())
    unchanged.push_back(arith::ConstantOp::create(b, b.getZeroAttr(maskType)));
  scf::YieldOp::create(b, unchanged);

  vectors = outerVectors;
  current = outerCurrent;
  spikeCursor = branch.getResult(0);
  if (op.getCount())
    overflow = branch.getResults().back();
  for (auto [k, slot] : llvm::enumerate(slots)) {
    current[slot] = branch.getResult(k + 1);
    written.insert(slot);
  }
}

} // namespace snn
