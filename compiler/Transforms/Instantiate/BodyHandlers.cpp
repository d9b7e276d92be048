// What happens to a neuron besides its equations and its threshold: `every`, `on step`, `on ex`, and what looks back.

#include "compiler/Transforms/Instantiate/PopulationBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Report.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <limits>

using namespace mlir;

namespace snn {

/// `old(x)` is kept from the start of the step on; the steps since the last spike are counted.
void PopulationBody::buildPast() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  for (auto variable : plan.model.getBody().getOps<ir::VariableOp>()) {
    if (variable.getKind() == ir::VariableKind::Old)
      pastValue(at, variable);
    if (variable.getKind() == ir::VariableKind::SinceSpike) {
      countsSinceSpike = true;
      declareField(sinceSpike, ir::FieldKind::State, {});
      OpBuilder initially = OpBuilder::atBlockEnd(&blockOf(initialise));
      writeSlot(initially, sinceSpike, Arithmetic(initially, variable.getLoc()).constant(std::numeric_limits<double>::infinity()));
    }
  }
}

/// What stands for `old(x)`. All of them are built at the start of the step, one that another contains before it.
Value PopulationBody::pastValue(OpBuilder &at, ir::VariableOp variable) {
  if (Value known = past.lookup(variable.getSymName()))
    return known;
  return past[variable.getSymName()] = members.front()->scope->copy(at, variable.getExpression()).front();
}

/// Is this every n-th step, where n is the period in steps?
static Value isDue(OpBuilder &at, Location loc, Value period) {
  Arithmetic a(at, loc);
  Value steps = math::RoundEvenOp::create(at, loc, a.divide(period, ir::StepSizeOp::create(at, loc, at.getF64Type())));
  Value isLonger = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, steps, a.constant(1));
  steps = a.select(isLonger, steps, a.constant(1));
  Value now = ir::StepNumberOp::create(at, loc, at.getF64Type());
  Value rest = a.subtract(now, a.multiply(steps, math::FloorOp::create(at, loc, a.divide(now, steps))));
  return arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OLT, rest, a.constant(0.5));
}

void PopulationBody::buildPeriodic() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  for (auto every : plan.model.getBody().getOps<ir::EveryOp>()) {
    Location loc = every.getLoc();
    copyWhen(at, isDue(at, loc, members.front()->scope->copy(at, every.getPeriod()).front()), every.getBody());
  }
  for (ir::DriveOp drive : plan.drives)
    if (drive.getEvery())
      holdDrive(at, drive);
}

/// The value of a drive that is set `every` so often is a field of its own in between.
void PopulationBody::holdDrive(OpBuilder &at, ir::DriveOp drive) {
  std::string name = driveName(drive);
  unsigned period = args.add(settings.get(name + ".every", drive.getEvery()->convertToDouble(), {"ms"}));
  Value due = isDue(at, drive.getLoc(), ir::ArgumentOp::create(at, drive.getLoc(), at.getF64Type(), period));
  ir::VariableOp variable = members.front()->scope->variable(drive.getVariable());
  declareField(heldField(drive), ir::FieldKind::State, {});
  bool isParameter = variable.getKind() == ir::VariableKind::Param;
  if (isParameter)
    undriven[drive.getVariable()] = readSlot(at, members.front()->prefix + drive.getVariable().str());
  auto when = ir::WhenOp::create(at, drive.getLoc(), due);
  OpBuilder inside = OpBuilder::atBlockBegin(&when.getBody().emplaceBlock());
  writeSlot(inside, heldField(drive), driveExpression(inside, drive));
  undriven.erase(drive.getVariable());
}

void PopulationBody::buildOnStep() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  if (auto handler = only<ir::OnStepOp>(plan.model))
    copyHandler(at, handler.getBody());
  if (countsSinceSpike) { // from here on the step counts as over
    Arithmetic a(at, body.getLoc());
    writeSlot(at, sinceSpike, a.add(readSlot(at, sinceSpike), a.constant(1)));
  }
}

/// Events that a neuron receives itself. They come after it has been integrated; what arrives at a held state is lost.
void PopulationBody::buildEvents() {
  for (auto handler : plan.model.getBody().getOps<ir::OnInputOp>()) {
    std::string field = (handler.getInput() + ".arrivals").str();
    if (!slotNames.contains(field))
      continue; // nothing is sent there
    runOnEvents(handler, field);
    if (handler.getBySign())
      runOnEvents(handler, (handler.getInput() + ".negative").str());
  }
}

/// What the handler does when the events of the step, or those of one sign, add up to what the field has.
void PopulationBody::runOnEvents(ir::OnInputOp handler, StringRef field) {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  Value sum = readSlot(at, field);
  Scope scope(plan.model, [&](OpBuilder &inner, ir::VariableOp variable) {
    return variable.getSymName() == handler.getInput() ? sum : resolve(inner, *members.front(), variable);
  });
  scope.copyStatements(at, handler.getBody(), [&](ir::WriteOp write, Value value) {
    bool mayBeHeld = held && isHeld(write.getSlot());
    writeSlot(at, write.getSlot(),
              mayBeHeld ? Arithmetic(at, write.getLoc()).select(held, readSlot(at, write.getSlot()), value) : value);
  });
}

