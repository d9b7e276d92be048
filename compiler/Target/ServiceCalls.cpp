// Calls of generated code into the runtime: draws, data files and matrix exponentials. None is in the time loop.

#include "compiler/Target/AbiTypes.h"
#include "compiler/Target/DataText.h"
#include "compiler/Target/LaneEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include "snn/abi.h"

using namespace mlir;

namespace snn {

/// An array in the frame of the function, whatever loop the caller is in.
static Value frameArray(ImplicitLocOpBuilder &b, unsigned count) {
  OpBuilder::InsertionGuard guard(b);
  auto function = b.getInsertionBlock()->getParent()->getParentOfType<LLVM::LLVMFuncOp>();
  if (!function)
    function = cast<LLVM::LLVMFuncOp>(b.getInsertionBlock()->getParentOp());
  b.setInsertionPointToStart(&function.getBody().front());
  Value size = arith::ConstantOp::create(b, b.getI64IntegerAttr(count));
  return LLVM::AllocaOp::create(b, LLVM::LLVMPointerType::get(b.getContext()), b.getF64Type(), size);
}

static void storeAt(ImplicitLocOpBuilder &b, Value array, int32_t index, Value value) {
  Value address = LLVM::GEPOp::create(b, array.getType(), b.getF64Type(), array, ArrayRef<LLVM::GEPArg>{index});
  LLVM::StoreOp::create(b, value, address);
}

static Value number(ImplicitLocOpBuilder &b, uint32_t value) {
  return arith::ConstantOp::create(b, b.getI32IntegerAttr(static_cast<int32_t>(value)));
}

Value LaneEmitter::emitDraw(ir::DrawOp op) {
  assert(lanes == 1 && real.isF64() && "draws happen when elements are made");
  auto &b = inside;
  Value parameters = frameArray(b, 6);
  for (auto [i, parameter] : llvm::enumerate(op.getParameters()))
    storeAt(b, parameters, static_cast<int32_t>(i), lane(parameter));
  uint32_t modifiers = 0;
  if (Value bound = op.getAtLeast()) {
    modifiers |= SNN_AT_LEAST;
    storeAt(b, parameters, 4, lane(bound));
  }
  if (Value bound = op.getAtMost()) {
    modifiers |= SNN_AT_MOST;
    storeAt(b, parameters, 5, lane(bound));
  }
  modifiers |= op.getKeepingSign() ? SNN_KEEPING_SIGN : 0;
  modifiers |= op.getClip() ? SNN_CLIP : 0;
  bool isOfPre = op.getEnd() == ir::End::Source, isOfPost = op.getEnd() == ir::End::Target;
  Value owner = isOfPre ? context.preStream : isOfPost ? context.postStream : context.stream;
  Value element = isOfPre ? context.preElement : isOfPost ? context.postElement : context.element;
  Value stream = arith::XOrIOp::create(b, owner, number(b, op.getStream()));
  Value function = abi::loadMember(b, context.state, abi::Struct::State, abi::state::Draw);
  Type pointer = function.getType(), i32 = b.getI32Type();
  auto type = LLVM::LLVMFunctionType::get(b.getF64Type(), {pointer, i32, i32, i32, b.getI64Type(), pointer});
  auto call = LLVM::CallOp::create(b, type, ValueRange{function, context.state, number(b, static_cast<uint32_t>(op.getDistribution())),
                                                       number(b, modifiers), stream, element, parameters});
  return call.getResult();
}

Value LaneEmitter::emitData(ir::DataOp op) {
  assert(lanes == 1 && real.isF64() && "data are read when elements are made");
  auto &b = inside;
  auto module = b.getInsertionBlock()->getParentOp()->getParentOfType<ModuleOp>();
  std::string text = dataText(op.getPath(), op.getDataSet(), op.getUnit(), op.getShape()) + '\0', name = "data." + text;
  Type pointer = LLVM::LLVMPointerType::get(b.getContext());
  if (!module.lookupSymbol(name)) {
    OpBuilder top = OpBuilder::atBlockBegin(module.getBody());
    auto type = LLVM::LLVMArrayType::get(b.getI8Type(), text.size());
    LLVM::GlobalOp::create(top, op.getLoc(), type, /*isConstant=*/true, LLVM::Linkage::Internal, name, top.getStringAttr(text));
  }
  Value path = LLVM::AddressOfOp::create(b, pointer, name);
  Value function = abi::loadMember(b, context.state, abi::Struct::State, abi::state::Data);
  auto wide = [&](uint64_t value) -> Value { return arith::ConstantOp::create(b, b.getI64IntegerAttr(static_cast<int64_t>(value))); };
  auto orZero = [&](Value value) { return value ? value : wide(0); };
  uint32_t of = SNN_DATA_OF_NEURON;
  Value first = orZero(context.element), second = wide(0);
  if (op.getShape()) {
    of = SNN_DATA_OF_TABLE;
    first = wide(op.getEntry());
  } else if (op.getEnd()) {
    bool isSource = op.getEnd() == ir::End::Source;
    of = isSource ? SNN_DATA_OF_SOURCE : SNN_DATA_OF_TARGET;
    first = isSource ? context.preElement : context.postElement;
  } else if (context.preElement && context.postElement) { // weights and delays, or a synapse with states of its own
    of = SNN_DATA_OF_SYNAPSE;
    first = context.preElement;
    second = context.postElement;
  }
  Type i32 = b.getI32Type(), i64 = b.getI64Type();
  auto type = LLVM::LLVMFunctionType::get(b.getF64Type(), {pointer, pointer, i32, i32, i64, i64, i64});
  Value owner = context.owner ? context.owner : number(b, 0);
  return LLVM::CallOp::create(b, type, ValueRange{function, context.state, path, number(b, of), owner, first, second,
                                                  orZero(context.element)}).getResult();
}

void LaneEmitter::emitPropagator(ir::PropagatorOp op) {
  assert(lanes == 1 && real.isF64() && "propagators are hoisted out of the time loop");
  auto &b = inside;
  auto entries = static_cast<int32_t>(op.getMatrix().size());
  Value in = frameArray(b, entries), exponential = frameArray(b, entries), response = frameArray(b, entries);
  int32_t n = 1;
  while (n * n < entries)
    ++n;
  for (int32_t i = 0; i < entries; ++i)
    storeAt(b, in, i, lane(op.getMatrix()[i]));
  Value function = abi::loadMember(b, context.state, abi::Struct::State, abi::state::Propagator);
  Type pointer = function.getType();
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()), {b.getI32Type(), pointer, pointer, pointer});
  LLVM::CallOp::create(b, type, ValueRange{function, number(b, n), in, exponential, response});
  Value one = arith::ConstantOp::create(b, b.getF64FloatAttr(1));
  for (int32_t i = 0; i < entries; ++i) {
    Value value = abi::loadElement(b, exponential, i, b.getF64Type());
    if (i / n == i % n)
      value = arith::SubFOp::create(b, value, one);
    vectors.map(op.getValues()[i], value);
    vectors.map(op.getValues()[entries + i], abi::loadElement(b, response, i, b.getF64Type()));
  }
}

} // namespace snn
