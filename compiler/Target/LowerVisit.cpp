// What happens to every synapse of a projection: in every step, before anything arrives, or when a modulator spikes.

#include "compiler/Target/ProgramLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace snn {

static Value wide(ImplicitLocOpBuilder &b, Value narrow) { return arith::ExtUIOp::create(b, b.getI64Type(), narrow); }

/// How many spikes the group of a modulator has emitted in a step, of all workers.
Value ProgramLowering::spikesOfModulator(ImplicitLocOpBuilder &b, Value state, Value modulator, Value step) {
  Value settings = abi::loadMember(b, state, abi::Struct::State, abi::state::Settings);
  Value population = abi::loadElement(b, modulator, 0, i32);
  auto border = [&](int32_t entry) -> Value {
    return arith::FPToUIOp::create(b, i32, abi::loadElement(b, settings, abi::loadElement(b, modulator, entry, i32), f64));
  };
  Value begin = border(1), size = arith::SubIOp::create(b, border(2), begin);
  Value history = wide(b, abi::loadMember(b, state, abi::Struct::State, abi::state::History));
  Value chunk = abi::loadMember(b, state, abi::Struct::State, abi::state::ChunkFirst);
  Value slot = arith::AddIOp::create(b, arith::SubIOp::create(b, step, chunk), history);
  Value workers = abi::loadMember(b, state, abi::Struct::State, abi::state::Workers);
  Value all = abi::loadMember(b, state, abi::Struct::State, abi::state::WorkerList);
  Value zero = integer(b, 0), one = integer(b, 1);
  auto overWorkers = scf::ForOp::create(b, zero, wide(b, workers), one, ValueRange{zero});
  {
    ImplicitLocOpBuilder c(b.getLoc(), OpBuilder::atBlockBegin(overWorkers.getBody()));
    Value worker = abi::loadElement(c, all, overWorkers.getInductionVar(), pointer);
    Value lists = abi::loadMember(c, worker, abi::Struct::Worker, abi::worker::Spikes);
    Value list = abi::loadMember(c, lists, abi::Struct::Spikes, abi::spikes::Index, population);
    Value firsts = abi::loadMember(c, lists, abi::Struct::Spikes, abi::spikes::First, population);
    Value from = abi::loadElement(c, firsts, slot, i64);
    Value to = abi::loadElement(c, firsts, arith::AddIOp::create(c, slot, one), i64);
    auto overSpikes = scf::ForOp::create(c, from, to, one, overWorkers.getRegionIterArgs());
    ImplicitLocOpBuilder d(b.getLoc(), OpBuilder::atBlockBegin(overSpikes.getBody()));
    Value neuron = abi::loadElement(d, list, overSpikes.getInductionVar(), i32);
    Value isMember = arith::CmpIOp::create(d, arith::CmpIPredicate::ult, arith::SubIOp::create(d, neuron, begin), size);
    Value more = arith::AddIOp::create(d, overSpikes.getRegionIterArg(0), wide(d, isMember));
    scf::YieldOp::create(d, more);
    scf::YieldOp::create(c, overSpikes.getResults());
  }
  return overWorkers.getResult(0);
}

/// The synapses of one block that have the delay with this number, row by row.
void ProgramLowering::visitRows(ImplicitLocOpBuilder &b, ir::VisitOp visit, BlockContext &c, Value segment, Value firstSource,
                                Value delayNumber, Value delays) {
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, visit.getOf()));
  Value zero = integer(b, 0), one = integer(b, 1);
  auto rows = scf::ForOp::create(b, zero, c.sources, one);
  ImplicitLocOpBuilder inRow(b.getLoc(), OpBuilder::atBlockBegin(rows.getBody()));
  Value row = rows.getInductionVar();
  Value from = abi::loadElement(inRow, c.start, row, i64), to;
  if (visit.getDelayStored()) {
    Value entry = arith::AddIOp::create(inRow, arith::MulIOp::create(inRow, row, arith::AddIOp::create(inRow, delays, one)), delayNumber);
    auto offset = [&](Value at) { return wide(inRow, abi::loadElement(inRow, segment, at, i32)); };
    to = arith::AddIOp::create(inRow, from, offset(arith::AddIOp::create(inRow, entry, one)));
    from = arith::AddIOp::create(inRow, from, offset(entry));
  } else {
    to = abi::loadElement(inRow, c.start, arith::AddIOp::create(inRow, row, one), i64);
  }
  EmissionContext ofRow = c.emission;
  ofRow.sharedEnd = ir::End::Source;
  ofRow.sourceElement = arith::AddIOp::create(inRow, firstSource, row);
  auto synapses = scf::ForOp::create(inRow, from, to, one);
  ImplicitLocOpBuilder before(b.getLoc(), OpBuilder(synapses));
  ImplicitLocOpBuilder inside(b.getLoc(), OpBuilder::atBlockBegin(synapses.getBody()));
  LaneEmitter emitter(body, ofRow, 1, real, real, before, inside);
  emitter.emit(visit.getBody().front(), synapses.getInductionVar());
  emitter.storeWritten();
}

