#include "compiler/Transforms/Solve/SubstepSpikes.h"

#include "compiler/Algebra/Arithmetic.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace snn {

Value SubstepSpikes::before(StringRef slot, Type type) {
  Value &read = reads[slot];
  if (!read)
    read = ir::ReadOp::create(outside, system.getLoc(), type, slot);
  return read;
}

SmallVector<Value> SubstepSpikes::starts(ArrayRef<StringRef> states) {
  if (!exists())
    return {};
  Arithmetic a(outside, system.getLoc());
  SmallVector<Value> values = {a.constant(0)}; // the number of spikes
  if (system.getAbove())
    values.push_back(system.getAbove());
  system.getAfterSubstep().walk([&](ir::WriteOp write) {
    if (llvm::is_contained(states, write.getSlot()) || llvm::is_contained(written, write.getSlot()))
      return;
    written.push_back(write.getSlot());
    values.push_back(before(write.getSlot(), write.getValue().getType()));
  });
  system.getAfterSubstep().walk([&](ir::ReadOp read) { // while we are in front of the loop
    if (!llvm::is_contained(states, read.getSlot()))
      before(read.getSlot(), read.getValue().getType());
  });
  return values;
}

Value SubstepSpikes::copy(OpBuilder &inside, Block &block, IRMapping &mapping, Slots &slots) {
  Value yielded;
  for (Operation &op : block) {
    if (auto read = dyn_cast<ir::ReadOp>(op)) {
      Value known = slots.lookup(read.getSlot());
      mapping.map(read.getValue(), known ? known : before(read.getSlot(), read.getValue().getType()));
    } else if (auto write = dyn_cast<ir::WriteOp>(op)) {
      slots[write.getSlot()] = mapping.lookupOrDefault(write.getValue());
    } else if (auto when = dyn_cast<ir::WhenOp>(op)) {
      copy(inside, when.getBody().front(), mapping, slots);
    } else if (auto yield = dyn_cast<ir::YieldOp>(op)) {
      yielded = mapping.lookupOrDefault(yield.getValues().front());
    } else {
      inside.clone(op, mapping);
    }
  }
  return yielded;
}

SmallVector<Value> SubstepSpikes::afterSubstep(OpBuilder &inside, ArrayRef<StringRef> states, MutableArrayRef<Value> values,
                                               Value isAccepted, Value &holding, ValueRange carried) {
  if (!exists())
    return {};
  Location loc = system.getLoc();
  Arithmetic a(inside, loc);
  Value yes = arith::ConstantOp::create(inside, loc, inside.getBoolAttr(true));
  auto negation = [&](Value x) -> Value { return arith::XOrIOp::create(inside, loc, x, yes); };
  auto both = [&](Value x, Value y) -> Value { return arith::AndIOp::create(inside, loc, x, y); };
  unsigned position = 1;
  Value wasAbove = system.getAbove() ? carried[position++] : Value();
  Slots old;
  for (auto [state, value] : llvm::zip(states, values))
    old[state] = value;
  for (StringRef slot : written)
    old[slot] = carried[position++];

  Slots changed = old;
  IRMapping mapping;
  Value isAbove = copy(inside, system.getAfterSubstep().front(), mapping, changed);
  Value spikes = both(both(isAccepted, negation(holding)), isAbove);
  if (wasAbove)
    spikes = both(spikes, negation(wasAbove));
  for (auto [state, value] : llvm::zip(states, values))
    value = a.select(spikes, changed[state], old[state]);
  if (system.getSpikesHold())
    holding = arith::OrIOp::create(inside, loc, holding, both(spikes, system.getSpikesHold()));
  SmallVector<Value> next = {a.add(carried[0], a.select(spikes, a.constant(1), a.constant(0)))};
  if (wasAbove)
    next.push_back(arith::SelectOp::create(inside, loc, isAccepted, isAbove, wasAbove));
  for (StringRef slot : written)
    next.push_back(arith::SelectOp::create(inside, loc, spikes, changed[slot], old[slot]));
  return next;
}

void SubstepSpikes::finish(ValueRange results) {
  if (!exists())
    return;
  unsigned position = system.getAbove() ? 2 : 1;
  for (StringRef slot : written)
    ir::WriteOp::create(outside, system.getLoc(), slot, results[position++]);
  system.getSpikes().replaceAllUsesWith(results[0]);
}

} // namespace snn
