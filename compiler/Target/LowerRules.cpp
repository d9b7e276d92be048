// Plasticity: what an event of a row carries, what the spikes of targets and of sources do, and what is remembered of a step.

#include "compiler/Target/ProgramLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace snn {

Value ProgramLowering::historyRow(ImplicitLocOpBuilder &b, Value state, Value k, Value back) {
  Value rows = arith::ExtUIOp::create(b, i64, abi::loadMember(b, state, abi::Struct::State, abi::state::Remembered));
  if (back) // before the first step, a history holds initial values
    k = arith::AddIOp::create(b, k, arith::SubIOp::create(b, rows, back));
  return arith::RemUIOp::create(b, k, rows);
}

/// The fields of joined neurons stand behind the arguments of a row, in front of three entries of every body of synapses.
void ProgramLowering::describeJoined(ImplicitLocOpBuilder &b, EmissionContext &c, ir::BodyOp body, Value instance) {
  c.joinedFields = &joinedFields[body.getSymName()];
  int64_t first =
      static_cast<int64_t>(tables[body.getSymName()].stride) - 3 - static_cast<int64_t>(c.joinedFields->size());
  c.joined = abi::elementAddress(b, instance, integer(b, first), i32);
  c.modulatorNames = modulatorsOf(body);
  int64_t modulators = first - 3 * static_cast<int64_t>(c.modulatorNames.size());
  c.modulators = abi::elementAddress(b, instance, integer(b, modulators), i32);
}

void ProgramLowering::describeLateTarget(ImplicitLocOpBuilder &b, EmissionContext &c, ir::BodyOp body, Value state, Value worker, Value instance,
                                         Value k, Value delay, int64_t steps) {
  bool isDendritic = llvm::any_of(program.getBody().getOps<ir::SynapsesOp>(), [&](ir::SynapsesOp synapses) {
    return synapses.getOf() == body.getSymName() && synapses.getDendritic();
  });
  if (!isDendritic)
    return;
  Value back = arith::AddIOp::create(b, arith::AddIOp::create(b, delay, delay), integer(b, steps));
  c.lateRow = historyRow(b, state, k, back);
  Value population = abi::loadElement(b, instance, static_cast<int32_t>(tables[body.getSymName()].stride) - 3, i32);
  Value shares = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Shares);
  c.targetBegin = arith::ExtUIOp::create(b, i64, abi::loadMember(b, shares, abi::Struct::Share, abi::share::Begin, population));
}

/// The names of the modulators of a body of synapses, in the order of its table.
SmallVector<StringRef> ProgramLowering::modulatorsOf(ir::BodyOp body) {
  SmallVector<StringRef> names;
  for (auto synapses : program.getBody().getOps<ir::SynapsesOp>())
    if (synapses.getOf() == body.getSymName() && synapses.getModulators() && names.empty())
      for (NamedAttribute modulator : synapses.getModulatorsAttr())
        names.push_back(modulator.getName());
  return names;
}

int32_t ProgramLowering::slopeEntry(ir::BodyOp body) {
  return static_cast<int32_t>(tables[body.getSymName()].stride) - 5 - static_cast<int32_t>(joinedFields[body.getSymName()].size()) -
         3 * static_cast<int32_t>(modulatorsOf(body).size());
}

void ProgramLowering::describeEvent(ImplicitLocOpBuilder &b, BlockContext &c, Value state, Value worker, Value instance,
                                    Value k, Value row, Value delay, std::optional<int32_t> addsToSlope) {
  Value projection = abi::loadElement(b, instance, Owner, i32);
  Value allRows = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Rows);
  Value firstSource = abi::loadMember(b, allRows, abi::Struct::Rows, abi::rows::SourceBegin, projection);
  c.emission.sourceElement = arith::AddIOp::create(b, arith::ExtUIOp::create(b, i64, firstSource), row);
  c.emission.sharedEnd = ir::End::Source;
  Value emitted = arith::SubIOp::create(b, k, delay);
  Value one = integer(b, 1);
  c.emission.eventStep = arith::TruncIOp::create(b, i32, arith::AddIOp::create(b, k, one));
  c.emission.emissionStep = arith::TruncIOp::create(b, i32, arith::AddIOp::create(b, emitted, one));
  Value fields = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Fields);
  auto field = [&](int32_t entry) {
    Value array = abi::loadElement(b, fields, abi::loadElement(b, instance, entry, i32), pointer);
    return abi::elementAddress(b, array, c.firstTarget, real);
  };
  c.emission.sums = field(FirstField);
  if (addsToSlope)
    c.emission.slopes = field(*addsToSlope);
}

