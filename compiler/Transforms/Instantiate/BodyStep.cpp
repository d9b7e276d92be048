// The step of a body: arrivals, equations, jumps, threshold, reset, refractory period, in the order of the language.

#include "compiler/Transforms/Instantiate/PopulationBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Import/Stream.h"
#include "compiler/Transforms/QuietNeurons.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

void PopulationBody::buildStep() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  buildPast();
  buildRuleStart();
  buildPeriodic();
  buildRuleAdvance();
  buildHold();
  buildArrivals();
  buildTaps();
  auto rule = only<ir::SpikeRuleOp>(plan.model);
  Value before;
  if (rule && rule.getKind() == ir::SpikeKind::Crossing) {
    auto sides = members.front()->scope->copy(at, rule.getCondition());
    before = arith::CmpFOp::create(at, rule.getLoc(), arith::CmpFPredicate::OGE, sides[0], sides[1]);
  }
  buildEquations(before);
  buildOnStep();
  buildJumps();
  buildEvents();
  buildSpike(before);
  buildLateTaps();
  buildShown();
  zeroArrivals();
  buildRuleSpike();
  buildRemember();
}

//===-- Refractory period -----------------------------------------------------------------------------------------------===//

// Names with a dot: no author can declare them.
static constexpr const char *holdField = "refractory.left";
static constexpr const char *holdSteps = "refractory.steps";

/// A spike of step k holds the states in the round(T/dt) - 1 steps after it, or in ceil(T/dt) with `full`.
void PopulationBody::declareHold(ir::RefractoryOp refractory) {
  declareField(holdField, ir::FieldKind::Hold, {}, builder.getI16Type());
  bool perElement = false;
  refractory.getDuration().walk([&](ir::ReadOp read) { perElement |= isPerElement(*members.front(), read.getSlot()); });
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(perElement ? initialise.getOperation() : prepare.getOperation()));
  Location loc = refractory.getLoc();
  Arithmetic a(at, loc);
  Value duration = members.front()->scope->copy(at, refractory.getDuration()).front();
  Value steps = a.divide(duration, ir::StepSizeOp::create(at, loc, at.getF64Type()));
  // The slack keeps a duration that is a multiple of dt from being rounded up by its last digit.
  if (refractory.getFull())
    steps = math::CeilOp::create(at, loc, a.subtract(steps, a.constant(1e-6)));
  else
    steps = a.subtract(math::RoundEvenOp::create(at, loc, steps), a.constant(1));
  Value positive = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, steps, a.constant(0));
  steps = a.select(positive, steps, a.constant(0));
  if (perElement) {
    declareField(holdSteps, ir::FieldKind::Constant, {});
  } else {
    OpBuilder before(prepare);
    ir::UniformOp::create(before, loc, holdSteps, IntegerAttr(), /*counter=*/true);
  }
  writeSlot(at, holdSteps, steps);
}

/// Does a spike hold the states? i1.
Value PopulationBody::spikesHold() {
  if (!held)
    return {};
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  Value steps = readSlot(at, holdSteps);
  return arith::CmpFOp::create(at, body.getLoc(), arith::CmpFPredicate::OGT, steps, Arithmetic(at, body.getLoc()).constant(0));
}

bool PopulationBody::isHeld(StringRef state) {
  auto refractory = only<ir::RefractoryOp>(plan.model);
  return refractory && llvm::any_of(refractory.getHeld(), [&](Attribute name) {
    return cast<FlatSymbolRefAttr>(name).getValue() == state;
  });
}

void PopulationBody::buildHold() {
  auto refractory = only<ir::RefractoryOp>(plan.model);
  if (!refractory)
    return;
  declareHold(refractory);
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  Location loc = refractory.getLoc();
  auto constant = [&](int64_t n) -> Value { return arith::ConstantOp::create(at, loc, at.getI16IntegerAttr(n)); };
  Value left = ir::ReadOp::create(at, loc, at.getI16Type(), holdField);
  held = arith::CmpIOp::create(at, loc, arith::CmpIPredicate::ne, left, constant(0));
  Value next = arith::SubIOp::create(at, loc, arith::MaxUIOp::create(at, loc, left, constant(1)), constant(1));
  writeSlot(at, holdField, next);
  if (!refractory.getAtEnd().empty())
    holdEnds = arith::CmpIOp::create(at, loc, arith::CmpIPredicate::eq, left, constant(1));
}

