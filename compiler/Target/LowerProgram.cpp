// The functions that are called outside the time loop.

#include "compiler/Target/LowerProgram.h"

#include "compiler/Target/ProgramLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace snn {

void lowerProgram(ModuleOp module, ir::ProgramOp program, unsigned lanes, bool profile) {
  ProgramLowering(module, program, lanes, profile).lower();
}

ProgramLowering::ProgramLowering(ModuleOp module, ir::ProgramOp program, unsigned lanes, bool profile)
    : module(module), program(program), lanes(lanes), profile(profile), indices(program), context(module.getContext()) {
  Builder b(context);
  pointer = LLVM::LLVMPointerType::get(context);
  i32 = b.getI32Type();
  i64 = b.getI64Type();
  f64 = b.getF64Type();
  real = program.getPrecision() == ir::Precision::F32 ? b.getF32Type() : b.getF64Type();
}

void ProgramLowering::lower() {
  for (auto synapses : program.getBody().getOps<ir::SynapsesOp>()) {
    synapseBodies[synapses.getOf()] = synapses.getAlignment();
    joinedFields[synapses.getOf()] = findJoinedFields(program, synapses.getOf());
  }
  for (auto body : program.getBody().getOps<ir::BodyOp>())
    tables[body.getSymName()] = synapseBodies.contains(body.getSymName()) ? synapseTable(body) : bodyTable(body);
  for (auto connector : program.getBody().getOps<ir::ConnectorOp>())
    tables[connector.getSymName()] = connectorTable(connector);
  lowerPrepare();
  lowerInitialise();
  lowerInitialiseSynapses();
  lowerSynapses();
  lowerContacts();
  lowerRun();
}

//===-- Building blocks -------------------------------------------------------------------------------------------------===//

Value ProgramLowering::integer(ImplicitLocOpBuilder &b, int64_t value, unsigned bits) {
  return arith::ConstantOp::create(b, b.getIntegerAttr(b.getIntegerType(bits), value));
}

void ProgramLowering::forEachRow(ImplicitLocOpBuilder &b, const InstanceTable &table,
                                 llvm::function_ref<void(ImplicitLocOpBuilder &, Value)> content) {
  Value base = LLVM::AddressOfOp::create(b, pointer, table.name);
  Value end = integer(b, table.rows * table.stride);
  auto loop = scf::ForOp::create(b, integer(b, 0), end, integer(b, table.stride));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  content(b, abi::elementAddress(b, base, loop.getInductionVar(), i32));
}

/// Pointers and scalars that the code of a body refers to.
EmissionContext ProgramLowering::bodyContext(ImplicitLocOpBuilder &b, Value state, Value worker, Value instance) {
  EmissionContext c;
  c.state = state;
  c.worker = worker;
  c.instance = instance;
  c.firstArgument = FirstArgument;
  c.firstFieldEntry = FirstField;
  c.owner = abi::loadElement(b, instance, Owner, i32);
  c.stream = abi::loadElement(b, instance, Stream, i32);
  Value uniforms = abi::loadMember(b, state, abi::Struct::State, abi::state::Uniforms);
  c.uniforms = abi::elementAddress(b, uniforms, abi::loadElement(b, instance, FirstUniform, i32), f64);
  if (!worker)
    return c;
  Value fields = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Fields);
  c.fields = abi::elementAddress(b, fields, abi::loadElement(b, instance, FirstField, i32), pointer);
  Value shares = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Shares);
  c.first = abi::loadMember(b, shares, abi::Struct::Share, abi::share::Begin, abi::loadElement(b, instance, Owner, i32));
  return c;
}

//===-- prepare -----------------------------------------------------------------------------------------------------------===//

