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

/// A field of one neuron, as stored.
Value LaneEmitter::emitJoined(ImplicitLocOpBuilder &b, ir::JoinedOp op) {
  Value field = abi::loadElement(b, context.joined, joinedIndex(op), b.getI32Type());
  Value loaded;
  if (op.getEnd() == ir::End::Target) {
    Value fields = abi::loadMember(b, context.worker, abi::Struct::Worker, abi::worker::Fields);
    Value array = abi::loadElement(b, fields, field, LLVM::LLVMPointerType::get(b.getContext()));
    Value target = context.targetElement;
    if (!target) {
      Value inBlock = abi::loadElement(b, context.targets, offset, b.getI16Type());
      target = arith::AddIOp::create(b, context.firstTarget, arith::ExtUIOp::create(b, b.getI64Type(), inBlock));
    }
    loaded = abi::loadElement(b, array, target, stored);
  } else {
    Value all = abi::loadMember(b, context.state, abi::Struct::State, abi::state::Histories);
    Value values = abi::loadMember(b, all, abi::Struct::History, abi::history::Values, field);
    Value stride = abi::loadMember(b, all, abi::Struct::History, abi::history::Stride, field);
    Value element = op.getEnd() == ir::End::Modulator ? modulatorElement(b, op) : context.sourceElement;
    Value index = arith::AddIOp::create(b, arith::MulIOp::create(b, context.historyRow, stride), element);
    loaded = abi::loadElement(b, values, index, stored);
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
  Value address = abi::elementAddress(inside, context.sums, index, stored);
  Value sum = arith::AddFOp::create(inside, LLVM::LoadOp::create(inside, stored, address), lane(op.getAmount()));
  LLVM::StoreOp::create(inside, sum, address);
}

} // namespace snn
