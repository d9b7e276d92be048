// The time loop: `snn_run`, the steps of the bodies, and where workers meet.

#include "compiler/Target/Delivery.h"
#include "compiler/Target/ProgramLowering.h"
#include "compiler/Target/StepEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include "snn/abi.h"

using namespace mlir;

namespace snn {

/// A number that is zero if all states written are finite, and else NaN, as 0 times anything else is.
static Value checkFinite(ImplicitLocOpBuilder &b, ArrayRef<Value> states, Value zero) {
  Value sum = zero;
  for (Value state : states)
    sum = math::FmaOp::create(b, state, zero, sum);
  return sum;
}

/// The wait that groups of neurons count down together, if the step has one.
static ir::CountDownOp waitOfGroups(ir::LanesOp lanes) {
  for (auto wait : lanes.getBody().getOps<ir::CountDownOp>())
    if (wait.getQuiet())
      return wait;
  return {};
}

/// One iteration of a loop over groups of SNN_LANES neurons. The first element of the group's own slot is what must still pass until a wait
/// is over; the second is what it was when the waits were last brought up to date.
static SmallVector<Value> emitGroup(StepEmitter &emitter, ir::CountDownOp wait, const EmissionContext &c, unsigned lanes, ImplicitLocOpBuilder &before,
                                    ImplicitLocOpBuilder &inside, scf::ForOp groups,
                                    llvm::function_ref<SmallVector<Value>(Value, Value, Value)> emitRound) {
  auto &b = inside;
  Type i32 = b.getI32Type();
  auto body = wait->getParentOfType<ir::ProgramOp>().lookupSymbol<ir::BodyOp>(wait->getParentOfType<ir::LanesOp>().getOf());
  auto quiet = cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, *wait.getQuiet()));
  Value array = abi::loadElement(before, c.fields, static_cast<int32_t>(*quiet.getIndex()), LLVM::LLVMPointerType::get(b.getContext()));
  Value passed = emitter.passedBy(wait), offset = groups.getInductionVar();
  Value address = abi::elementAddress(b, array, offset, i32);
  Value left = LLVM::LoadOp::create(b, i32, address);
  LLVM::StoreOp::create(b, arith::SubIOp::create(b, left, passed), address);
  Value isOver = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, left, passed);
  auto branch = scf::IfOp::create(b, groups.getResultTypes(), isOver, /*withElseRegion=*/true);

  b.setInsertionPointToStart(&branch.getElseRegion().front());
  scf::YieldOp::create(b, groups.getRegionIterArgs());
  b.setInsertionPointToStart(&branch.getThenRegion().front());
  auto constant = [&](int64_t value) -> Value { return arith::ConstantOp::create(b, b.getI64IntegerAttr(value)); };
  Value start = abi::elementAddress(b, array, arith::AddIOp::create(b, offset, constant(1)), i32);
  emitter.setElapsed(arith::SubIOp::create(b, LLVM::LoadOp::create(b, i32, start), left));
  auto type = VectorType::get({static_cast<int64_t>(lanes)}, i32);
  Value longest = arith::ConstantOp::create(b, DenseElementsAttr::get(type, b.getI32IntegerAttr(-1).getValue()));
  SmallVector<Value> starts = {groups.getRegionIterArg(0), groups.getRegionIterArg(1), longest};
  auto rounds = scf::ForOp::create(b, offset, arith::AddIOp::create(b, offset, constant(SNN_LANES)), constant(lanes), starts);
  b.setInsertionPointToStart(rounds.getBody());
  SmallVector<Value> next = emitRound(rounds.getInductionVar(), rounds.getRegionIterArg(0), rounds.getRegionIterArg(1));
  next.push_back(arith::MinUIOp::create(b, rounds.getRegionIterArg(2), emitter.lanesOf(wait.getSlot())));
  scf::YieldOp::create(b, next);
  b.setInsertionPointAfter(rounds);
  Value shortest = vector::ReductionOp::create(b, vector::CombiningKind::MINUI, rounds.getResult(2));
  for (Value place : {address, start})
    LLVM::StoreOp::create(b, shortest, place);
  scf::YieldOp::create(b, rounds.getResults().take_front(2));
  b.setInsertionPointAfter(branch);
  return SmallVector<Value>(branch.getResults());
}