/// i32 prepare_body(state, instance): writes the uniforms; 1 + population if a counter overflows.
LLVM::LLVMFuncOp ProgramLowering::lowerPrepareBody(ir::BodyOp body) {
  auto function = addFunction(body, "prepare", {pointer, pointer}, i32);
  ImplicitLocOpBuilder b(body.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  EmissionContext c = bodyContext(b, function.getArgument(0), {}, function.getArgument(1));
  c.isLoop = false;
  c.count = populationSize(b, function.getArgument(0), body, function.getArgument(1));
  LaneEmitter emitter(body, c, 1, f64, real, b, b);
  auto prepare = *body.getBody().getOps<ir::PrepareOp>().begin();
  emitter.emit(prepare.getBody().front(), {});
  Value overflow = arith::ConstantOp::create(b, b.getBoolAttr(false));
  for (auto uniform : body.getBody().getOps<ir::UniformOp>()) {
    if (!uniform.getCounter() || !uniform.getIndex())
      continue;
    Value steps = abi::loadElement(b, c.uniforms, static_cast<int32_t>(*uniform.getIndex()), f64);
    Value most = arith::ConstantOp::create(b, b.getF64FloatAttr(65535));
    Value fits = arith::CmpFOp::create(b, arith::CmpFPredicate::OLE, steps, most);
    Value fails = arith::XOrIOp::create(b, fits, arith::ConstantOp::create(b, b.getBoolAttr(true)));
    overflow = arith::OrIOp::create(b, overflow, fails);
  }
  Value culprit = arith::AddIOp::create(b, abi::loadElement(b, c.instance, Owner, i32), integer(b, 1, 32));
  LLVM::ReturnOp::create(b, arith::SelectOp::create(b, overflow, culprit, integer(b, 0, 32)).getResult());
  return function;
}

/// The size of a population as a number: a run-time setting, kept behind the arguments of its row.
Value ProgramLowering::populationSize(ImplicitLocOpBuilder &b, Value state, ir::BodyOp body, Value instance) {
  int32_t last = static_cast<int32_t>(tables[body.getSymName()].stride) - 1;
  Value settings = abi::loadMember(b, state, abi::Struct::State, abi::state::Settings);
  return abi::loadElement(b, settings, abi::loadElement(b, instance, last, i32), f64);
}

/// prepare_connector(state, instance): the uniform amount and delay of one projection.
LLVM::LLVMFuncOp ProgramLowering::lowerPrepareConnector(ir::ConnectorOp connector) {
  auto function = addFunction(connector, "prepare", {pointer, pointer});
  ImplicitLocOpBuilder b(connector.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), instance = function.getArgument(1);
  EmissionContext c;
  c.state = state;
  c.instance = instance;
  c.firstArgument = FirstArgument;
  c.isLoop = false;
  Value projection = abi::loadElement(b, instance, Owner, i32);
  auto store = [&](Region &region, unsigned member) {
    LaneEmitter emitter({}, c, 1, f64, f64, b, b);
    emitter.emit(region.front(), {});
    Value value = emitter.lane(cast<ir::YieldOp>(region.front().getTerminator()).getValues().front());
    Value array = abi::loadMember(b, state, abi::Struct::State, member);
    LLVM::StoreOp::create(b, value, abi::elementAddress(b, array, projection, f64));
  };
  if (!connector.getAmountStored())
    store(connector.getAmount(), abi::state::Amounts);
  if (!connector.getDelayStored() && !connector.getDelay().empty()) {
    store(connector.getDelay(), abi::state::Delays);
  } else if (connector.getDelay().empty()) {
    Value array = abi::loadMember(b, state, abi::Struct::State, abi::state::Delays);
    Value dt = abi::loadMember(b, state, abi::Struct::State, abi::state::Dt);
    LLVM::StoreOp::create(b, dt, abi::elementAddress(b, array, projection, f64));
  }
  LLVM::ReturnOp::create(b, ValueRange{});
  return function;
}

void ProgramLowering::lowerPrepare() {
  SmallVector<std::pair<LLVM::LLVMFuncOp, InstanceTable>> bodies, connectors;
  for (auto body : program.getBody().getOps<ir::BodyOp>())
    bodies.push_back({lowerPrepareBody(body), tables[body.getSymName()]});
  for (auto connector : program.getBody().getOps<ir::ConnectorOp>())
    if (!connector.getChanges())
      connectors.push_back({lowerPrepareConnector(connector), tables[connector.getSymName()]});
  auto function = addEntryPoint("prepare", {pointer}, i32);
  ImplicitLocOpBuilder b(program.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0);
  Value result = LLVM::AllocaOp::create(b, pointer, i32, integer(b, 1));
  LLVM::StoreOp::create(b, integer(b, 0, 32), result);
  for (auto &[callee, table] : bodies)
    forEachRow(b, table, [&, &callee = callee](ImplicitLocOpBuilder &b, Value row) {
      Value code = LLVM::CallOp::create(b, callee, ValueRange{state, row}).getResult();
      Value isBad = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, code, integer(b, 0, 32));
      Value soFar = LLVM::LoadOp::create(b, i32, result);
      LLVM::StoreOp::create(b, arith::SelectOp::create(b, isBad, code, soFar), result);
    });
  for (auto &[callee, table] : connectors)
    forEachRow(b, table, [&, &callee = callee](ImplicitLocOpBuilder &b, Value row) {
      LLVM::CallOp::create(b, callee, ValueRange{state, row});
    });
  LLVM::ReturnOp::create(b, LLVM::LoadOp::create(b, i32, result).getResult());
}

