// What plasticity rules do to a synapse when something happens: an event arrives, the target or a modulator spikes.

#include "compiler/Transforms/Instantiate/SynapseBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Report.h"
#include "compiler/Transforms/Instantiate/JoinedReads.h"
#include "compiler/Transforms/Solve/LazyStates.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;

namespace snn {

void SynapseBody::addRules() {
  for (const Rule &rule : rulesOf(projection, symbols)) {
    ir::PlasticityOp definition = rule.definition;
    std::string prefix = ("rule" + Twine(rule.position) + "." + definition.getSymName() + ".").str();
    Member &member = addMember(definition, prefix, rule.owner(), rule.use.getBody().front());
    member.weight = weightSpelling(projection);
    member.states.emplace();
    for (auto variable : definition.getBody().getOps<ir::VariableOp>())
      if (rule.placeOf(variable.getSymName()) == "connection")
        member.states->insert(variable.getSymName());
    rules.push_back({rule, &member, {}});
  }
}

LogicalResult SynapseBody::checkRule(const UsedRule &used) {
  for (auto &set : used.member->sets) {
    WalkResult result = set.second.walk([&](Operation *op) {
      auto read = dyn_cast<ir::ReadOp>(op);
      bool ofAnEnd = read && (read.getSlot().starts_with("pre.") || read.getSlot().starts_with("post."));
      if (!ofAnEnd && !isa<ir::CountOp>(op))
        return WalkResult::advance();
      (void)(reject(op->getLoc(), DiagnosticCode::P6)
             << "a value that depends on a joined population is not supported yet in a plasticity rule");
      return WalkResult::interrupt();
    });
    if (result.wasInterrupted())
      return failure();
  }
  return success();
}

//===-- What names mean -----------------------------------------------------------------------------------------------------===//

static Value joinedField(OpBuilder &at, Location loc, ir::End end, StringRef field) {
  return ir::JoinedOp::create(at, loc, at.getF64Type(), end, field, Value());
}

/// What a variable of a rule is while the rule acts on a synapse.
Value SynapseBody::resolveInRule(OpBuilder &at, UsedRule &used, ir::VariableOp variable) {
  StringRef name = variable.getSymName();
  Location loc = variable.getLoc();
  switch (variable.getKind()) {
  case ir::VariableKind::Old: {
    llvm::SaveAndRestore looksBack(readsOld, true);
    return used.member->scope->copy(at, variable.getExpression()).front();
  }
  case ir::VariableKind::Weight:
    if (readsOld)
      return readSlot(at, beforeName(weightSlot));
    if (isInFrontOfStep())
      return weightNow ? weightNow : readSlot(at, weightSlot);
    return weightNow ? weightNow : weightNow = weight(at);
  case ir::VariableKind::Param:
    return readSlot(at, used.member->prefix + name.str());
  case ir::VariableKind::Post: {
    std::string field = joinedVariable(projection, variable, symbols);
    if (projection.getDendritic())
      return ofLateTarget(at, field, /*hasSpiked=*/occasion == Occasion::TargetSpike && !readsOld);
    bool isState = targetVariable(projection, field, symbols).getKind() == ir::VariableKind::State;
    return joinedField(at, loc, ir::End::Target, readsOld ? startName(field) : isState ? field : shownToSynapses(field));
  }
  case ir::VariableKind::Pre:
    return joinedField(at, loc, ir::End::Source, lookedBackName(joinedVariable(projection, variable, symbols)));
  case ir::VariableKind::Modulator:
    return joinedField(at, loc, ir::End::Modulator, lookedBackName(name));
  case ir::VariableKind::Syn:
    return variableOfSynapse(at, name);
  case ir::VariableKind::State:
    return stateInRule(at, used, name);
  case ir::VariableKind::Delayed: { // as a state of the neuron that keeps it
    llvm::SaveAndRestore isThePast(readsOld, false);
    llvm::SaveAndRestore isOfTheStep(occasion, occasion == Occasion::Condition ? Occasion::StepBegins : occasion);
    return stateInRule(at, used, name);
  }
  default:
    llvm_unreachable("such variables have been refused");
  }
}

/// Behind a dendritic delay, something of the target as it was in the step that the synapse has heard of: as that began, or where the
/// spike of it that acts now has left it. What is done when a step begins comes a step after that, and finds what it has left.
Value SynapseBody::ofLateTarget(OpBuilder &at, StringRef slot, bool hasSpiked) {
  bool isOver = hasSpiked || isInFrontOfStep();
  std::string history = isOver ? lookedBackName(slot) : beginningName(slot);
  return ir::JoinedOp::create(at, body.getLoc(), at.getF64Type(), ir::End::Target, history, Value(), /*late=*/true);
}

Value SynapseBody::stateInRule(OpBuilder &at, UsedRule &used, StringRef state) {
  Location loc = body.getLoc();
  if (Value known = used.locals.lookup(state); known && !readsOld)
    return known;
  StringRef place = used.rule.placeOf(state);
  if (place == "connection") {
    std::string slot = used.member->prefix + state.str();
    return readSlot(at, readsOld ? beforeName(slot) : slot);
  }
  if (occasion == Occasion::Condition) { // nothing has happened in the step, so that the old value is the same
    ir::End end = place == "post" ? ir::End::Target : ir::End::Source;
    bool isLate = place == "post" && projection.getDendritic();
    return ir::JoinedOp::create(at, loc, at.getF64Type(), end, aheadName(used.rule.prefix(end) + state.str()), Value(), isLate);
  }
  if (place == "post") {
    std::string slot = used.rule.prefix(ir::End::Target) + state.str();
    if (projection.getDendritic())
      return ofLateTarget(at, slot, /*hasSpiked=*/false);
    return joinedField(at, loc, ir::End::Target, readsOld ? beforeName(slot) : slot);
  }
  std::string slot = used.rule.prefix(ir::End::Source) + state.str();
  if (occasion == Occasion::Event) // as the event found it
    return joinedField(at, loc, ir::End::Source, sentName(slot));
  return joinedField(at, loc, ir::End::Source, readsOld ? beforeName(slot) : lookedBackName(slot));
}

/// `syn g`: of the synapse itself, or where its state is kept per target, of the target.
Value SynapseBody::variableOfSynapse(OpBuilder &at, StringRef name) {
  if (synapse)
    return readSlot(at, name);
  return joinedField(at, body.getLoc(), ir::End::Target, landing.synapsePrefix + name.str());
}

//===-- Handlers ------------------------------------------------------------------------------------------------------------===//

/// The statements of one handler of all rules, in order. Nothing is written back before the end.
void SynapseBody::runRules(OpBuilder &at, llvm::function_ref<Region *(ir::PlasticityOp)> handlerOf) {
  Arithmetic a(at, body.getLoc());
  weightNow = {};
  bool isWeightChanged = false;
  for (UsedRule &used : rules) {
    Region *handler = handlerOf(used.rule.definition);
    if (!handler)
      continue;
    auto isWeight = [&](StringRef name) {
      ir::VariableOp variable = used.member->scope->variable(name);
      return variable && variable.getKind() == ir::VariableKind::Weight;
    };
    copyWanted(
        at, *used.member->scope, *handler, [](StringRef) { return true; },
        [&](StringRef written, Value value) {
          if (!value)
            deliver(at);
          else if (written.empty())
            released = released ? a.multiply(released, value) : value;
          else if (isWeight(written))
            weightNow = value, isWeightChanged = true;
          else
            used.locals[written] = value;
        });
    for (auto &local : used.locals)
      if (used.rule.placeOf(local.first()) == "connection")
        writeSlot(at, used.member->prefix + local.first().str(), local.second);
  }
  if (isWeightChanged)
    ir::SetWeightOp::create(at, body.getLoc(), weightNow);
}

/// What the synapse does with the weight that the rules have left it, times what the spike has released.
void SynapseBody::deliver(OpBuilder &at) {
  isDelivered = true;
  bool needsAmount = !rules.empty() || !synapse;
  Value amount = weightNow || !needsAmount ? weightNow : weight(at);
  if (released)
    amount = Arithmetic(at, body.getLoc()).multiply(amount, released);
  if (!synapse) {
    addToTarget(at, landing.amount(at, amount, args));
    return;
  }
  auto handler = only<ir::OnPreOp>(synapse->definition);
  if (!handler)
    return;
  llvm::SaveAndRestore weightOfEvent(weightNow, amount);
  synapse->scope->copyStatements(at, handler.getBody(),
                                 [&](ir::WriteOp write, Value value) { writeSlot(at, write.getSlot(), value); });
}

/// The rules, then what the synapse does with the weight that results.
void SynapseBody::buildRulesOnEvent(OpBuilder &at) {
  occasion = Occasion::Event;
  bringUpToDate(at, /*onlyEventsOfSource=*/!hearsTargetSpikes() && !handles<ir::OnModulatorOp>());
  released = {};
  isDelivered = false;
  runRules(at, [&](ir::PlasticityOp rule) {
    auto handler = only<ir::OnPreOp>(rule);
    return handler ? &handler.getBody() : nullptr;
  });
  if (!isDelivered)
    deliver(at);
}

/// An event acts on its target at once; where what it does depends on its sign, positive and negative ones are summed apart.
void SynapseBody::addToTarget(OpBuilder &at, Value amount) {
  Location loc = body.getLoc();
  if (landing.slope.empty()) {
    ir::AddToTargetOp::create(at, loc, amount, /*slope=*/false);
    return;
  }
  Arithmetic a(at, loc);
  Value isPositive = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, amount, a.constant(0));
  ir::AddToTargetOp::create(at, loc, a.select(isPositive, amount, a.constant(0)), /*slope=*/false);
  ir::AddToTargetOp::create(at, loc, a.select(isPositive, a.constant(0), amount), /*slope=*/true);
}