//===-- Adaptive equations --------------------------------------------------------------------------------------------===//

bool PopulationBody::hasAdaptiveEquations() {
  return llvm::any_of(plan.model.getBody().getOps<ir::EquationOp>(), [&](ir::EquationOp equation) {
    return integrationOf(equation).method == ir::Method::Adaptive;
  });
}

/// The spike condition and its block, to be executed after every sub-step.
void PopulationBody::addSubstepSpikes(ir::IntegrateOp system) {
  auto rule = only<ir::SpikeRuleOp>(plan.model);
  Location loc = rule.getLoc();
  OpBuilder at = OpBuilder::atBlockBegin(&system.getAfterSubstep().emplaceBlock());
  SmallVector<Value> sides = members.front()->scope->copy(at, rule.getCondition());
  Value above = sides[0];
  if (rule.getKind() == ir::SpikeKind::Crossing)
    above = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGE, sides[0], sides[1]);
  if (!rule.getReset().empty())
    copyWhen(at, above, rule.getReset());
  ir::YieldOp::create(at, loc, above);
  substepSpikes = system.getSpikes();
}

/// The spikes of the sub-steps, and one more where what has happened after them has taken the neuron above its threshold.
Value PopulationBody::addLateSpikes() {
  auto rule = only<ir::SpikeRuleOp>(plan.model);
  bool somethingHappens = only<ir::OnStepOp>(plan.model) || llvm::any_of(slotNames.keys(), [](StringRef slot) {
    return slot.ends_with(".arrivals") || slot.ends_with(".jumps");
  });
  if (!somethingHappens || rule.getKind() != ir::SpikeKind::Level)
    return substepSpikes;
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  Location loc = rule.getLoc();
  Arithmetic a(at, loc);
  Value yes = arith::ConstantOp::create(at, loc, at.getBoolAttr(true));
  Value late = members.front()->scope->copy(at, rule.getCondition()).front();
  auto exclude = [&](Value condition) {
    late = arith::AndIOp::create(at, loc, late, arith::XOrIOp::create(at, loc, condition, yes));
  };
  if (held) {
    exclude(held);
    Value hasSpiked = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, substepSpikes, a.constant(0));
    exclude(arith::AndIOp::create(at, loc, hasSpiked, spikesHold()));
  }
  at.setInsertionPointToEnd(&blockOf(step));
  if (!rule.getReset().empty())
    copyWhen(at, late, rule.getReset());
  return a.add(substepSpikes, a.select(late, a.constant(1), a.constant(0)));
}

//===-- Shared states -------------------------------------------------------------------------------------------------===//

/// Everything that `value` is made of.
static void collectSlice(Value value, llvm::SetVector<Operation *> &slice) {
  Operation *op = value.getDefiningOp();
  if (!op || !slice.insert(op))
    return;
  for (Value operand : op->getOperands())
    collectSlice(operand, slice);
}

LogicalResult PopulationBody::shareDraws(Value value, ir::VariableOp state) {
  llvm::SetVector<Operation *> slice;
  collectSlice(value, slice);
  for (Operation *op : slice) {
    if (auto random = dyn_cast<ir::RandomOp>(op))
      random.setShared(true);
    if (auto draw = dyn_cast<ir::DrawOp>(op))
      draw.setShared(true);
    auto read = dyn_cast<ir::ReadOp>(op);
    ir::VariableOp variable = read ? members.front()->scope->variable(read.getSlot()) : ir::VariableOp();
    bool varies = variable && variable.getKind() == ir::VariableKind::Param && isPerElement(*members.front(), variable.getSymName());
    if (varies || isa<ir::IndexOp, ir::DataOp>(op))
      return reject(plan.population.getLoc(), DiagnosticCode::M14)
             << "`" << state.getSymName() << "` has one value for all neurons, but it depends on "
             << (varies ? ("`" + variable.getSymName() + "`, which differs between them").str() : std::string("single neurons"));
  }
  return success();
}

LogicalResult PopulationBody::shareDraws() {
  WalkResult result = body.walk([&](Operation *op) {
    auto write = dyn_cast<ir::WriteOp>(op);
    auto ode = dyn_cast<ir::OdeOp>(op);
    if (!write && !ode)
      return WalkResult::advance();
    ir::VariableOp state = members.front()->scope->variable(write ? write.getSlot() : ode.getState());
    if (!state || !state.getShared())
      return WalkResult::advance();
    return failed(shareDraws(write ? write.getValue() : ode.getDerivative(), state)) ? WalkResult::interrupt() : WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

} // namespace snn