//===-- initialise --------------------------------------------------------------------------------------------------------===//

/// initialise_body(state, worker, instance): one neuron after the other, padding as copies of the last.
LLVM::LLVMFuncOp ProgramLowering::lowerInitialiseBody(ir::BodyOp body) {
  auto function = addFunction(body, "initialise", {pointer, pointer, pointer});
  ImplicitLocOpBuilder b(body.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  Value state = function.getArgument(0), worker = function.getArgument(1), instance = function.getArgument(2);
  EmissionContext c = bodyContext(b, state, worker, instance);
  c.count = populationSize(b, state, body, instance);
  c.step = integer(b, 0);
  c.stepNumber = arith::ConstantOp::create(b, b.getF64FloatAttr(0));
  Value population = abi::loadElement(b, instance, Owner, i32);
  Value shares = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Shares);
  auto wide = [&](unsigned member) -> Value {
    return arith::ExtUIOp::create(b, i64, abi::loadMember(b, shares, abi::Struct::Share, member, population));
  };
  Value begin = wide(abi::share::Begin), count = wide(abi::share::Count), padded = wide(abi::share::Padded);
  Value last = arith::SubIOp::create(b, count, integer(b, 1));
  ImplicitLocOpBuilder before = b;
  Operation *marker = LLVM::ReturnOp::create(b, ValueRange{});
  before.setInsertionPoint(marker);
  b.setInsertionPoint(marker);
  Value zero = integer(b, 0), one = integer(b, 1);
  auto loop = scf::ForOp::create(b, zero, padded, one);
  before.setInsertionPoint(loop);
  b.setInsertionPointToStart(loop.getBody());
  Value i = loop.getInductionVar();
  c.element = arith::AddIOp::create(b, begin, arith::MinUIOp::create(b, i, last));
  LaneEmitter emitter(body, c, 1, f64, real, before, b);
  auto initialise = *body.getBody().getOps<ir::InitialiseOp>().begin();
  emitter.emit(initialise.getBody().front(), i);
  emitter.storeWritten();
  return function;
}

void ProgramLowering::lowerInitialise() {
  SmallVector<std::pair<LLVM::LLVMFuncOp, InstanceTable>> bodies;
  for (auto body : program.getBody().getOps<ir::BodyOp>())
    if (!synapseBodies.contains(body.getSymName()))
      bodies.push_back({lowerInitialiseBody(body), tables[body.getSymName()]});
  auto function = addEntryPoint("initialise", {pointer, pointer, i32});
  ImplicitLocOpBuilder b(program.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  for (auto &[callee, table] : bodies)
    forEachRow(b, table, [&, &callee = callee](ImplicitLocOpBuilder &b, Value row) {
      Value owner = abi::loadElement(b, row, Owner, i32);
      Value isWanted = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, owner, function.getArgument(2));
      scf::IfOp::create(b, isWanted, [&](OpBuilder &at, Location loc) {
        LLVM::CallOp::create(at, loc, callee, ValueRange{function.getArgument(0), function.getArgument(1), row});
        scf::YieldOp::create(at, loc);
      });
    });
  LLVM::ReturnOp::create(b, ValueRange{});
}

//===-- synapses ----------------------------------------------------------------------------------------------------------===//

