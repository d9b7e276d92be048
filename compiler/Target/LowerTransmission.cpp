// Synapses with states of their own: what an event does to one, what they add to their targets, how they advance.
//
// The states of a block of rows lie in arrays parallel to its synapses, or one element per source. A worker has the blocks of
// its own targets only, and sums in the order of the rows, so nothing depends on the number of workers.

#include "compiler/Target/Delivery.h"
#include "compiler/Target/ProgramLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace snn {

static void forEach(ImplicitLocOpBuilder &b, Value from, Value to, Value step,
                    llvm::function_ref<void(ImplicitLocOpBuilder &, Value)> content) {
  auto loop = scf::ForOp::create(b, from, to, step);
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  content(inside, loop.getInductionVar());
}

ProgramLowering::BlockContext ProgramLowering::blockContext(ImplicitLocOpBuilder &b, Value state, Value worker,
                                                            Value instance, Value block) {
  BlockContext c;
  c.emission = bodyContext(b, state, {}, instance);
  c.emission.worker = worker;
  c.emission.fields = abi::loadMember(b, block, abi::Struct::Block, abi::block::Fields);
  c.emission.weights = abi::loadMember(b, block, abi::Struct::Block, abi::block::Amount);
  Value projection = abi::loadElement(b, instance, Owner, i32);
  Value amounts = abi::loadMember(b, state, abi::Struct::State, abi::state::Amounts);
  c.emission.weight = abi::loadElement(b, amounts, projection, f64);
  Value allRows = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Rows);
  Value begin = abi::loadMember(b, allRows, abi::Struct::Rows, abi::rows::SourceBegin, projection);
  Value end = abi::loadMember(b, allRows, abi::Struct::Rows, abi::rows::SourceEnd, projection);
  c.sources = arith::ExtUIOp::create(b, i64, arith::SubIOp::create(b, end, begin));
  c.start = abi::loadMember(b, block, abi::Struct::Block, abi::block::Start);
  c.target = abi::loadMember(b, block, abi::Struct::Block, abi::block::Target);
  c.firstTarget =
      arith::ExtUIOp::create(b, i64, abi::loadMember(b, block, abi::Struct::Block, abi::block::FirstTarget));
  c.emission.targets = c.target;
  c.emission.firstTarget = c.firstTarget;
  return c;
}

/// One synapse adds `value` to its target.
static void addToTarget(ImplicitLocOpBuilder &b, Value sums, Value target, Value synapse, Value value) {
  Value index = arith::ExtUIOp::create(b, b.getI64Type(), abi::loadElement(b, target, synapse, b.getI16Type()));
  Value address = abi::elementAddress(b, sums, index, value.getType());
  Value sum = arith::AddFOp::create(b, LLVM::LoadOp::create(b, value.getType(), address), value);
  LLVM::StoreOp::create(b, sum, address);
}

static Value yieldedOf(ir::ContributionOp contribution) {
  return cast<ir::YieldOp>(contribution.getExpression().front().getTerminator()).getValues().front();
}