/// step_body(state, worker, instance, k): one step of all neurons of a population that this worker owns.
LLVM::LLVMFuncOp ProgramLowering::lowerStep(ir::LanesOp lanesOp) {
  auto body = cast<ir::BodyOp>(SymbolTable::lookupSymbolIn(program, lanesOp.getOf()));
  auto function = addFunction(body, "step", {pointer, pointer, pointer, i64});
  ImplicitLocOpBuilder b(lanesOp.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), worker = function.getArgument(1), instance = function.getArgument(2);
  Value k = function.getArgument(3);
  EmissionContext c = bodyContext(b, state, worker, instance);
  c.count = populationSize(b, state, body, instance);
  c.step = k;
  c.stepNumber = arith::SIToFPOp::create(b, f64, k);
  Value population = abi::loadElement(b, instance, Owner, i32);
  Value shares = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Shares);
  auto wide = [&](unsigned member) -> Value {
    return arith::ExtUIOp::create(b, i64, abi::loadMember(b, shares, abi::Struct::Share, member, population));
  };
  Value count = wide(abi::share::Count), padded = wide(abi::share::Padded);

  // Spikes of step k start where those of the step before ended.
  Value allSpikes = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Spikes);
  Value list = abi::loadMember(b, allSpikes, abi::Struct::Spikes, abi::spikes::Index, population);
  Value firsts = abi::loadMember(b, allSpikes, abi::Struct::Spikes, abi::spikes::First, population);
  Value history = arith::ExtUIOp::create(b, i64, abi::loadMember(b, state, abi::Struct::State, abi::state::History));
  Value chunk = abi::loadMember(b, state, abi::Struct::State, abi::state::ChunkFirst);
  Value slot = arith::AddIOp::create(b, arith::SubIOp::create(b, k, chunk), history);
  Value start = abi::loadElement(b, firsts, slot, i64);

  Type vectorType = VectorType::get({static_cast<int64_t>(lanes)}, real);
  Value zeros = arith::ConstantOp::create(b, DenseElementsAttr::get(cast<ShapedType>(vectorType), Attribute(FloatAttr::get(real, 0.0))));
  // What has been found so far is kept as bits, zeros or a NaN: a sum would make each vector wait for the one before it.
  Type bitsType = VectorType::get({static_cast<int64_t>(lanes)}, b.getIntegerType(real.getIntOrFloatBitWidth()));
  Value noBits = arith::BitcastOp::create(b, bitsType, zeros);
  ir::CountDownOp wait = waitOfGroups(lanesOp);
  auto loop = scf::ForOp::create(b, integer(b, 0), padded, integer(b, wait ? SNN_LANES : lanes), ValueRange{start, noBits});
  ImplicitLocOpBuilder before(lanesOp.getLoc(), OpBuilder(loop));
  ImplicitLocOpBuilder inside(lanesOp.getLoc(), OpBuilder::atBlockBegin(loop.getBody()));
  StepEmitter emitter(body, c, lanes, real, real, before, inside);
  if (profile)
    emitter.setSpikeTicks(counterAddress(before, worker, abi::profile::Spike, population));
  auto emitRound = [&](Value offset, Value cursor, Value soFar) -> SmallVector<Value> {
    emitter.setSpikes(list, cursor, count);
    emitter.emit(lanesOp.getBody().front(), offset);
    emitter.storeWritten();
    Value finite = checkFinite(inside, emitter.writtenStates(), zeros);
    if (Value overflow = emitter.getOverflow()) {
      auto notANumber = FloatAttr::get(real, std::numeric_limits<double>::quiet_NaN());
      Value flag = arith::ConstantOp::create(inside, DenseElementsAttr::get(cast<ShapedType>(vectorType), Attribute(notANumber)));
      finite = arith::SelectOp::create(inside, overflow, flag, finite);
    }
    return {emitter.getCursor(), arith::OrIOp::create(inside, soFar, arith::BitcastOp::create(inside, bitsType, finite))};
  };
  SmallVector<Value> found = wait ? emitGroup(emitter, wait, c, lanes, before, inside, loop, emitRound)
                                  : emitRound(loop.getInductionVar(), loop.getRegionIterArg(0), loop.getRegionIterArg(1));
  scf::YieldOp::create(inside, found);

  Value next = arith::AddIOp::create(b, slot, integer(b, 1));
  LLVM::StoreOp::create(b, loop.getResult(0), abi::elementAddress(b, firsts, next, i64));
  Value checked = arith::BitcastOp::create(b, vectorType, loop.getResult(1));
  Value isBad = arith::CmpFOp::create(b, arith::CmpFPredicate::UNO, checked, checked);
  Value any = vector::ReductionOp::create(b, vector::CombiningKind::OR, isBad);
  reportFailure(b, any, state, worker, population, k);
  LLVM::ReturnOp::create(b, ValueRange{});
  return function;
}

