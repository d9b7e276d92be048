// The probability of a pair of neurons, for rules that look at both of them: `snn_contact_values`, what it takes from either, and
// `snn_contact_probabilities`, for one source and many targets at a time.

#include "compiler/Target/PairShares.h"
#include "compiler/Target/ProgramLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace snn {

static constexpr unsigned onSource = 1, onTarget = 2, onBoth = 3;

static unsigned ownEnds(Operation &op) {
  auto bit = [](std::optional<ir::End> end) { return !end ? 0 : *end == ir::End::Source ? onSource : onTarget; };
  if (auto index = dyn_cast<ir::IndexOp>(op))
    return !index.getEnd() ? 0 : *index.getEnd() == "pre" ? onSource : onTarget;
  if (auto draw = dyn_cast<ir::DrawOp>(op))
    return bit(draw.getEnd());
  if (auto data = dyn_cast<ir::DataOp>(op))
    return bit(data.getEnd());
  return 0;
}

PairShares sharesOfPair(ir::ConnectorOp connector) {
  PairShares shares;
  if (connector.getProbability().empty())
    return shares;
  for (Operation &op : connector.getProbability().front()) {
    unsigned ends = ownEnds(op);
    for (Value operand : op.getOperands())
      ends |= shares.endsOf(operand);
    for (Value result : op.getResults())
      shares.ends[result] = ends;
    if (isa<ir::YieldOp>(op)) // how far pairs reach and what goes round are asked for with the source
      for (Value operand : op.getOperands().drop_front())
        if (shares.endsOf(operand) == 0)
          shares.source.insert(operand);
    if (ends != onBoth && !isa<ir::YieldOp>(op))
      continue;
    for (Value operand : op.getOperands()) {
      if (shares.endsOf(operand) == onSource)
        shares.source.insert(operand);
      if (shares.endsOf(operand) == onTarget)
        shares.target.insert(operand);
    }
  }
  return shares;
}

ReachOfPair reachOfPair(ir::ConnectorOp connector) {
  ReachOfPair found;
  if (connector.getProbability().empty())
    return found;
  PairShares shares = sharesOfPair(connector);
  ValueRange values = cast<ir::YieldOp>(connector.getProbability().front().getTerminator()).getValues().drop_front();
  if (values.empty())
    return found;
  auto positionIn = [](const llvm::SetVector<Value> &all, Value value) {
    return static_cast<uint32_t>(llvm::find(all, value) - all.begin());
  };
  found.reach = positionIn(shares.source, values.front());
  values = values.drop_front();
  found.axes = static_cast<uint32_t>(values.size()) / 3;
  for (uint32_t axis = 0; axis < found.axes; ++axis) {
    found.source[axis] = positionIn(shares.source, values[axis]);
    found.target[axis] = positionIn(shares.target, values[found.axes + axis]);
    found.period[axis] = positionIn(shares.source, values[2 * found.axes + axis]);
  }
  return found;
}

namespace {

/// Emits parts of the expression, some of whose values are given.
class PartEmitter : public LaneEmitter {
public:
  using LaneEmitter::LaneEmitter;
  void give(Value value, Value emitted) { vectors.map(value, emitted); }
  void emitWhere(Block &block, llvm::function_ref<bool(unsigned ends)> isWanted, const PairShares &shares) {
    for (Operation &op : block)
      if (op.getNumResults() == 1 && isWanted(shares.endsOf(op.getResult(0))) && !vectors.contains(op.getResult(0)))
        emitOperation(op);
  }
};

} // namespace

static EmissionContext contextOf(ImplicitLocOpBuilder &b, Value state, Value instance, int firstArgument) {
  EmissionContext c;
  c.state = state;
  c.instance = instance;
  c.firstArgument = firstArgument;
  return c;
}