/// body.event(state, worker, instance, k, block, row, from, to, delay): one event reaches synapses [from, to) of a row.
LLVM::LLVMFuncOp ProgramLowering::lowerEvent(ir::TransmitOp transmit, ir::OnEventOp event) {
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  auto function = addFunction(body, "event", {pointer, pointer, pointer, i64, pointer, i64, i64, i64, i64});
  ImplicitLocOpBuilder b(transmit.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  auto arguments = function.getArguments();
  BlockContext c = blockContext(b, arguments[0], arguments[1], arguments[2], arguments[4]);
  c.emission.stepNumber = arith::SIToFPOp::create(b, f64, arguments[3]);
  describeEvent(b, c, arguments[0], arguments[1], arguments[2], arguments[3], arguments[5], arguments[8]);
  ImplicitLocOpBuilder before = b;
  auto receive = [&](ImplicitLocOpBuilder &inside, Value element) {
    LaneEmitter emitter(body, c.emission, 1, real, real, before, inside);
    emitter.emit(event.getBody().front(), element);
    emitter.storeWritten();
  };
  LLVM::ReturnOp::create(b, ValueRange{});
  before.setInsertionPoint(&function.getBody().front().back());
  b.setInsertionPoint(&function.getBody().front().back());
  if (transmit.getAlignment() == ir::Alignment::Pre) {
    receive(b, arguments[5]);
    return function;
  }
  describeJoined(b, c.emission, body, arguments[2]);
  c.emission.historyRow = historyRow(b, arguments[0], arguments[3], arguments[8]);
  auto loop = scf::ForOp::create(b, arguments[6], arguments[7], integer(b, 1));
  before.setInsertionPoint(loop);
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  receive(inside, loop.getInductionVar());
  return function;
}

/// Elements are synapses: contributions and the advance are computed many at a time in one pass, the sums one by one.
void ProgramLowering::addContributionsOfSynapses(ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c,
                                                 Value sums) {
  auto contribution = *transmit.getBody().getOps<ir::ContributionOp>().begin();
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  Type laneType = VectorType::get({static_cast<int64_t>(lanes)}, real);
  Value scratch;
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(
        &b.getInsertionBlock()->getParent()->getParentOfType<LLVM::LLVMFuncOp>().getBody().front());
    scratch = LLVM::AllocaOp::create(b, pointer, laneType, integer(b, 1), /*alignment=*/64);
  }
  Value synapses = abi::loadElement(b, c.start, c.sources, i64), width = integer(b, lanes), one = integer(b, 1);
  auto loop = scf::ForOp::create(b, integer(b, 0), synapses, width);
  ImplicitLocOpBuilder before(b.getLoc(), OpBuilder(loop));
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  Value first = loop.getInductionVar();
  LaneEmitter emitter(body, c.emission, lanes, real, real, before, inside);
  emitter.emit(contribution.getExpression().front(), first);
  LLVM::StoreOp::create(inside, emitter.lane(yieldedOf(contribution)), scratch, /*alignment=*/64);
  Value count = arith::MinUIOp::create(inside, width, arith::SubIOp::create(inside, synapses, first));
  Value targets = abi::elementAddress(inside, c.target, first, inside.getI16Type());
  auto add = [&](ImplicitLocOpBuilder &b, Value lane) {
    addToTarget(b, sums, targets, lane, abi::loadElement(b, scratch, lane, real));
  };
  constexpr int64_t unrolled = 8; // additions per iteration, still in order: two synapses may end on the same neuron
  Value eights = arith::AndIOp::create(inside, count, integer(inside, -unrolled));
  forEach(inside, integer(inside, 0), eights, integer(inside, unrolled), [&](ImplicitLocOpBuilder &b, Value lane) {
    for (int64_t k = 0; k < unrolled; ++k)
      add(b, arith::AddIOp::create(b, lane, integer(b, k)));
  });
  forEach(inside, eights, count, one, add);
  emitter.emit(transmit.getBody().front(), first);
  emitter.storeWritten();
}

/// Elements are sources: each contributes to every target of its row with the weight of that synapse; then all advance.
void ProgramLowering::addContributionsOfSources(ImplicitLocOpBuilder &b, ir::TransmitOp transmit, BlockContext &c,
                                                Value sums) {
  auto contribution = *transmit.getBody().getOps<ir::ContributionOp>().begin();
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  Value zero = integer(b, 0), one = integer(b, 1);
  auto rows = scf::ForOp::create(b, zero, c.sources, one);
  ImplicitLocOpBuilder before(b.getLoc(), OpBuilder(rows));
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(rows.getBody()));
  Value row = rows.getInductionVar();
  Value from = abi::loadElement(inside, c.start, row, i64);
  Value to = abi::loadElement(inside, c.start, arith::AddIOp::create(inside, row, one), i64);
  auto synapses = scf::ForOp::create(inside, from, to, one);
  EmissionContext ofRow = c.emission;
  ofRow.synapse = synapses.getInductionVar();
  LaneEmitter rowEmitter(body, ofRow, 1, real, real, before, inside);
  inside.setInsertionPoint(synapses);
  rowEmitter.loadFields(contribution.getExpression().front(), row);
  inside.setInsertionPointToStart(synapses.getBody());
  rowEmitter.emit(contribution.getExpression().front(), row);
  addToTarget(inside, sums, c.target, ofRow.synapse, rowEmitter.lane(yieldedOf(contribution)));

  auto advance = scf::ForOp::create(b, zero, c.sources, integer(b, lanes));
  ImplicitLocOpBuilder beforeAdvance(b.getLoc(), OpBuilder(advance));
  ImplicitLocOpBuilder insideAdvance(b.getLoc(), OpBuilder::atBlockBegin(advance.getBody()));
  LaneEmitter emitter(body, c.emission, lanes, real, real, beforeAdvance, insideAdvance);
  emitter.emit(transmit.getBody().front(), advance.getInductionVar());
  emitter.storeWritten();
}