/// Says at once that something went wrong, while the culprit can still be told. The chunk runs on, or other workers would wait
/// for this one forever.
void ProgramLowering::reportFailure(ImplicitLocOpBuilder &b, Value bad, Value state, Value worker, Value population, Value k) {
  Value known = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::FailedStep);
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, known, integer(b, -1));
  Value report = arith::AndIOp::create(b, bad, isFirst);
  scf::IfOp::create(b, report, [&](OpBuilder &at, Location loc) {
    ImplicitLocOpBuilder c(loc, at);
    Value fail = abi::loadMember(c, state, abi::Struct::State, abi::state::Fail);
    auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), {pointer, pointer, i32, i64});
    LLVM::CallOp::create(c, type, ValueRange{fail, state, worker, population, k});
    scf::YieldOp::create(c);
  });
}

/// Arrive, for the projections of one kind.
void ProgramLowering::callDelivery(ImplicitLocOpBuilder &b, ir::DeliverOp deliver, Value state, Value worker, Value k) {
  Location place = shownAs(program.getSymName() + ".deliver", deliver.getLoc());
  auto functionFor = [&](bool procedural) {
    return module.lookupSymbol<LLVM::LLVMFuncOp>(
        addDeliveryFunction(module, place, real, {deliver.getAmountStored(), procedural}));
  };
  auto stored = functionFor(false);
  SymbolTable symbols(program);
  bool anyProcedural = false;
  std::vector<std::vector<uint32_t>> rows;
  for (Attribute attribute : deliver.getRoutes()) {
    auto route = symbols.lookup<ir::RouteOp>(cast<FlatSymbolRefAttr>(attribute).getValue());
    auto target = symbols.lookup<ir::InstanceOp>(route.getTarget());
    auto field = cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(symbols.lookup(target.getOf()), route.getField()));
    rows.push_back({indices.route(route.getSymName()), indices.population(route.getSource()),
                    indices.firstField(route.getTarget()) + *field.getIndex(),
                    static_cast<uint32_t>(route.getProcedural())});
    anyProcedural |= route.getProcedural();
  }
  auto regenerated = anyProcedural ? functionFor(true) : stored;
  std::string tableName = stored.getSymName().str() + (deliver.getDelayStored() ? ".delays" : ".one_delay") + ".routes";
  InstanceTable table = addTable(tableName, rows);
  constexpr int32_t procedural = 3; // entry of a route
  forEachRow(b, table, [&](ImplicitLocOpBuilder &b, Value row) {
    timedArrival(b, worker, row, [&](ImplicitLocOpBuilder &b) {
      if (!anyProcedural) {
        LLVM::CallOp::create(b, stored, ValueRange{state, worker, row, k});
        return;
      }
      // Kinds are told apart in the loop, so that projections act in the same order whether or not they are stored.
      Value isDrawn = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, abi::loadElement(b, row, procedural, i32), integer(b, 0, 32));
      auto call = [&](LLVM::LLVMFuncOp callee) {
        return [&, callee](OpBuilder &at, Location loc) mutable {
          LLVM::CallOp::create(at, loc, callee, ValueRange{state, worker, row, k});
          scf::YieldOp::create(at, loc);
        };
      };
      scf::IfOp::create(b, isDrawn, call(regenerated), call(stored));
    });
  });
}

/// Workers wait for each other once per epoch; whatever is due is recorded.
void ProgramLowering::callMeet(ImplicitLocOpBuilder &b, Value state, Value worker, Value k) {
  Type nothing = LLVM::LLVMVoidType::get(context);
  Value done = arith::AddIOp::create(b, k, integer(b, 1));
  Value due = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::NextRecord);
  Value isDue = arith::CmpIOp::create(b, arith::CmpIPredicate::uge, done, due);
  scf::IfOp::create(b, isDue, [&](OpBuilder &at, Location loc) {
    ImplicitLocOpBuilder c(loc, at);
    Value record = abi::loadMember(c, state, abi::Struct::State, abi::state::Record);
    auto type = LLVM::LLVMFunctionType::get(nothing, {pointer, pointer, i64});
    timed(c, worker, abi::profile::Record, {}, [&](ImplicitLocOpBuilder &d) {
      LLVM::CallOp::create(d, type, ValueRange{record, state, worker, k});
    });
    scf::YieldOp::create(c);
  });
  Value epoch = arith::ExtUIOp::create(b, i64, abi::loadMember(b, state, abi::Struct::State, abi::state::Epoch));
  Value isBorder = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, arith::RemUIOp::create(b, done, epoch), integer(b, 0));
  Value workers = abi::loadMember(b, state, abi::Struct::State, abi::state::Workers);
  Value several = arith::CmpIOp::create(b, arith::CmpIPredicate::ugt, workers, integer(b, 1, 32));
  scf::IfOp::create(b, arith::AndIOp::create(b, isBorder, several), [&](OpBuilder &at, Location loc) {
    ImplicitLocOpBuilder c(loc, at);
    Value barrier = abi::loadMember(c, state, abi::Struct::State, abi::state::Barrier);
    auto type = LLVM::LLVMFunctionType::get(nothing, {pointer, pointer});
    timed(c, worker, abi::profile::Wait, {}, [&](ImplicitLocOpBuilder &d) {
      LLVM::CallOp::create(d, type, ValueRange{barrier, state, worker});
    });
    scf::YieldOp::create(c);
  });
}