//===-- Arrivals and taps -----------------------------------------------------------------------------------------------===//

/// Events of synapses with several receiving states: what the step's events add up to is distributed to the states.
void PopulationBody::buildArrivals() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  for (auto &channel : channels) {
    if (!channel->synapse)
      continue;
    Member &synapse = *channel->synapse;
    std::string field = synapse.prefix + "events";
    auto handler = only<ir::OnPreOp>(synapse.definition);
    if (!handler || landings[channel->projection.getSymName()].field != field)
      continue;
    Value events = readSlot(at, field);
    Scope scope(synapse.definition, [&](OpBuilder &inner, ir::VariableOp variable) {
      return variable.getKind() == ir::VariableKind::Weight ? events : resolve(inner, synapse, variable);
    });
    scope.copyStatements(at, handler.getBody(),
                         [&](ir::WriteOp write, Value value) { writeSlot(at, synapse.prefix + write.getSlot().str(), value); });
    writeSlot(at, field, Arithmetic(at, body.getLoc()).constant(0));
  }
}

/// In front of the names of taps: "tap.", unless the author has called a membrane mechanism so.
std::string PopulationBody::tapPrefix() {
  bool isTaken = llvm::any_of(plan.model.getBody().getOps<ir::VariableOp>(),
                              [](ir::VariableOp variable) { return variable.getSymName().starts_with("tap."); });
  return isTaken ? "tap_." : "tap.";
}

/// Inputs and synapse states are recorded as they are used, so they are kept when the step begins.
void PopulationBody::buildTaps() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  Member &neuron = *members.front();
  for (ir::RecordOp record : plan.records) {
    if (record.getCurrent()) {
      buildCurrentTap(at, record);
      continue;
    }
    std::string name = record.getVariable()->str();
    Member *owner = &neuron;
    if (auto projection = record.getProjection())
      owner = memberOfSynapse(*projection);
    if (!owner)
      continue; // what connections or sources keep is recorded there
    ir::VariableOp variable = owner->scope->variable(name);
    std::string slot = owner->prefix + name;
    bool isOwnState = owner == &neuron && variable.getKind() == ir::VariableKind::State;
    record.setFieldAttr(FlatSymbolRefAttr::get(at.getContext(), isOwnState ? slot : tapPrefix() + slot));
    if (isOwnState || !slotNames.insert(tapPrefix() + slot).second)
      continue;
    declareField(tapPrefix() + slot, ir::FieldKind::Tap, spellingIn(*owner, variable));
    bool asUsed = owner != &neuron || variable.getKind() == ir::VariableKind::Input;
    if (asUsed)
      writeSlot(at, tapPrefix() + slot, owner->scope->read(at, name));
    else
      lateTaps.push_back(name);
  }
}

/// What one projection puts into its port, as the step uses it.
void PopulationBody::buildCurrentTap(OpBuilder &at, ir::RecordOp record) {
  auto isRecorded = [&](const auto &channel) { return channel->projection.getSymName() == *record.getProjection(); };
  Channel &channel = **llvm::find_if(channels, isRecorded);
  std::string slot = tapPrefix() + channel.projection.getSymName().str() + ".current";
  record.setFieldAttr(FlatSymbolRefAttr::get(at.getContext(), slot));
  if (!slotNames.insert(slot).second)
    return;
  declareField(slot, ir::FieldKind::Tap, spellingOf(members.front()->scope->variable(channel.projection.getPort())));
  writeSlot(at, slot, channelOutput(at, channel));
}

/// Derived quantities are recorded as they are after the step.
void PopulationBody::buildLateTaps() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  for (const std::string &name : lateTaps)
    writeSlot(at, tapPrefix() + name, members.front()->scope->read(at, name));
}