/// body.transmit(state, worker, instance, k): arrive, for one projection.
LLVM::LLVMFuncOp ProgramLowering::lowerTransmission(ir::TransmitOp transmit) {
  auto event = *transmit.getBody().getOps<ir::OnEventOp>().begin();
  LLVM::LLVMFuncOp eventFunction = lowerEvent(transmit, event);
  event.erase(); // what is left is executed for every element
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  uint32_t stride = tables[transmit.getOf()].stride;
  std::string walk =
      addEventWalk(module, shownAs(shownName(body, "arrive"), transmit.getLoc()), real, eventFunction.getName(),
                   /*sourceEntry=*/stride - 2, /*fieldEntry=*/FirstField);

  auto function = addFunction(body, "transmit", {pointer, pointer, pointer, i64});
  ImplicitLocOpBuilder b(transmit.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), worker = function.getArgument(1), instance = function.getArgument(2);
  Value k = function.getArgument(3);
  LLVM::CallOp::create(b, module.lookupSymbol<LLVM::LLVMFuncOp>(walk), ValueRange{state, worker, instance, k});
  if (transmit.getBody().getOps<ir::ContributionOp>().empty()) { // events go to the target at once
    LLVM::ReturnOp::create(b, ValueRange{});
    return function;
  }
  Value projection = abi::loadElement(b, instance, Owner, i32);
  Value allRows = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Rows);
  Value blocks = abi::loadMember(b, allRows, abi::Struct::Rows, abi::rows::Blocks, projection);
  Value blockCount = abi::loadMember(b, allRows, abi::Struct::Rows, abi::rows::BlockCount, projection);
  Value fields = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Fields);
  Value field = abi::loadElement(b, fields, abi::loadElement(b, instance, FirstField, i32), pointer);
  Value stepNumber = arith::SIToFPOp::create(b, f64, k);
  forEach(b, integer(b, 0), arith::ExtUIOp::create(b, i64, blockCount), integer(b, 1),
          [&](ImplicitLocOpBuilder &b, Value index) {
            Value block = abi::elementAddress(b, blocks, index, abi::typeOf(context, abi::Struct::Block));
            BlockContext c = blockContext(b, state, worker, instance, block);
            c.emission.stepNumber = stepNumber;
            Value sums = abi::elementAddress(b, field, c.firstTarget, real);
            if (transmit.getAlignment() == ir::Alignment::Pre)
              addContributionsOfSources(b, transmit, c, sums);
            else
              addContributionsOfSynapses(b, transmit, c, sums);
          });
  LLVM::ReturnOp::create(b, ValueRange{});
  return function;
}

//===-- Initial values ----------------------------------------------------------------------------------------------------===//

