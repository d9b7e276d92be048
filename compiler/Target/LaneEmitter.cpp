#include "compiler/Target/LaneEmitter.h"

#include "compiler/Target/AbiTypes.h"
#include "compiler/Target/Random.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <numeric>

using namespace mlir;

namespace snn {

Type LaneEmitter::laneType(Type element) const {
  return lanes == 1 ? element : static_cast<Type>(VectorType::get({static_cast<int64_t>(lanes)}, element));
}

void LaneEmitter::emit(Block &block, Value at) {
  offset = at;
  for (Operation &op : block)
    emitOperation(op);
}

void LaneEmitter::emitOperation(Operation &op) {
  inside.setLoc(op.getLoc());
  if (isLeftToSpike(op))
    return;
  if (auto write = dyn_cast<ir::WriteOp>(op))
    return emitWrite(write);
  if (auto spike = dyn_cast<ir::SpikeOp>(op))
    return emitSpike(spike);
  if (auto wait = dyn_cast<ir::CountDownOp>(op))
    return emitCountDown(wait);
  if (auto when = dyn_cast<ir::WhenOp>(op))
    return emitWhen(when);
  if (auto propagator = dyn_cast<ir::PropagatorOp>(op))
    return emitPropagator(propagator);
  if (auto repeat = dyn_cast<ir::RepeatOp>(op))
    return emitRepeat(repeat);
  if (auto iterate = dyn_cast<ir::IterateOp>(op))
    return emitIterate(iterate);
  if (auto set = dyn_cast<ir::SetWeightOp>(op))
    return emitSetWeight(set);
  if (auto add = dyn_cast<ir::AddToTargetOp>(op))
    return emitAddToTarget(add);
  if (isa<ir::YieldOp, ir::ContributionOp>(op) || (op.getNumResults() == 1 && isScalar(op.getResult(0))))
    return; // computed in front of the loop, on demand
  Value result = emitGiven(inside, &op);
  if (auto read = dyn_cast<ir::ReadOp>(op); read && !result)
    result = readSlot(read.getSlot());
  else if (isa<ir::WeightOp>(op) && !result)
    result = emitWeight();
  else if (auto joined = dyn_cast<ir::JoinedOp>(op))
    result = emitJoined(inside, joined);
  else if (auto lookBack = dyn_cast<ir::LookBackOp>(op))
    result = emitLookBack(lookBack);
  else if (auto index = dyn_cast<ir::IndexOp>(op))
    result = emitIndex(index);
  else if (auto random = dyn_cast<ir::RandomOp>(op))
    result = emitRandom(random);
  else if (auto count = dyn_cast<ir::PoissonCountOp>(op))
    result = emitPoissonCount(count);
  else if (auto draw = dyn_cast<ir::DrawOp>(op))
    result = emitDraw(draw);
  else if (auto data = dyn_cast<ir::DataOp>(op))
    result = emitData(data);
  if (!result) { // the same operation on lanes
    IRMapping operands;
    for (Value operand : op.getOperands())
      operands.map(operand, lane(operand));
    Operation *copy = inside.clone(op, operands);
    Type element = op.getResult(0).getType();
    copy->getResult(0).setType(laneType(element.isF64() ? real : element));
    result = copy->getResult(0);
  }
  vectors.map(op.getResult(0), result);
}

//===-- Scalars in front of the loop --------------------------------------------------------------------------------------===//

bool LaneEmitter::isScalar(Value value) {
  if (!context.isLoop)
    return false;
  if (auto it = scalarity.find(value); it != scalarity.end())
    return it->second;
  Operation *op = value.getDefiningOp();
  bool result = op && !isa<ir::IndexOp, ir::RandomOp, ir::DrawOp, ir::DataOp, ir::CountDownOp, ir::PropagatorOp, ir::RepeatOp, ir::IterateOp, ir::LookBackOp>(op);
  if (auto read = dyn_cast_or_null<ir::ReadOp>(op))
    result = !isa<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, read.getSlot()));
  if (auto weight = dyn_cast_or_null<ir::WeightOp>(op))
    result = !weight.getStored();
  if (auto joined = dyn_cast_or_null<ir::JoinedOp>(op))
    result = isShared(joined);
  if (result)
    result = llvm::all_of(op->getOperands(), [&](Value operand) { return isScalar(operand); });
  return scalarity[value] = result;
}

Value LaneEmitter::scalar(Value value) {
  if (Value known = scalars.lookupOrNull(value))
    return known;
  Value result = scalarOfOperation(value.getDefiningOp());
  scalars.map(value, result);
  return result;
}