/// contact_values(state, instance, end, n, index, out, stride)
LLVM::LLVMFuncOp ProgramLowering::lowerContactValues(ir::ConnectorOp connector, const PairShares &shares) {
  auto function = addFunction(connector, "contact_values", {pointer, pointer, i32, i64, pointer, pointer, i64});
  ImplicitLocOpBuilder b(connector.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value instance = function.getArgument(1), end = function.getArgument(2), n = function.getArgument(3);
  for (unsigned which : {onSource, onTarget}) {
    bool isSource = which == onSource;
    Value isThis = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, end, integer(b, isSource ? 0 : 1, 32));
    Value count = arith::SelectOp::create(b, isThis, n, integer(b, 0));
    EmissionContext c = contextOf(b, function.getArgument(0), instance, FirstArgument);
    c.isLoop = false;
    c.preStream = abi::loadElement(b, instance, PreStream, i32);
    c.postStream = abi::loadElement(b, instance, PostStream, i32);
    c.stream = abi::loadElement(b, instance, Stream, i32);
    c.owner = abi::loadElement(b, instance, Owner, i32);
    auto loop = scf::ForOp::create(b, integer(b, 0), count, integer(b, 1));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    Value k = loop.getInductionVar();
    Value neuron = arith::ExtUIOp::create(b, i64, abi::loadElement(b, function.getArgument(4), k, i32));
    Value number = arith::UIToFPOp::create(b, f64, neuron);
    (isSource ? c.preElement : c.postElement) = neuron;
    (isSource ? c.preIndex : c.postIndex) = number;
    PartEmitter emitter({}, c, 1, f64, f64, b, b);
    emitter.emitWhere(connector.getProbability().front(), [&](unsigned ends) { return ends == 0 || ends == which; }, shares);
    const auto &values = isSource ? shares.source : shares.target;
    for (auto [v, value] : llvm::enumerate(values)) {
      Value result = emitter.lane(value);
      if (result.getType().isInteger(1))
        result = arith::UIToFPOp::create(b, f64, result);
      Value row = arith::MulIOp::create(b, function.getArgument(6), integer(b, static_cast<int64_t>(v)));
      LLVM::StoreOp::create(b, result, abi::elementAddress(b, function.getArgument(5), arith::AddIOp::create(b, row, k), f64));
    }
  }
  LLVM::ReturnOp::create(b, ValueRange{});
  return function;
}

/// contact_probabilities(state, instance, source values, n, target values, stride, out): one source, many targets at a time.
LLVM::LLVMFuncOp ProgramLowering::lowerContactProbabilities(ir::ConnectorOp connector, const PairShares &shares) {
  auto function = addFunction(connector, "contact_probabilities", {pointer, pointer, pointer, i64, pointer, i64, pointer});
  ImplicitLocOpBuilder b(connector.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  EmissionContext c = contextOf(b, function.getArgument(0), function.getArgument(1), FirstArgument);
  SmallVector<Value> ofSource;
  for (size_t v = 0; v < shares.source.size(); ++v)
    ofSource.push_back(abi::loadElement(b, function.getArgument(2), static_cast<int32_t>(v), f64));
  auto loop = scf::ForOp::create(b, integer(b, 0), function.getArgument(3), integer(b, lanes));
  LLVM::ReturnOp::create(b, ValueRange{});
  ImplicitLocOpBuilder before(connector.getLoc(), OpBuilder(loop)), inside(connector.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  Type vector = VectorType::get({static_cast<int64_t>(lanes)}, f64);
  auto asDeclared = [&](ImplicitLocOpBuilder &at, Value given, Value declared) -> Value {
    if (!declared.getType().isInteger(1))
      return given;
    Value zero = arith::ConstantOp::create(at, DenseElementsAttr::get(cast<ShapedType>(vector), 0.0));
    return arith::CmpFOp::create(at, arith::CmpFPredicate::UNE, given, zero);
  };
  PartEmitter emitter({}, c, lanes, f64, f64, before, inside);
  for (auto [given, value] : llvm::zip_equal(ofSource, shares.source))
    emitter.give(value, asDeclared(before, vector::BroadcastOp::create(before, vector, given), value));
  Value j = loop.getInductionVar();
  for (auto [v, value] : llvm::enumerate(shares.target)) {
    Value row = arith::MulIOp::create(inside, function.getArgument(5), integer(inside, static_cast<int64_t>(v)));
    Value address = abi::elementAddress(inside, function.getArgument(4), arith::AddIOp::create(inside, row, j), f64);
    emitter.give(value, asDeclared(inside, LLVM::LoadOp::create(inside, vector, address, 8), value));
  }
  emitter.emitWhere(connector.getProbability().front(), [](unsigned ends) { return ends == onBoth; }, shares);
  Value result = emitter.lane(cast<ir::YieldOp>(connector.getProbability().front().getTerminator()).getValues().front());
  LLVM::StoreOp::create(inside, result, abi::elementAddress(inside, function.getArgument(6), j, f64), 8);
  return function;
}

void ProgramLowering::lowerContacts() {
  SmallVector<std::pair<LLVM::LLVMFuncOp, InstanceTable>> values, probabilities;
  for (auto connector : program.getBody().getOps<ir::ConnectorOp>()) {
    if (connector.getProbability().empty())
      continue;
    PairShares shares = sharesOfPair(connector);
    values.push_back({lowerContactValues(connector, shares), tables[connector.getSymName()]});
    probabilities.push_back({lowerContactProbabilities(connector, shares), tables[connector.getSymName()]});
  }
  addConnectorEntry("contact_values", {i32, i64, pointer, pointer, i64}, values);
  addConnectorEntry("contact_probabilities", {pointer, i64, pointer, i64, pointer}, probabilities);
}

} // namespace snn