void ProgramLowering::callPhase(ImplicitLocOpBuilder &b, Operation &phase, const PhaseFunctions &functions, Value state, Value worker, Value k) {
  StringRef body = phase.getAttrOfType<FlatSymbolRefAttr>("of").getValue();
  forEachRow(b, tables[body], [&](ImplicitLocOpBuilder &b, Value row) {
    auto call = [&](ImplicitLocOpBuilder &b) {
      LLVM::CallOp::create(b, functions.lookup(&phase), ValueRange{state, worker, row, k});
    };
    isa<ir::TransmitOp, ir::RespondOp, ir::VisitOp>(phase) ? timedArrival(b, worker, row, call) : timedIntegration(b, worker, row, call);
  });
}

/// snn_react(state, worker, k): what the spikes in the lists of step k do to synapses and to what their neurons keep, when the step is over.
/// Where a delay is dendritic, that is still to come.
void ProgramLowering::lowerReaction(ir::TimeLoopOp timeLoop, const PhaseFunctions &functions) {
  auto function = addEntryPoint("react", {pointer, pointer, i64});
  ImplicitLocOpBuilder b(program.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  for (Operation &phase : timeLoop.getBody().front()) {
    auto respond = dyn_cast<ir::RespondOp>(phase);
    auto aside = dyn_cast<ir::LanesOp>(phase);
    if (isa<ir::EmitOp>(phase) || (respond && !respond.getLate()) || (aside && aside.getAside() == "remember"))
      callPhase(b, phase, functions, function.getArgument(0), function.getArgument(1), function.getArgument(2));
  }
  LLVM::ReturnOp::create(b, ValueRange{});
}

/// Data over time are put into their fields in front of a step in which they change.
void ProgramLowering::callSupply(ImplicitLocOpBuilder &b, Value state, Value worker, Value k) {
  if (program.getBody().getOps<ir::SupplyOp>().empty())
    return;
  Value due = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::NextSupply);
  Value isDue = arith::CmpIOp::create(b, arith::CmpIPredicate::uge, k, due);
  scf::IfOp::create(b, isDue, [&](OpBuilder &at, Location loc) {
    ImplicitLocOpBuilder c(loc, at);
    Value supply = abi::loadMember(c, state, abi::Struct::State, abi::state::Supply);
    auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), {pointer, pointer, i64});
    LLVM::CallOp::create(c, type, ValueRange{supply, state, worker, k});
    scf::YieldOp::create(c);
  });
}

void ProgramLowering::lowerRun() {
  auto timeLoop = *program.getBody().getOps<ir::TimeLoopOp>().begin();
  PhaseFunctions steps;
  for (Operation &phase : timeLoop.getBody().front()) {
    if (auto lanesOp = dyn_cast<ir::LanesOp>(phase))
      steps[&phase] = lanesOp.getAside() ? lowerAside(lanesOp) : lowerStep(lanesOp);
    else if (auto transmit = dyn_cast<ir::TransmitOp>(phase))
      steps[&phase] = lowerTransmission(transmit);
    else if (auto respond = dyn_cast<ir::RespondOp>(phase))
      steps[&phase] = lowerResponse(respond);
    else if (auto visit = dyn_cast<ir::VisitOp>(phase))
      steps[&phase] = lowerVisit(visit);
    else if (auto emit = dyn_cast<ir::EmitOp>(phase))
      steps[&phase] = lowerEmission(emit);
  }
  lowerReaction(timeLoop, steps);
  auto function = addEntryPoint("run", {pointer, pointer, i64, i64});
  ImplicitLocOpBuilder b(program.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), worker = function.getArgument(1), first = function.getArgument(2);
  Value end = arith::AddIOp::create(b, first, function.getArgument(3));
  auto loop = scf::ForOp::create(b, first, end, integer(b, 1));
  LLVM::ReturnOp::create(b, ValueRange{});
  b.setInsertionPointToStart(loop.getBody());
  Value k = loop.getInductionVar();
  callSupply(b, state, worker, k);
  for (Operation &phase : timeLoop.getBody().front()) {
    if (auto deliver = dyn_cast<ir::DeliverOp>(phase))
      callDelivery(b, deliver, state, worker, k);
    else if (isa<ir::LanesOp, ir::TransmitOp, ir::RespondOp, ir::VisitOp, ir::EmitOp>(phase))
      callPhase(b, phase, steps, state, worker, k);
    else if (isa<ir::MeetOp>(phase))
      callMeet(b, state, worker, k);
  }
}

} // namespace snn