bool SynapseBody::isDelayStored() { return !projection.getDelay().empty() && variesByElement(projection.getDelay()); }

bool SynapseBody::hearsTargetSpikes() {
  return llvm::any_of(rules, [](UsedRule &used) {
    auto handler = only<ir::OnPostOp>(used.rule.definition);
    return handler && llvm::any_of(handler.getBody().getOps<ir::WriteOp>(),
                                   [&](ir::WriteOp write) { return used.rule.placeOf(write.getSlot()) != "post"; });
  });
}

void SynapseBody::buildRulesOnTargetSpike() {
  if (!hearsTargetSpikes())
    return;
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto op = ir::OnTargetSpikeOp::create(at, body.getLoc(), isDelayStored(), projection.getDendritic());
  OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
  occasion = Occasion::TargetSpike;
  bringUpToDate(inside, false);
  runRules(inside, [&](ir::PlasticityOp rule) {
    auto handler = only<ir::OnPostOp>(rule);
    return handler ? &handler.getBody() : nullptr;
  });
  weightNow = {};
}

static Region *handlerOf(ir::PlasticityOp rule, StringRef modulator) {
  for (auto handler : rule.getBody().getOps<ir::OnModulatorOp>())
    if (handler.getModulator() == modulator)
      return &handler.getBody();
  return nullptr;
}

void SynapseBody::buildRulesOnModulators() {
  if (!handles<ir::OnModulatorOp>())
    return;
  occasion = Occasion::ModulatorSpike;
  for (NamedAttribute modulator : projection.getModulatorsAttr()) {
    StringRef name = modulator.getName();
    if (llvm::none_of(rules, [&](UsedRule &used) { return handlerOf(used.rule.definition, name); }))
      continue;
    OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
    auto op = ir::EverySynapseOp::create(at, body.getLoc(), modulator.getName(), isDelayStored());
    OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
    bringUpToDate(inside, false);
    runRules(inside, [&](ir::PlasticityOp rule) { return handlerOf(rule, name); });
    weightNow = {};
  }
}

} // namespace snn
