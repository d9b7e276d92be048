// What synapses with states of their own add to their targets, and how they advance: loops over the elements of one block.

#include "compiler/Target/ProgramLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace snn {

ValueRange yieldedOf(ir::ContributionOp contribution) {
  return cast<ir::YieldOp>(contribution.getExpression().front().getTerminator()).getValues();
}

static void forEach(ImplicitLocOpBuilder &b, Value from, Value to, Value step,
                    llvm::function_ref<void(ImplicitLocOpBuilder &, Value)> content) {
  auto loop = scf::ForOp::create(b, from, to, step);
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  content(inside, loop.getInductionVar());
}

/// One synapse adds `value` to its target.
static void addToTarget(ImplicitLocOpBuilder &b, Value sums, Value target, Value synapse, Value value) {
  Value index = arith::ExtUIOp::create(b, b.getI64Type(), abi::loadElement(b, target, synapse, b.getI16Type()));
  Value address = abi::elementAddress(b, sums, index, value.getType());
  Value sum = arith::AddFOp::create(b, LLVM::LoadOp::create(b, value.getType(), address), value);
  LLVM::StoreOp::create(b, sum, address);
}

void ProgramLowering::lowerElements(ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c, Part part) {
  if (transmit.getAlignment() == ir::Alignment::Pre)
    lowerElementsOfSources(b, transmit, c, part);
  else
    lowerElementsOfSynapses(b, transmit, c, part);
}

/// Elements are synapses: contributions and the advance are computed many at a time in one pass, the sums one by one.
void ProgramLowering::lowerElementsOfSynapses(ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c, Part part) {
  auto contribution = *transmit.getBody().getOps<ir::ContributionOp>().begin();
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  Type laneType = VectorType::get({static_cast<int64_t>(lanes)}, real);
  SmallVector<Value> destinations = {c.sums};
  if (c.slopes)
    destinations.push_back(c.slopes);
  SmallVector<Value> scratch;
  if (part != Part::Advance) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(
        &b.getInsertionBlock()->getParent()->getParentOfType<LLVM::LLVMFuncOp>().getBody().front());
    for (size_t i = 0; i < destinations.size(); ++i)
      scratch.push_back(LLVM::AllocaOp::create(b, pointer, laneType, integer(b, 1), /*alignment=*/64));
  }
  Value synapses = abi::loadElement(b, c.start, c.sources, i64), width = integer(b, lanes), one = integer(b, 1);
  auto loop = scf::ForOp::create(b, integer(b, 0), synapses, width);
  ImplicitLocOpBuilder before(b.getLoc(), OpBuilder(loop));
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  Value first = loop.getInductionVar();
  LaneEmitter emitter(body, c.emission, lanes, real, real, before, inside);
  auto advance = [&] {
    emitter.emit(transmit.getBody().front(), first);
    emitter.storeWritten();
  };
  bool isEarly = advancesFirst(transmit);
  if (part == Part::Advance || (part == Part::Both && isEarly))
    advance();
  if (part == Part::Advance)
    return;
  emitter.emit(contribution.getExpression().front(), first);
  for (auto [value, place] : llvm::zip_equal(yieldedOf(contribution), scratch))
    LLVM::StoreOp::create(inside, emitter.lane(value), place, /*alignment=*/64);
  Value count = arith::MinUIOp::create(inside, width, arith::SubIOp::create(inside, synapses, first));
  Value targets = abi::elementAddress(inside, c.target, first, inside.getI16Type());
  auto add = [&](ImplicitLocOpBuilder &b, Value lane) {
    for (auto [sums, place] : llvm::zip_equal(destinations, scratch))
      addToTarget(b, sums, targets, lane, abi::loadElement(b, place, lane, real));
  };
  constexpr int64_t unrolled = 8; // additions per iteration, still in order: two synapses may end on the same neuron
  Value eights = arith::AndIOp::create(inside, count, integer(inside, -unrolled));
  forEach(inside, integer(inside, 0), eights, integer(inside, unrolled), [&](ImplicitLocOpBuilder &b, Value lane) {
    for (int64_t k = 0; k < unrolled; ++k)
      add(b, arith::AddIOp::create(b, lane, integer(b, k)));
  });
  forEach(inside, eights, count, one, add);
  if (part == Part::Both && !isEarly)
    advance();
}

void ProgramLowering::advanceSources(ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c) {
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  auto advance = scf::ForOp::create(b, integer(b, 0), c.sources, integer(b, lanes));
  ImplicitLocOpBuilder before(b.getLoc(), OpBuilder(advance));
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(advance.getBody()));
  LaneEmitter emitter(body, c.emission, lanes, real, real, before, inside);
  emitter.emit(transmit.getBody().front(), advance.getInductionVar());
  emitter.storeWritten();
}