Value LaneEmitter::emitGiven(ImplicitLocOpBuilder &b, Operation *op) {
  Type f64 = b.getF64Type();
  if (auto read = dyn_cast<ir::ReadOp>(op)) {
    auto uniform = dyn_cast<ir::UniformOp>(SymbolTable::lookupSymbolIn(body, read.getSlot()));
    return uniform ? abi::loadElement(b, context.uniforms, static_cast<int32_t>(*uniform.getIndex()), f64) : Value();
  }
  if (auto argument = dyn_cast<ir::ArgumentOp>(op)) {
    int32_t entry = context.firstArgument + static_cast<int32_t>(argument.getIndex());
    Value setting = abi::loadElement(b, context.instance, entry, b.getI32Type());
    Value settings = abi::loadMember(b, context.state, abi::Struct::State, abi::state::Settings);
    return abi::loadElement(b, settings, setting, f64);
  }
  if (isa<ir::StepSizeOp>(op))
    return abi::loadMember(b, context.state, abi::Struct::State, abi::state::Dt);
  if (isa<ir::StepNumberOp>(op))
    return context.stepNumber;
  if (auto step = dyn_cast<ir::EventStepOp>(op))
    return step.getEmission() ? context.emissionStep : context.eventStep;
  if (auto joined = dyn_cast<ir::JoinedOp>(op); joined && isShared(joined)) {
    Value value = emitJoined(b, joined);
    return value.getType() == f64 ? value : arith::ExtFOp::create(b, f64, value).getResult();
  }
  if (auto weight = dyn_cast<ir::WeightOp>(op))
    return weight.getStored() ? Value() : context.weight;
  return isa<ir::CountOp>(op) ? context.count : Value();
}

Value LaneEmitter::scalarOfOperation(Operation *op) {
  before.setLoc(op->getLoc());
  if (Value given = emitGiven(before, op))
    return given;
  for (Value operand : op->getOperands())
    scalar(operand);
  before.setLoc(op->getLoc());
  return before.clone(*op, scalars)->getResult(0);
}

/// A scalar rounded to the precision of the states, in every lane.
Value LaneEmitter::toLanes(Value value) {
  Value &known = broadcasts[value];
  if (known)
    return known;
  Value rounded = value;
  if (value.getType().isF64() && !real.isF64())
    rounded = before.createOrFold<arith::TruncFOp>(real, value);
  if (lanes == 1)
    return known = rounded;
  return known = vector::BroadcastOp::create(before, laneType(rounded.getType()), rounded);
}

Value LaneEmitter::lane(Value value) {
  if (Value known = vectors.lookupOrNull(value))
    return known;
  Value wide = wider ? wider->lookupOrNull(value) : Value();
  if (!wide)
    return toLanes(scalar(value));
  Value own = vector::ExtractOp::create(inside, wide, OpFoldResult(laneOfWider));
  vectors.map(value, own);
  return own;
}

void LaneEmitter::continueFor(LaneEmitter &other, Value which) {
  wider = &other.vectors;
  laneOfWider = arith::IndexCastOp::create(inside, inside.getIndexType(), which);
  offset = arith::AddIOp::create(inside, other.offset, which);
  for (auto &[slot, value] : other.current)
    current[slot] = vector::ExtractOp::create(inside, value, OpFoldResult(laneOfWider));
}

Value LaneEmitter::laneConstant(double number) {
  Type type = laneType(real);
  TypedAttr attribute = FloatAttr::get(real, number);
  if (auto vector = dyn_cast<VectorType>(type))
    attribute = DenseElementsAttr::get(vector, attribute);
  return arith::ConstantOp::create(inside, attribute);
}

//===-- Slots -----------------------------------------------------------------------------------------------------------===//

Type LaneEmitter::storedType(ir::FieldOp field) const { return field.getType().isF64() ? stored : field.getType(); }

Value LaneEmitter::fieldAddress(ir::FieldOp field) {
  Type pointer = LLVM::LLVMPointerType::get(inside.getContext());
  if (field.getKind() == ir::FieldKind::History && context.historyRow)
    return historyAddress(field, context.historyRow);
  Value array = abi::loadElement(before, context.fields, static_cast<int32_t>(*field.getIndex()), pointer);
  return abi::elementAddress(inside, array, offset, storedType(field));
}

/// Where the history of a field has its value of the step that a row is of.
Value LaneEmitter::historyAddress(ir::FieldOp field, Value historyRow) {
  auto &b = before;
  Type i64 = b.getI64Type();
  Value firstField = abi::loadElement(b, context.instance, context.firstFieldEntry, b.getI32Type());
  Value index = arith::AddIOp::create(b, firstField, arith::ConstantOp::create(b, b.getI32IntegerAttr(*field.getIndex())));
  Value all = abi::loadMember(b, context.state, abi::Struct::State, abi::state::Histories);
  Value values = abi::loadMember(b, all, abi::Struct::History, abi::history::Values, index);
  Value stride = abi::loadMember(b, all, abi::Struct::History, abi::history::Stride, index);
  Value row = arith::MulIOp::create(b, historyRow, stride);
  Value start = arith::AddIOp::create(b, row, arith::ExtUIOp::create(b, i64, context.first));
  Value own = abi::elementAddress(b, values, start, storedType(field));
  return abi::elementAddress(inside, own, offset, storedType(field));
}

