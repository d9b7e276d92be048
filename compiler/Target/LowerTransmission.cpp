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

/// body.event(state, worker, instance, k, block, row, from, to, delay): one event reaches synapses [from, to) of a row.
LLVM::LLVMFuncOp ProgramLowering::lowerEvent(ir::TransmitOp transmit, ir::OnEventOp event) {
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  auto function = addFunction(body, "event", {pointer, pointer, pointer, i64, pointer, i64, i64, i64, i64});
  ImplicitLocOpBuilder b(transmit.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  auto arguments = function.getArguments();
  BlockContext c = blockContext(b, arguments[0], arguments[1], arguments[2], arguments[4]);
  c.emission.stepNumber = arith::SIToFPOp::create(b, f64, arguments[3]);
  bool usesSlope = event.walk([](ir::AddToTargetOp add) {
    return add.getSlope() ? WalkResult::interrupt() : WalkResult::advance();
  }).wasInterrupted();
  describeEvent(b, c, arguments[0], arguments[1], arguments[2], arguments[3], arguments[5], arguments[8],
                usesSlope ? std::optional(slopeEntry(body)) : std::nullopt);
  ImplicitLocOpBuilder before = b;
  auto receive = [&](ImplicitLocOpBuilder &inside, Value element) {
    LaneEmitter emitter(body, c.emission, 1, real, real, before, inside);
    emitter.emit(event.getBody().front(), element);
    emitter.storeWritten();
  };
  LLVM::ReturnOp::create(b, ValueRange{});
  before.setInsertionPoint(&function.getBody().front().back());
  b.setInsertionPoint(&function.getBody().front().back());
  describeJoined(b, c.emission, body, arguments[2]);
  if (!joinedFields[body.getSymName()].empty())
    c.emission.historyRow = historyRow(b, arguments[0], arguments[3], arguments[8]);
  describeLateTarget(b, c.emission, body, arguments[0], arguments[1], arguments[2], arguments[3], arguments[8], 0);
  if (transmit.getAlignment() == ir::Alignment::Pre) {
    before.setInsertionPoint(&function.getBody().front().back());
    receive(b, arguments[5]);
    return function;
  }
  auto loop = scf::ForOp::create(b, arguments[6], arguments[7], integer(b, 1));
  before.setInsertionPoint(loop);
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  receive(inside, loop.getInductionVar());
  return function;
}

bool ProgramLowering::advancesFirst(ir::TransmitOp transmit) const {
  for (Operation &op : transmit.getBody().front())
    if (isa<ir::WriteOp>(op))
      return true;
    else if (isa<ir::ContributionOp>(op))
      return false;
  return false;
}

/// Calls `content` for every block of this worker's rows of the projection.
void ProgramLowering::forEachBlock(ImplicitLocOpBuilder &b, ir::TransmitOp transmit, ValueRange arguments,
                                   llvm::function_ref<void(ImplicitLocOpBuilder &, BlockContext &)> content) {
  Value state = arguments[0], worker = arguments[1], instance = arguments[2], k = arguments[3];
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  Value projection = abi::loadElement(b, instance, Owner, i32);
  Value allRows = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Rows);
  auto ofRows = [&](unsigned member) { return abi::loadMember(b, allRows, abi::Struct::Rows, member, projection); };
  Value blocks = ofRows(abi::rows::Blocks), blockCount = ofRows(abi::rows::BlockCount);
  Value fields = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Fields);
  auto field = [&](int32_t entry) { return abi::loadElement(b, fields, abi::loadElement(b, instance, entry, i32), pointer); };
  auto contributions = transmit.getBody().getOps<ir::ContributionOp>();
  bool hasSlopes = !contributions.empty() && yieldedOf(*contributions.begin()).size() > 1;
  Value sums = field(FirstField), slopes = hasSlopes ? field(slopeEntry(body)) : Value();
  Value everyPair = arith::TruncIOp::create(b, b.getI1Type(), abi::loadElement(b, instance, everyPairEntry(body), i32));
  Value stepNumber = arith::SIToFPOp::create(b, f64, k);
  Value row, sourceBase;
  if (!joinedFields[body.getSymName()].empty()) {
    sourceBase = arith::ExtUIOp::create(b, i64, ofRows(abi::rows::SourceBegin));
    row = historyRow(b, state, k, arith::ExtUIOp::create(b, i64, ofRows(abi::rows::MinDelay)));
  }
  Value last = arith::ExtUIOp::create(b, i64, blockCount);
  auto loop = scf::ForOp::create(b, integer(b, 0), last, integer(b, 1));
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  Value block = abi::elementAddress(inside, blocks, loop.getInductionVar(), abi::typeOf(context, abi::Struct::Block));
  BlockContext c = blockContext(inside, state, worker, instance, block);
  c.emission.stepNumber = stepNumber;
  c.emission.sourceBase = sourceBase;
  c.emission.historyRow = row;
  if (row)
    describeJoined(inside, c.emission, body, instance);
  c.everyPair = everyPair;
  c.sums = abi::elementAddress(inside, sums, c.firstTarget, real);
  if (slopes)
    c.slopes = abi::elementAddress(inside, slopes, c.firstTarget, real);
  content(inside, c);
}

/// body.transmit(state, worker, instance, k): arrive, for one projection.
LLVM::LLVMFuncOp ProgramLowering::lowerTransmission(ir::TransmitOp transmit) {
  auto event = *transmit.getBody().getOps<ir::OnEventOp>().begin();
  bool hasEvents = !event.getBody().front().empty(), isEarly = advancesFirst(transmit);
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, transmit.getOf()));
  std::string walk;
  if (hasEvents) {
    uint32_t stride = tables[transmit.getOf()].stride;
    walk = addEventWalk(module, shownAs(shownName(body, "arrive"), transmit.getLoc()), real, lowerEvent(transmit, event).getName(),
                        /*sourceEntry=*/stride - 2, /*fieldEntry=*/FirstField);
  }
  event.erase(); // what is left is executed for every element

  auto function = addFunction(body, "transmit", {pointer, pointer, pointer, i64});
  ImplicitLocOpBuilder b(transmit.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  auto lower = [&](Part part) {
    forEachBlock(b, transmit, function.getArguments(),
                 [&](ImplicitLocOpBuilder &inside, BlockContext &c) { lowerElements(inside, transmit, c, part); });
  };
  if (hasEvents && isEarly)
    lower(Part::Advance);
  if (hasEvents)
    LLVM::CallOp::create(b, module.lookupSymbol<LLVM::LLVMFuncOp>(walk), function.getArguments());
  if (!transmit.getBody().getOps<ir::ContributionOp>().empty()) // else events go to the target at once
    lower(hasEvents && isEarly ? Part::Contribute : Part::Both);
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
  c.emission.element = c.emission.preElement = arith::ExtUIOp::create(inside, i64, source);
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
    Value target = arith::AddIOp::create(inside, begin, inShare);
    c.emission.postElement = arith::ExtUIOp::create(inside, i64, target);
    c.emission.postIndex = arith::UIToFPOp::create(inside, f64, target);
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