void ProgramLowering::forEachSpike(ImplicitLocOpBuilder &b, Value state, Value worker, Value population, Value k,
                                   SpikeContent content) {
  Value all = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Spikes);
  Value list = abi::loadMember(b, all, abi::Struct::Spikes, abi::spikes::Index, population);
  Value firsts = abi::loadMember(b, all, abi::Struct::Spikes, abi::spikes::First, population);
  Value history = arith::ExtUIOp::create(b, i64, abi::loadMember(b, state, abi::Struct::State, abi::state::History));
  Value chunk = abi::loadMember(b, state, abi::Struct::State, abi::state::ChunkFirst);
  Value slot = arith::AddIOp::create(b, arith::SubIOp::create(b, k, chunk), history);
  Value begin = abi::loadElement(b, firsts, slot, i64);
  Value end = abi::loadElement(b, firsts, arith::AddIOp::create(b, slot, integer(b, 1)), i64);
  auto loop = scf::ForOp::create(b, begin, end, integer(b, 1));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  content(b, abi::loadElement(b, list, loop.getInductionVar(), i32));
}

/// body.respond(state, worker, instance, k): spikes of targets act on the synapses that end there.
LLVM::LLVMFuncOp ProgramLowering::lowerResponse(ir::RespondOp respond) {
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, respond.getOf()));
  auto function = addFunction(body, "respond", {pointer, pointer, pointer, i64});
  ImplicitLocOpBuilder b(respond.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), worker = function.getArgument(1), instance = function.getArgument(2);
  Value k = function.getArgument(3);
  auto end = LLVM::ReturnOp::create(b, ValueRange{});
  b.setInsertionPoint(end);
  Value projection = abi::loadElement(b, instance, Owner, i32);
  auto targetEntry = static_cast<int32_t>(tables[body.getSymName()].stride) - 3;
  Value population = abi::loadElement(b, instance, targetEntry, i32);
  Value shares = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Shares);
  Value begin = abi::loadMember(b, shares, abi::Struct::Share, abi::share::Begin, population);
  Value allRows = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Rows);
  Value blocks = abi::loadMember(b, allRows, abi::Struct::Rows, abi::rows::Blocks, projection);
  Value blockCount = abi::loadMember(b, allRows, abi::Struct::Rows, abi::rows::BlockCount, projection);
  auto delayOf = [&](unsigned member) -> Value {
    return arith::ExtUIOp::create(b, i64, abi::loadMember(b, allRows, abi::Struct::Rows, member, projection));
  };
  Value delay = delayOf(abi::rows::MinDelay), most = delayOf(abi::rows::MaxDelay);
  Value one = integer(b, 1), zero = integer(b, 0);
  Value stepNumber = arith::SIToFPOp::create(b, f64, k);
  Value eventStep = arith::TruncIOp::create(b, i32, arith::AddIOp::create(b, k, one));
  Value row = respond.getDelayStored() ? Value() : historyRow(b, state, k, delay);
  Value lastBlock = arith::ExtUIOp::create(b, i64, blockCount);
  Value emitted = k;
  EmissionContext late;
  // Behind dendritic delays of several lengths, spikes of as many steps reach synapses in this one, each those of its length.
  bool isByDelay = respond.getLate() && respond.getDelayStored();
  if (isByDelay) {
    auto overDelays = scf::ForOp::create(b, delay, arith::AddIOp::create(b, most, one), one);
    b.setInsertionPointToStart(overDelays.getBody());
    delay = overDelays.getInductionVar();
  }
  describeLateTarget(b, late, body, state, worker, instance, k, delay, 0);
  if (respond.getLate())
    emitted = arith::SubIOp::create(b, k, arith::AddIOp::create(b, delay, delay));
  forEachSpike(b, state, worker, population, emitted, [&](ImplicitLocOpBuilder &s, Value neuron) {
    Value inShare = arith::ExtUIOp::create(s, i64, arith::SubIOp::create(s, neuron, begin));
    auto blockLoop = scf::ForOp::create(s, zero, lastBlock, one);
    ImplicitLocOpBuilder inBlocks(s.getLoc(), OpBuilder::atBlockBegin(blockLoop.getBody()));
    Value block =
        abi::elementAddress(inBlocks, blocks, blockLoop.getInductionVar(), abi::typeOf(context, abi::Struct::Block));
    Value firstTarget = arith::ExtUIOp::create(
        inBlocks, i64, abi::loadMember(inBlocks, block, abi::Struct::Block, abi::block::FirstTarget));
    Value target = arith::SubIOp::create(inBlocks, inShare, firstTarget);
    Value targets = arith::ExtUIOp::create(inBlocks, i64,
                                           abi::loadMember(inBlocks, block, abi::Struct::Block, abi::block::Targets));
    Value isHere = arith::CmpIOp::create(inBlocks, arith::CmpIPredicate::ult, target, targets);
    auto branch = scf::IfOp::create(inBlocks, isHere, /*withElseRegion=*/false);
    ImplicitLocOpBuilder here(s.getLoc(), OpBuilder::atBlockBegin(&branch.getThenRegion().front()));
    Value starts = abi::loadMember(here, block, abi::Struct::Block, abi::block::IncomingStart);
    Value from = arith::ExtUIOp::create(here, i64, abi::loadElement(here, starts, target, i32));
    Value to = arith::ExtUIOp::create(here, i64,
                                      abi::loadElement(here, starts, arith::AddIOp::create(here, target, one), i32));
    Value incoming = abi::loadMember(here, block, abi::Struct::Block, abi::block::Incoming);
    Value sources = abi::loadMember(here, block, abi::Struct::Block, abi::block::IncomingSource);
    Value delays = abi::loadMember(here, block, abi::Struct::Block, abi::block::IncomingDelay);
    BlockContext c = blockContext(here, state, worker, instance, block);
    c.emission.stepNumber = stepNumber;
    c.emission.eventStep = c.emission.emissionStep = eventStep;
    c.emission.lateRow = late.lateRow;
    c.emission.targetBegin = late.targetBegin;
    describeJoined(here, c.emission, body, instance);
    c.emission.sharedEnd = ir::End::Target;
    c.emission.targetElement = inShare;
    auto loop = scf::ForOp::create(here, from, to, one);
    ImplicitLocOpBuilder before(s.getLoc(), OpBuilder(loop));
    ImplicitLocOpBuilder inside(s.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
    Value i = loop.getInductionVar();
    Value synapse = arith::ExtUIOp::create(inside, i64, abi::loadElement(inside, incoming, i, i32));
    c.emission.sourceElement = arith::ExtUIOp::create(inside, i64, abi::loadElement(inside, sources, i, i32));
    c.emission.historyRow = row;
    if (respond.getDelayStored()) {
      Value own = arith::ExtUIOp::create(inside, i64, abi::loadElement(inside, delays, i, inside.getI16Type()));
      c.emission.historyRow = historyRow(inside, state, k, own);
      if (isByDelay) {
        Value isNow = arith::CmpIOp::create(inside, arith::CmpIPredicate::eq, own, delay);
        inside.setInsertionPointToStart(&scf::IfOp::create(inside, isNow, /*withElseRegion=*/false).getThenRegion().front());
      }
    }
    LaneEmitter emitter(body, c.emission, 1, real, real, before, inside);
    emitter.emit(respond.getBody().front(), synapse);
    emitter.storeWritten();
  });
  return function;
}