/// The row of the step that many steps ago: step k begins with what step k - 1 has left.
Value LaneEmitter::emitLookBack(ir::LookBackOp op) {
  auto &b = before;
  Type i64 = b.getI64Type();
  Value steps = arith::FPToUIOp::create(b, i64, scalar(op.getSteps()));
  Value rows = arith::ExtUIOp::create(b, i64, abi::loadMember(b, context.state, abi::Struct::State, abi::state::Remembered));
  Value one = arith::ConstantOp::create(b, b.getI64IntegerAttr(1));
  Value back = arith::AddIOp::create(b, steps, one);
  Value row = arith::RemUIOp::create(b, arith::SubIOp::create(b, arith::AddIOp::create(b, context.step, rows), back), rows);
  auto field = cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, op.getField()));
  return loadLanes(historyAddress(field, row), storedType(field), real);
}

Value LaneEmitter::loadLanes(Value address, Type storedElement, Type element) {
  Type type = laneType(storedElement), wanted = laneType(element);
  unsigned alignment = lanes == 1 ? 0 : 64;
  Value value = LLVM::LoadOp::create(inside, type, address, alignment);
  return type == wanted ? value : arith::ExtFOp::create(inside, wanted, value).getResult();
}

Value LaneEmitter::loadField(ir::FieldOp field) {
  return loadLanes(fieldAddress(field), storedType(field), field.getType().isF64() ? real : field.getType());
}

void LaneEmitter::loadFields(Block &block, Value at) {
  offset = at;
  block.walk([&](ir::ReadOp read) {
    if (isa<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, read.getSlot())))
      readSlot(read.getSlot());
  });
}

Value LaneEmitter::emitWeight() {
  Value address = abi::elementAddress(inside, context.weights, context.synapse ? context.synapse : offset, stored);
  return loadLanes(address, stored, real);
}

Value LaneEmitter::readSlot(StringRef slot) {
  Value &value = current[slot];
  if (value)
    return value;
  Operation *declaration = SymbolTable::lookupSymbolIn(body, slot);
  return value = loadField(cast<ir::FieldOp>(declaration));
}

void LaneEmitter::emitWrite(ir::WriteOp op) {
  Operation *declaration = SymbolTable::lookupSymbolIn(body, op.getSlot());
  if (auto uniform = dyn_cast<ir::UniformOp>(declaration)) {
    Value index = arith::ConstantOp::create(inside, inside.getI32IntegerAttr(*uniform.getIndex()));
    Value address = abi::elementAddress(inside, context.uniforms, index, inside.getF64Type());
    LLVM::StoreOp::create(inside, lane(op.getValue()), address);
    return;
  }
  current[op.getSlot()] = lane(op.getValue());
  written.insert(op.getSlot());
}

void LaneEmitter::storeWritten() {
  for (StringRef slot : written) {
    auto field = cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, slot));
    Value value = current[slot];
    Type type = laneType(storedType(field));
    if (value.getType() != type)
      value = arith::TruncFOp::create(inside, type, value);
    LLVM::StoreOp::create(inside, value, fieldAddress(field), lanes == 1 ? 0 : 64);
  }
}

SmallVector<Value> LaneEmitter::writtenStates() {
  SmallVector<Value> values;
  for (StringRef slot : written) {
    auto field = cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, slot));
    bool ofSynapse = slot.contains('.');
    if (field.getKind() == ir::FieldKind::State && !ofSynapse)
      values.push_back(current[slot]);
  }
  return values;
}

/// Both branches are cheap, so the writes become selections.
void LaneEmitter::emitWhen(ir::WhenOp op) {
  if (isScalar(op.getCondition()))
    return emitBranch(op);
  Value mask = lane(op.getCondition());
  llvm::SmallMapVector<StringRef, Value, 4> old;
  for (auto write : op.getBody().front().getOps<ir::WriteOp>())
    old[write.getSlot()] = readSlot(write.getSlot());
  for (Operation &inner : op.getBody().front())
    emitOperation(inner);
  for (auto &[slot, value] : old)
    current[slot] = arith::SelectOp::create(inside, mask, current[slot], value);
}

//===-- Positions and random numbers --------------------------------------------------------------------------------------===//