/// initialise_body(state, worker, instance, block, element): all elements of one block, one after the other.
LLVM::LLVMFuncOp ProgramLowering::lowerInitialiseSynapses(ir::BodyOp body, ir::Alignment alignment) {
  auto function = addFunction(body, "initialise", {pointer, pointer, pointer, i32, pointer});
  ImplicitLocOpBuilder b(body.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), worker = function.getArgument(1), instance = function.getArgument(2);
  Value projection = abi::loadElement(b, instance, Owner, i32);
  Value allRows = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Rows);
  Value blocks = abi::loadMember(b, allRows, abi::Struct::Rows, abi::rows::Blocks, projection);
  Value firstSource = abi::loadMember(b, allRows, abi::Struct::Rows, abi::rows::SourceBegin, projection);
  Value block = abi::elementAddress(b, blocks, function.getArgument(3), abi::typeOf(context, abi::Struct::Block));
  BlockContext c = blockContext(b, state, worker, instance, block);
  c.emission.count = populationSize(b, state, body, instance);
  Block &content = (*body.getBody().getOps<ir::InitialiseOp>().begin()).getBody().front();

  Value zero = integer(b, 0), one = integer(b, 1);
  auto rows = scf::ForOp::create(b, zero, c.sources, one);
  LLVM::ReturnOp::create(b, ValueRange{});
  ImplicitLocOpBuilder before(body.getLoc(), OpBuilder(rows));
  ImplicitLocOpBuilder inside(body.getLoc(), OpBuilder::atBlockBegin(rows.getBody()));
  Value row = rows.getInductionVar();
  Value source = arith::AddIOp::create(inside, firstSource, arith::TruncIOp::create(inside, i32, row));
  c.emission.preIndex = arith::UIToFPOp::create(inside, f64, source);
  Value element = row;
  c.emission.element = arith::ExtUIOp::create(inside, i64, source);
  if (alignment == ir::Alignment::Connection) {
    Value from = abi::loadElement(inside, c.start, row, i64);
    Value to = abi::loadElement(inside, c.start, arith::AddIOp::create(inside, row, one), i64);
    auto synapses = scf::ForOp::create(inside, from, to, one);
    inside.setInsertionPointToStart(synapses.getBody());
    element = synapses.getInductionVar();
    Value shares = abi::loadMember(inside, worker, abi::Struct::Worker, abi::worker::Shares);
    Value population =
        abi::loadElement(inside, instance, static_cast<int32_t>(tables[body.getSymName()].stride) - 3, i32);
    Value begin = abi::loadMember(inside, shares, abi::Struct::Share, abi::share::Begin, population);
    Value inBlock =
        arith::ExtUIOp::create(inside, i32, abi::loadElement(inside, c.target, element, inside.getI16Type()));
    Value inShare = arith::AddIOp::create(inside, arith::TruncIOp::create(inside, i32, c.firstTarget), inBlock);
    c.emission.postIndex = arith::UIToFPOp::create(inside, f64, arith::AddIOp::create(inside, begin, inShare));
    c.emission.element = abi::loadElement(inside, function.getArgument(4), element, i64);
  }
  LaneEmitter emitter(body, c.emission, 1, f64, real, before, inside);
  emitter.emit(content, element);
  emitter.storeWritten();
  return function;
}

void ProgramLowering::lowerInitialiseSynapses() {
  SmallVector<std::pair<LLVM::LLVMFuncOp, InstanceTable>> bodies;
  for (auto body : program.getBody().getOps<ir::BodyOp>())
    if (auto it = synapseBodies.find(body.getSymName()); it != synapseBodies.end())
      bodies.push_back({lowerInitialiseSynapses(body, it->second), tables[body.getSymName()]});
  auto function = addEntryPoint("initialise_synapses", {pointer, pointer, i32, i32, pointer});
  ImplicitLocOpBuilder b(program.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  auto arguments = function.getArguments();
  for (auto &[callee, table] : bodies)
    forEachRow(b, table, [&, &callee = callee](ImplicitLocOpBuilder &b, Value row) {
      Value isWanted =
          arith::CmpIOp::create(b, arith::CmpIPredicate::eq, abi::loadElement(b, row, Owner, i32), arguments[2]);
      scf::IfOp::create(b, isWanted, [&](OpBuilder &at, Location loc) {
        LLVM::CallOp::create(at, loc, callee, ValueRange{arguments[0], arguments[1], row, arguments[3], arguments[4]});
        scf::YieldOp::create(at, loc);
      });
    });
  LLVM::ReturnOp::create(b, ValueRange{});
}

} // namespace snn