/// body.emit(state, worker, instance, k): spikes act on what their neuron keeps.
LLVM::LLVMFuncOp ProgramLowering::lowerEmission(ir::EmitOp emit) {
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, emit.getOf()));
  auto function = addFunction(body, "emit", {pointer, pointer, pointer, i64});
  ImplicitLocOpBuilder b(emit.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), worker = function.getArgument(1), instance = function.getArgument(2);
  Value k = function.getArgument(3);
  auto end = LLVM::ReturnOp::create(b, ValueRange{});
  b.setInsertionPoint(end);
  EmissionContext c = bodyContext(b, state, worker, instance);
  c.count = populationSize(b, state, body, instance);
  c.stepNumber = arith::SIToFPOp::create(b, f64, k);
  c.historyRow = historyRow(b, state, k);
  Value population = abi::loadElement(b, instance, Owner, i32);
  forEachSpike(b, state, worker, population, k, [&](ImplicitLocOpBuilder &inside, Value neuron) {
    Value inShare = arith::ExtUIOp::create(inside, i64, arith::SubIOp::create(inside, neuron, c.first));
    ImplicitLocOpBuilder before(inside.getLoc(), OpBuilder(inside.getInsertionBlock()->getParentOp()));
    LaneEmitter emitter(body, c, 1, real, real, before, inside);
    emitter.emit(emit.getBody().front(), inShare);
    emitter.storeWritten();
  });
  return function;
}

/// body.advance or body.remember(state, worker, instance, k): all neurons of the share, many at a time.
LLVM::LLVMFuncOp ProgramLowering::lowerAside(ir::LanesOp lanesOp) {
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, lanesOp.getOf()));
  auto function = addFunction(body, *lanesOp.getAside(), {pointer, pointer, pointer, i64});
  ImplicitLocOpBuilder b(lanesOp.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), worker = function.getArgument(1), instance = function.getArgument(2);
  EmissionContext c = bodyContext(b, state, worker, instance);
  c.count = populationSize(b, state, body, instance);
  c.step = function.getArgument(3);
  c.stepNumber = arith::SIToFPOp::create(b, f64, c.step);
  bool writesHistory = llvm::any_of(lanesOp.getBody().front().getOps<ir::WriteOp>(), [&](ir::WriteOp write) {
    auto field = dyn_cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, write.getSlot()));
    return field && field.getKind() == ir::FieldKind::History;
  });
  if (writesHistory)
    c.historyRow = historyRow(b, state, c.step);
  Value population = abi::loadElement(b, instance, Owner, i32);
  Value shares = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Shares);
  Value padded =
      arith::ExtUIOp::create(b, i64, abi::loadMember(b, shares, abi::Struct::Share, abi::share::Padded, population));
  auto loop = scf::ForOp::create(b, integer(b, 0), padded, integer(b, lanes));
  LLVM::ReturnOp::create(b, ValueRange{});
  ImplicitLocOpBuilder before(lanesOp.getLoc(), OpBuilder(loop));
  ImplicitLocOpBuilder inside(lanesOp.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  LaneEmitter emitter(body, c, lanes, real, real, before, inside);
  emitter.emit(lanesOp.getBody().front(), loop.getInductionVar());
  emitter.storeWritten();
  return function;
}

} // namespace snn