EmissionContext ProgramLowering::contextOfRow(ImplicitLocOpBuilder &b, BlockContext &c, Value row) {
  EmissionContext ofRow = c.emission;
  if (ofRow.sourceBase) {
    ofRow.sourceElement = arith::AddIOp::create(b, ofRow.sourceBase, row);
    ofRow.sharedEnd = ir::End::Source;
  }
  return ofRow;
}

/// Elements are sources: each contributes to every target of its row with the weight of that synapse.
void ProgramLowering::addRowByRow(ImplicitLocOpBuilder &b, ir::ContributionOp contribution, ir::BodyOp body, BlockContext &c) {
  Value zero = integer(b, 0), one = integer(b, 1);
  auto rows = scf::ForOp::create(b, zero, c.sources, one);
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(rows.getBody()));
  Value row = rows.getInductionVar();
  Value from = abi::loadElement(inside, c.start, row, i64);
  Value to = abi::loadElement(inside, c.start, arith::AddIOp::create(inside, row, one), i64);
  EmissionContext ofRow = contextOfRow(inside, c, row);
  auto synapses = scf::ForOp::create(inside, from, to, one);
  ofRow.synapse = synapses.getInductionVar();
  ImplicitLocOpBuilder ahead(b.getLoc(), OpBuilder(synapses)); // what the row has in common
  LaneEmitter emitter(body, ofRow, 1, real, real, ahead, inside);
  inside.setInsertionPoint(synapses);
  emitter.loadFields(contribution.getExpression().front(), row);
  inside.setInsertionPointToStart(synapses.getBody());
  emitter.emit(contribution.getExpression().front(), row);
  auto values = yieldedOf(contribution);
  addToTarget(inside, c.sums, c.target, ofRow.synapse, emitter.lane(values.front()));
  if (c.slopes)
    addToTarget(inside, c.slopes, c.target, ofRow.synapse, emitter.lane(values.back()));
}

/// Every target receives the same, so it is summed once, in the order of the sources, as each target would.
void ProgramLowering::addToAll(ImplicitLocOpBuilder &b, ir::ContributionOp contribution, ir::BodyOp body, BlockContext &c) {
  Value zero = integer(b, 0), one = integer(b, 1);
  Value nothing = arith::ConstantOp::create(b, FloatAttr::get(real, 0.0));
  auto values = yieldedOf(contribution);
  auto rows = scf::ForOp::create(b, zero, c.sources, one, SmallVector<Value>(values.size(), nothing));
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(rows.getBody()));
  EmissionContext ofRow = contextOfRow(inside, c, rows.getInductionVar());
  LaneEmitter emitter(body, ofRow, 1, real, real, inside, inside);
  emitter.emit(contribution.getExpression().front(), rows.getInductionVar());
  SmallVector<Value> sums;
  for (auto [value, sum] : llvm::zip_equal(values, rows.getRegionIterArgs()))
    sums.push_back(arith::AddFOp::create(inside, sum, emitter.lane(value)));
  scf::YieldOp::create(inside, sums);
  // The targets of the first row are all targets of the block.
  Value last = abi::loadElement(b, c.start, arith::MinUIOp::create(b, one, c.sources), i64);
  forEach(b, zero, last, one, [&](ImplicitLocOpBuilder &at, Value synapse) {
    addToTarget(at, c.sums, c.target, synapse, rows.getResult(0));
    if (c.slopes)
      addToTarget(at, c.slopes, c.target, synapse, rows.getResult(1));
  });
}

/// Does what the synapses of a source add depend on the source alone, if they have one weight?
static bool dependsOnSourceAlone(ir::ContributionOp contribution) {
  return !contribution.walk([](Operation *op) {
    auto joined = dyn_cast<ir::JoinedOp>(op);
    auto weight = dyn_cast<ir::WeightOp>(op);
    bool depends = (joined && joined.getEnd() == ir::End::Target) || (weight && weight.getStored());
    return depends ? WalkResult::interrupt() : WalkResult::advance();
  }).wasInterrupted();
}

/// Elements are sources: all advance in a loop of their own.
void ProgramLowering::lowerElementsOfSources(ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c, Part part) {
  bool isEarly = advancesFirst(transmit);
  if (part == Part::Advance || (part == Part::Both && isEarly))
    advanceSources(b, transmit, c);
  if (part == Part::Advance)
    return;
  auto contribution = *transmit.getBody().getOps<ir::ContributionOp>().begin();
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  if (dependsOnSourceAlone(contribution)) {
    auto choice = scf::IfOp::create(b, c.everyPair, /*withElseRegion=*/true);
    ImplicitLocOpBuilder toAll(b.getLoc(), OpBuilder(choice.thenBlock()->getTerminator())), byRow(b.getLoc(), OpBuilder(choice.elseBlock()->getTerminator()));
    addToAll(toAll, contribution, body, c);
    addRowByRow(byRow, contribution, body, c);
  } else {
    addRowByRow(b, contribution, body, c);
  }
  if (part == Part::Both && !isEarly)
    advanceSources(b, transmit, c);
}

} // namespace snn
