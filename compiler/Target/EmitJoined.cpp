// What the code of a synapse sees of the neurons it joins, and what it does to them.

#include "compiler/Target/LaneEmitter.h"

#include "compiler/Target/AbiTypes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace snn {

llvm::SetVector<std::pair<ir::End, StringRef>> findJoinedFields(ir::ProgramOp program, StringRef body) {
  llvm::SetVector<std::pair<ir::End, StringRef>> fields;
  program.walk([&](Operation *op) {
    auto of = isa<ir::TransmitOp, ir::RespondOp, ir::VisitOp>(op) ? op->getAttrOfType<FlatSymbolRefAttr>("of") : FlatSymbolRefAttr();
    if (of && of.getValue() == body)
      op->walk([&](ir::JoinedOp joined) { fields.insert({joined.getEnd(), joined.getField()}); });
  });
  return fields;
}

int32_t LaneEmitter::joinedIndex(ir::JoinedOp op) {
  auto found = llvm::find(*context.joinedFields, std::pair(op.getEnd(), op.getField()));
  return static_cast<int32_t>(found - context.joinedFields->begin());
}

bool LaneEmitter::isShared(ir::JoinedOp op) const {
  bool ofModulator = op.getEnd() == ir::End::Modulator;
  return context.sharedEnd && (op.getEnd() == context.sharedEnd || (ofModulator && context.sharedEnd == ir::End::Source));
}

/// The one neuron of a modulator whose states are read: the first of its group.
Value LaneEmitter::modulatorElement(ImplicitLocOpBuilder &b, ir::JoinedOp op) {
  auto found = llvm::find(context.modulatorNames, op.getField().split('.').first);
  auto number = static_cast<int32_t>(found - context.modulatorNames.begin());
  Value setting = abi::loadElement(b, context.modulators, 3 * number + 1, b.getI32Type());
  Value settings = abi::loadMember(b, context.state, abi::Struct::State, abi::state::Settings);
  Value begin = abi::loadElement(b, settings, setting, b.getF64Type());
  return arith::FPToUIOp::create(b, b.getI64Type(), begin);
}

/// array[index] for every lane.
Value LaneEmitter::gather(ImplicitLocOpBuilder &b, Value array, Value indices) {
  Type pointers = VectorType::get({static_cast<int64_t>(lanes)}, LLVM::LLVMPointerType::get(b.getContext()));
  Value addresses = LLVM::GEPOp::create(b, pointers, stored, array, ArrayRef<LLVM::GEPArg>{indices});
  auto all = cast<ShapedType>(laneType(b.getI1Type()));
  Value mask = arith::ConstantOp::create(b, DenseElementsAttr::get(all, true));
  return LLVM::masked_gather::create(b, laneType(stored), addresses, mask, ValueRange{},
                                     b.getI32IntegerAttr(static_cast<int32_t>(stored.getIntOrFloatBitWidth() / 8)));
}

/// A field of the neurons that the elements of a loop over many of them join; `array` has it for the neurons of the source
/// population, or of this block's targets.
Value LaneEmitter::loadJoinedLanes(ImplicitLocOpBuilder &b, Value array, ir::JoinedOp op) {
  if (op.getEnd() == ir::End::Target) {
    Value address = abi::elementAddress(b, context.targets, offset, b.getI16Type());
    Value targets = LLVM::LoadOp::create(b, laneType(b.getI16Type()), address, /*alignment=*/2);
    return gather(b, array, arith::ExtUIOp::create(b, laneType(b.getI32Type()), targets));
  }
  if (op.getIndex())
    return gather(b, array, lane(op.getIndex()));
  Value address = abi::elementAddress(b, array, arith::AddIOp::create(b, context.sourceBase, offset), stored);
  return LLVM::LoadOp::create(b, laneType(stored), address, stored.getIntOrFloatBitWidth() / 8);
}

/// A field of a joined neuron.
Value LaneEmitter::emitJoined(ImplicitLocOpBuilder &b, ir::JoinedOp op) {
  Value field = abi::loadElement(b, context.joined, joinedIndex(op), b.getI32Type());
  Type i64 = b.getI64Type();
  bool isTarget = op.getEnd() == ir::End::Target;
  Value array, element;
  auto rowOfHistory = [&](Value row) {
    Value all = abi::loadMember(b, context.state, abi::Struct::State, abi::state::Histories);
    Value values = abi::loadMember(b, all, abi::Struct::History, abi::history::Values, field);
    Value stride = abi::loadMember(b, all, abi::Struct::History, abi::history::Stride, field);
    return abi::elementAddress(b, values, arith::MulIOp::create(b, row, stride), stored);
  };
  if (op.getLate()) { // of the whole population, where other fields are of the worker's share
    element = context.targetElement;
    Value begin = element ? context.targetBegin : arith::AddIOp::create(b, context.targetBegin, context.firstTarget).getResult();
    array = abi::elementAddress(b, rowOfHistory(context.lateRow), begin, stored);
  } else if (isTarget) {
    Value fields = abi::loadMember(b, context.worker, abi::Struct::Worker, abi::worker::Fields);
    array = abi::loadElement(b, fields, field, LLVM::LLVMPointerType::get(b.getContext()));
    element = context.targetElement;
    if (!element)
      array = abi::elementAddress(b, array, context.firstTarget, stored);
  } else {
    array = rowOfHistory(context.historyRow);
    element = op.getEnd() == ir::End::Modulator ? modulatorElement(b, op) : context.sourceElement;
  }
  Value loaded;
  if (element) {
    loaded = abi::loadElement(b, array, element, stored);
  } else if (lanes > 1) {
    loaded = loadJoinedLanes(b, array, op);
    return stored == real ? loaded : arith::ExtFOp::create(b, laneType(real), loaded).getResult();
  } else if (isTarget) {
    Value synapse = context.synapse ? context.synapse : offset;
    element = arith::ExtUIOp::create(b, i64, abi::loadElement(b, context.targets, synapse, b.getI16Type()));
    loaded = abi::loadElement(b, array, element, stored);
  } else {
    element = op.getIndex() ? arith::ExtUIOp::create(b, i64, lane(op.getIndex())).getResult()
                            : arith::AddIOp::create(b, context.sourceBase, offset).getResult();
    loaded = abi::loadElement(b, array, element, stored);
  }
  return stored == real ? loaded : arith::ExtFOp::create(b, real, loaded).getResult();
}

void LaneEmitter::emitSetWeight(ir::SetWeightOp op) {
  Value value = lane(op.getValue());
  if (value.getType() != stored)
    value = arith::TruncFOp::create(inside, stored, value);
  LLVM::StoreOp::create(inside, value, abi::elementAddress(inside, context.weights, offset, stored));
}

void LaneEmitter::emitAddToTarget(ir::AddToTargetOp op) {
  Value inBlock = abi::loadElement(inside, context.targets, offset, inside.getI16Type());
  Value index = arith::ExtUIOp::create(inside, inside.getI64Type(), inBlock);
  Value address = abi::elementAddress(inside, op.getSlope() ? context.slopes : context.sums, index, stored);
  Value sum = arith::AddFOp::create(inside, LLVM::LoadOp::create(inside, stored, address), lane(op.getAmount()));
  LLVM::StoreOp::create(inside, sum, address);
}

} // namespace snn