/// body.visit(state, worker, instance, k): all synapses that end on this worker's neurons.
LLVM::LLVMFuncOp ProgramLowering::lowerVisit(ir::VisitOp visit) {
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, visit.getOf()));
  StringRef name = visit.getModulator().value_or("");
  auto function = addFunction(body, name.empty() ? "visit" : ("visit_" + name).str(), {pointer, pointer, pointer, i64});
  ImplicitLocOpBuilder b(visit.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), worker = function.getArgument(1), instance = function.getArgument(2);
  Value k = function.getArgument(3);
  auto end = LLVM::ReturnOp::create(b, ValueRange{});
  b.setInsertionPoint(end);
  Value projection = abi::loadElement(b, instance, Owner, i32);
  Value allRows = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Rows);
  auto ofRows = [&](unsigned member) -> Value { return abi::loadMember(b, allRows, abi::Struct::Rows, member, projection); };
  Value blocks = ofRows(abi::rows::Blocks), blockCount = wide(b, ofRows(abi::rows::BlockCount));
  Value firstSource = wide(b, ofRows(abi::rows::SourceBegin));
  Value least = wide(b, ofRows(abi::rows::MinDelay)), most = wide(b, ofRows(abi::rows::MaxDelay));
  Value zero = integer(b, 0), one = integer(b, 1);
  Value delays = arith::AddIOp::create(b, arith::SubIOp::create(b, most, least), one);
  Value stepNumber = arith::SIToFPOp::create(b, f64, k);
  Value eventStep = arith::TruncIOp::create(b, i32, arith::AddIOp::create(b, k, one));
  bool readsHistories = llvm::any_of(joinedFields[body.getSymName()], [](auto field) { return field.first != ir::End::Target; });
  auto overDelays = scf::ForOp::create(b, zero, delays, one);
  ImplicitLocOpBuilder inDelay(b.getLoc(), OpBuilder::atBlockBegin(overDelays.getBody()));
  Value delay = arith::AddIOp::create(inDelay, least, overDelays.getInductionVar());
  Value times = one, back = delay;
  EmissionContext joined;
  describeJoined(inDelay, joined, body, instance);
  if (name.empty()) {
    back = arith::AddIOp::create(inDelay, delay, one); // what the synapse saw at the end of the step before
  } else {
    auto number = llvm::find(joined.modulatorNames, name) - joined.modulatorNames.begin();
    Value modulator = abi::elementAddress(inDelay, joined.modulators, integer(inDelay, 3 * number), i32);
    times = spikesOfModulator(inDelay, state, modulator, arith::SubIOp::create(inDelay, k, delay));
  }
  EmissionContext late;
  describeLateTarget(inDelay, late, body, state, worker, instance, k, delay, /*steps=*/name.empty());
  Value historyStep = readsHistories ? historyRow(inDelay, state, k, back) : Value();
  auto overSpikes = scf::ForOp::create(inDelay, zero, times, one);
  ImplicitLocOpBuilder inSpike(b.getLoc(), OpBuilder::atBlockBegin(overSpikes.getBody()));
  auto overBlocks = scf::ForOp::create(inSpike, zero, blockCount, one);
  ImplicitLocOpBuilder inBlock(b.getLoc(), OpBuilder::atBlockBegin(overBlocks.getBody()));
  Value block = abi::elementAddress(inBlock, blocks, overBlocks.getInductionVar(), abi::typeOf(context, abi::Struct::Block));
  BlockContext c = blockContext(inBlock, state, worker, instance, block);
  describeJoined(inBlock, c.emission, body, instance);
  c.emission.stepNumber = stepNumber;
  c.emission.eventStep = c.emission.emissionStep = eventStep;
  c.emission.historyRow = historyStep;
  c.emission.lateRow = late.lateRow;
  c.emission.targetBegin = late.targetBegin;
  Value segment = abi::loadMember(inBlock, block, abi::Struct::Block, abi::block::Segment);
  visitRows(inBlock, visit, c, segment, firstSource, overDelays.getInductionVar(), delays);
  return function;
}

} // namespace snn