/// i32 position in the population, per lane.
Value LaneEmitter::elementIndex() {
  Type i32 = inside.getI32Type();
  Value start = arith::AddIOp::create(inside, arith::TruncIOp::create(inside, i32, offset), context.first);
  if (lanes == 1)
    return start;
  SmallVector<int32_t> count(lanes);
  std::iota(count.begin(), count.end(), 0);
  auto type = cast<VectorType>(laneType(i32));
  Value lanesInOrder = arith::ConstantOp::create(inside, DenseElementsAttr::get(type, ArrayRef<int32_t>(count)));
  return arith::AddIOp::create(inside, vector::BroadcastOp::create(inside, type, start), lanesInOrder);
}

/// What all neurons of a population share is drawn for an element that no population has.
Value LaneEmitter::sharedElement() {
  Type type = laneType(inside.getI32Type());
  TypedAttr attribute = inside.getI32IntegerAttr(-1);
  if (auto vector = dyn_cast<VectorType>(type))
    attribute = DenseElementsAttr::get(vector, Attribute(attribute));
  return arith::ConstantOp::create(inside, attribute);
}

Value LaneEmitter::emitIndex(ir::IndexOp op) {
  if (op.getEnd())
    return *op.getEnd() == "pre" ? context.preIndex : context.postIndex;
  if (context.element && lanes == 1)
    return arith::UIToFPOp::create(inside, real, context.element);
  return arith::UIToFPOp::create(inside, laneType(real), elementIndex());
}

Value LaneEmitter::emitRandom(ir::RandomOp op) {
  Value stream = arith::XOrIOp::create(before, context.stream, arith::ConstantOp::create(before, before.getI32IntegerAttr(op.getStream())));
  if (op.getPerSubstep() && round) { // the first round draws what the step would draw
    Value weyl = arith::ConstantOp::create(inside, inside.getI32IntegerAttr(static_cast<int32_t>(0x9E3779B9u)));
    stream = arith::XOrIOp::create(inside, stream, arith::MulIOp::create(inside, round, weyl));
  }
  Value seed = abi::loadMember(before, context.state, abi::Struct::State, abi::state::Seed);
  Value element = op.getShared() ? sharedElement() : elementIndex();
  RandomNumbers random(inside, lanes, real, seed, stream, element, context.step);
  return op.getKind() == ir::RandomKind::Uniform ? random.uniform() : random.normal();
}

/// Inversion: the number of terms of the cumulative distribution below u. All lanes go on until the last is done.
Value LaneEmitter::emitPoissonCount(ir::PoissonCountOp op) {
  auto &b = inside;
  Value mean = lane(op.getMean()), u = lane(op.getUniform());
  Type type = laneType(real);
  Value zero = laneConstant(0), one = laneConstant(1), limit = laneConstant(op.getLimit());
  Value none = math::ExpOp::create(b, arith::NegFOp::create(b, mean));
  // A sum of rounded probabilities may end just below the largest `u`. Behind the mean, terms too small to change it end it.
  Value smallest = laneConstant(real.isF32() ? 0x1p-26 : 0x1p-55);
  auto open = [&](OpBuilder &at, Location loc, Value cumulative, Value count, Value term) -> Value {
    Value more = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGE, u, cumulative);
    Value below = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OLT, count, limit);
    Value rises = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OLT, count, mean);
    Value counts = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGE, term, smallest);
    Value goesOn = arith::OrIOp::create(at, loc, rises, counts);
    return arith::AndIOp::create(at, loc, goesOn, arith::AndIOp::create(at, loc, more, below));
  };
  auto loop = scf::WhileOp::create(b, TypeRange{type, type, type}, ValueRange{zero, none, none},
      [&](OpBuilder &at, Location loc, ValueRange args) {
        Value any = open(at, loc, args[1], args[0], args[2]);
        if (lanes > 1)
          any = vector::ReductionOp::create(at, loc, vector::CombiningKind::OR, any);
        scf::ConditionOp::create(at, loc, any, args);
      },
      [&](OpBuilder &at, Location loc, ValueRange args) {
        ImplicitLocOpBuilder c(loc, at);
        Value isOpen = open(c, loc, args[1], args[0], args[2]);
        Value count = arith::SelectOp::create(c, isOpen, arith::AddFOp::create(c, args[0], one), args[0]);
        Value next = arith::DivFOp::create(c, arith::MulFOp::create(c, args[2], mean), arith::SelectOp::create(c, isOpen, count, one));
        Value term = arith::SelectOp::create(c, isOpen, next, args[2]);
        Value sum = arith::SelectOp::create(c, isOpen, arith::AddFOp::create(c, args[1], next), args[1]);
        scf::YieldOp::create(c, ValueRange{count, sum, term});
      });
  return loop.getResult(0);
}

} // namespace snn