PopulationBody::Member *PopulationBody::memberOfSynapse(StringRef projection) {
  for (ir::ProjectionOp op : plan.projections)
    if (op.getSymName() == projection && op.getMergedInto())
      return memberOfSynapse(*op.getMergedInto());
  for (auto &channel : channels)
    if (channel->projection.getSymName() == projection)
      return channel->synapse;
  llvm_unreachable("the checker binds projections");
}

//===-- Equations -------------------------------------------------------------------------------------------------------===//

/// Do the synapse's equations read the target? Then they use what the step leaves behind, not what it starts from.
static bool readsTarget(Operation *synapse, const Scope &scope) {
  bool reads = false;
  synapse->walk([&](ir::EquationOp equation) {
    equation.walk([&](ir::ReadOp read) {
      ir::VariableOp variable = scope.variable(read.getSlot());
      reads |= variable && variable.getKind() == ir::VariableKind::Post;
    });
  });
  return reads;
}

/// Equations advance group by group. Synapse states advance at the end of the step that used them, which is the beginning of
/// the next; together with the first group, so that a linear neuron sees its linear synapses decay within the step.
void PopulationBody::buildEquations(Value above) {
  unsigned groups = countGroups(plan.model);
  for (auto &channel : channels)
    if (channel->synapse)
      groups = std::max(groups, countGroups(channel->synapse->definition));
  for (unsigned group = 0; group < groups; ++group)
    buildGroup(group, above);
}

void PopulationBody::buildGroup(unsigned group, Value above) {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  SmallVector<Attribute> holding;
  if (auto refractory = only<ir::RefractoryOp>(plan.model))
    holding.assign(refractory.getHeld().begin(), refractory.getHeld().end());
  auto isAdaptive = [&](ir::EquationOp equation) {
    return equation.getGroup() == group && integrationOf(equation).method == ir::Method::Adaptive;
  };
  auto rule = only<ir::SpikeRuleOp>(plan.model);
  bool spikes = rule && rule.getKind() != ir::SpikeKind::Rate && llvm::any_of(plan.model.getBody().getOps<ir::EquationOp>(), isAdaptive);
  Type count = spikes ? Type(at.getF64Type()) : Type();
  auto op = ir::IntegrateOp::create(at, body.getLoc(), count, held, spikes ? spikesHold() : Value(), spikes ? above : Value(),
                                    at.getArrayAttr(holding));
  OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
  addOdes(inside, *members.front(), group, false);
  for (auto &channel : channels)
    if (channel->synapse && !readsTarget(channel->synapse->definition, *channel->synapse->scope))
      addOdes(inside, *channel->synapse, group, true);
  if (spikes)
    addSubstepSpikes(op);
  if (op.getBody().front().empty())
    op.erase();
}

/// Synapse equations that read the target's state, after the step; and once at the start, for every synapse that starts with
/// something, because arriving begins with an advance.
void PopulationBody::buildSynapseAdvance(Block &block, bool initially) {
  OpBuilder at = OpBuilder::atBlockEnd(&block);
  SmallVector<Member *> advancing;
  for (auto &channel : channels) {
    if (!channel->synapse)
      continue;
    bool late = readsTarget(channel->synapse->definition, *channel->synapse->scope);
    if (initially ? startsWithSomething(*channel->synapse) : late)
      advancing.push_back(channel->synapse);
  }
  integrateGroups(at, advancing);
}

/// Events that jump a neuron's own state come after it has been integrated; what arrives at a held state is lost.
void PopulationBody::buildJumps() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  for (auto variable : plan.model.getBody().getOps<ir::VariableOp>()) {
    std::string state = variable.getSymName().str();
    std::string field = state + ".jumps";
    if (variable.getKind() != ir::VariableKind::State || !slotNames.contains(field))
      continue;
    Arithmetic a(at, variable.getLoc());
    Value now = readSlot(at, state);
    Value after = a.add(now, readSlot(at, field));
    writeSlot(at, state, isHeld(state) ? a.select(held, now, after) : after);
  }
  if (holdEnds)
    copyWhen(at, holdEnds, only<ir::RefractoryOp>(plan.model).getAtEnd());
}