/// connector(state, instance, n, pre, post, element, amount, delay): values of n synapses.
/// With `perWeight`, the amounts per weight in place of the amounts.
LLVM::LLVMFuncOp ProgramLowering::lowerConnector(ir::ConnectorOp connector, bool perWeight) {
  auto function = addFunction(connector, perWeight ? "per_weight" : "values", {pointer, pointer, i64, pointer, pointer, pointer, pointer, pointer});
  ImplicitLocOpBuilder b(connector.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  EmissionContext c;
  c.state = function.getArgument(0);
  c.instance = function.getArgument(1);
  c.firstArgument = FirstArgument;
  c.isLoop = false;
  c.owner = abi::loadElement(b, c.instance, Owner, i32);
  c.stream = abi::loadElement(b, c.instance, Stream, i32);
  c.preStream = abi::loadElement(b, c.instance, PreStream, i32);
  c.postStream = abi::loadElement(b, c.instance, PostStream, i32);
  auto fill = [&](Region &region, bool isStored, Value array) {
    if (!isStored)
      return;
    Value isWanted = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ne, array, LLVM::ZeroOp::create(b, pointer));
    Value end = arith::SelectOp::create(b, isWanted, function.getArgument(2), integer(b, 0));
    auto loop = scf::ForOp::create(b, integer(b, 0), end, integer(b, 1));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    Value j = loop.getInductionVar();
    c.element = abi::loadElement(b, function.getArgument(5), j, i64);
    c.preElement = arith::ExtUIOp::create(b, i64, abi::loadElement(b, function.getArgument(3), j, i32));
    c.postElement = arith::ExtUIOp::create(b, i64, abi::loadElement(b, function.getArgument(4), j, i32));
    if (connector.getChanges())
      c.weight = abi::loadElement(b, array, j, f64);
    c.preIndex = arith::UIToFPOp::create(b, f64, c.preElement);
    c.postIndex = arith::UIToFPOp::create(b, f64, c.postElement);
    LaneEmitter emitter({}, c, 1, f64, f64, b, b);
    emitter.emit(region.front(), {});
    Value value = emitter.lane(cast<ir::YieldOp>(region.front().getTerminator()).getValues().front());
    LLVM::StoreOp::create(b, value, abi::elementAddress(b, array, j, f64));
  };
  if (perWeight) {
    fill(connector.getPerWeight(), true, function.getArgument(6));
  } else {
    fill(connector.getAmount(), connector.getAmountStored(), function.getArgument(6));
    fill(connector.getDelay(), connector.getDelayStored(), function.getArgument(7));
  }
  LLVM::ReturnOp::create(b, ValueRange{});
  return function;
}

/// An entry point that hands over to the function of the connector whose projection is asked for.
void ProgramLowering::addConnectorEntry(StringRef part, ArrayRef<Type> rest,
                                        ArrayRef<std::pair<LLVM::LLVMFuncOp, InstanceTable>> callees) {
  SmallVector<Type> types = {pointer, i32};
  llvm::append_range(types, rest);
  auto function = addEntryPoint(part, types);
  ImplicitLocOpBuilder b(program.getLoc(), OpBuilder::atBlockEnd(&function.getBody().front()));
  auto arguments = function.getArguments();
  for (const auto &[callee, table] : callees)
    forEachRow(b, table, [&, &callee = callee](ImplicitLocOpBuilder &b, Value row) {
      Value isWanted = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, abi::loadElement(b, row, Owner, i32), arguments[1]);
      scf::IfOp::create(b, isWanted, [&](OpBuilder &at, Location loc) {
        SmallVector<Value> passed = {arguments[0], row};
        passed.append(arguments.begin() + 2, arguments.end());
        LLVM::CallOp::create(at, loc, callee, passed);
        scf::YieldOp::create(at, loc);
      });
    });
  LLVM::ReturnOp::create(b, ValueRange{});
}

void ProgramLowering::lowerSynapses() {
  SmallVector<std::pair<LLVM::LLVMFuncOp, InstanceTable>> connectors;
  for (auto connector : program.getBody().getOps<ir::ConnectorOp>())
    if (connector.getAmountStored() || connector.getDelayStored())
      connectors.push_back({lowerConnector(connector, /*perWeight=*/false), tables[connector.getSymName()]});
  // Behind the projections and their changes.
  uint32_t first = llvm::range_size(program.getBody().getOps<ir::RouteOp>()) + llvm::range_size(program.getBody().getOps<ir::ChangeOp>());
  for (auto connector : program.getBody().getOps<ir::ConnectorOp>())
    if (!connector.getPerWeight().empty())
      connectors.push_back({lowerConnector(connector, /*perWeight=*/true), connectorTable(connector, first)});
  addConnectorEntry("synapses", {i64, pointer, pointer, pointer, pointer, pointer}, connectors);
}

} // namespace snn