void PopulationBody::zeroArrivals() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  for (auto variable : plan.model.getBody().getOps<ir::VariableOp>())
    for (const char *suffix : {".jumps", ".pulses", ".arrivals", ".negative"})
      if (std::string field = variable.getSymName().str() + suffix; slotNames.contains(field))
        writeSlot(at, field, Arithmetic(at, body.getLoc()).constant(0));
  for (auto &channel : channels)
    for (const std::string &field : {channel->sum, channel->slope})
      if (!field.empty())
        writeSlot(at, field, Arithmetic(at, body.getLoc()).constant(0));
}

//===-- Spikes ----------------------------------------------------------------------------------------------------------===//

void PopulationBody::copyHandler(OpBuilder &at, Region &handler) {
  members.front()->scope->copyStatements(at, handler,
                                         [&](ir::WriteOp write, Value value) { writeSlot(at, write.getSlot(), value); });
}

void PopulationBody::copyWhen(OpBuilder &at, Value condition, Region &handler) {
  auto when = ir::WhenOp::create(at, condition.getLoc(), condition);
  OpBuilder inside = OpBuilder::atBlockBegin(&when.getBody().emplaceBlock());
  copyHandler(inside, handler);
}

Value PopulationBody::spikeCondition(ir::SpikeRuleOp rule, Value before, Value &count) {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  Location loc = rule.getLoc();
  Arithmetic a(at, loc);
  SmallVector<Value> sides = members.front()->scope->copy(at, rule.getCondition());
  if (rule.getKind() == ir::SpikeKind::Level)
    return sides[0];
  if (rule.getKind() == ir::SpikeKind::Crossing) {
    Value now = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGE, sides[0], sides[1]);
    Value isNew = arith::XOrIOp::create(at, loc, before, arith::ConstantOp::create(at, loc, at.getBoolAttr(true)));
    return arith::AndIOp::create(at, loc, now, isNew);
  }
  Value mean = a.multiply(sides[0], ir::StepSizeOp::create(at, loc, at.getF64Type()));
  if (isAlikeForAll(mean, body))
    return countDown(rule, mean, count);
  uint32_t stream = streamOf((plan.model.getSymName() + ".spike").str());
  Value uniform = ir::RandomOp::create(at, loc, at.getF64Type(), ir::RandomKind::Uniform, stream);
  if (!rule.getMultiple()) { // probability 1 - exp(-r dt)
    Value probability = a.negate(math::ExpM1Op::create(at, loc, a.negate(mean)));
    return arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OLT, uniform, probability);
  }
  count = ir::PoissonCountOp::create(at, loc, at.getF64Type(), mean, uniform, body.getSpikesPerStep());
  return arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, count, a.constant(0));
}

void PopulationBody::buildSpike(Value before) {
  auto rule = only<ir::SpikeRuleOp>(plan.model);
  if (rule) {
    Value count = substepSpikes ? addLateSpikes() : Value();
    OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
    Location loc = rule.getLoc();
    Arithmetic a(at, loc);
    Value fired = count ? arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, count, a.constant(0)).getResult()
                        : spikeCondition(rule, before, count);
    if (held && !substepSpikes && !nextWait) {
      Value active = arith::XOrIOp::create(at, loc, held, arith::ConstantOp::create(at, loc, at.getBoolAttr(true)));
      fired = arith::AndIOp::create(at, loc, fired, active);
    }
    auto spike = ir::SpikeOp::create(at, loc, fired, count);
    OpBuilder inside = OpBuilder::atBlockBegin(&spike.getBody().emplaceBlock());
    if (!rule.getReset().empty() && !substepSpikes)
      copyHandler(inside, rule.getReset());
    if (nextWait)
      drawWait(inside, nextWait);
    if (countsSinceSpike)
      writeSlot(inside, sinceSpike, Arithmetic(inside, loc).constant(0));
    if (held) {
      Value steps = readSlot(inside, holdSteps);
      writeSlot(inside, holdField, arith::FPToUIOp::create(inside, loc, inside.getI16Type(), steps));
    }
  }
  buildSynapseAdvance(blockOf(step), /*initially=*/false);
  buildSynapseAdvance(blockOf(initialise), /*initially=*/true);
}

} // namespace snn
