// What a population keeps for the plasticity rules of its projections: states of the source for those that leave it, states of
// the target for those that end there. They advance in front of the step and change where the neuron spikes.

#include "compiler/Transforms/Instantiate/PopulationBody.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;

namespace snn {

static llvm::StringSet<> statesOf(const Rule &rule, StringRef place) {
  llvm::StringSet<> states;
  ir::PlasticityOp definition = rule.definition;
  for (auto variable : definition.getBody().getOps<ir::VariableOp>())
    if (rule.placeOf(variable.getSymName()) == place)
      states.insert(variable.getSymName());
  return states;
}

void PopulationBody::addRules() {
  auto add = [&](ir::ProjectionOp projection, ir::End end) {
    for (const Rule &rule : rulesOf(projection, symbols)) {
      llvm::StringSet<> states = statesOf(rule, end == ir::End::Source ? "pre" : "post");
      if (states.empty())
        continue;
      Member &member = addMember(rule.definition, rule.prefix(end), rule.owner(), rule.use.getBody().front());
      member.weight = weightSpelling(projection);
      member.states = std::move(states);
      member.onlyUniformParameters = true;
      rules.push_back({rule, &member, end});
    }
  };
  for (ir::ProjectionOp projection : plan.outgoing)
    add(projection, ir::End::Source);
  for (ir::ProjectionOp projection : plan.projections)
    add(projection, ir::End::Target);
}

void PopulationBody::buildRuleAdvance() {
  if (rules.empty())
    return;
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto advance = ir::AdvanceOp::create(at, body.getLoc());
  at.setInsertionPointToStart(&advance.getBody().emplaceBlock());
  auto system = ir::IntegrateOp::create(at, body.getLoc(), Type(), Value(), Value(), Value(), at.getArrayAttr({}));
  OpBuilder inside = OpBuilder::atBlockBegin(&system.getBody().emplaceBlock());
  for (KeptRule &kept : rules)
    addOdes(inside, *kept.member, 0, /*synapse=*/true);
  if (system.getBody().front().empty())
    system.erase();
  at.setInsertionPointToEnd(&advance.getBody().front());
  for (KeptRule &kept : rules) {
    keepWithin(at, kept);
    bool isSource = kept.end == ir::End::Source;
    for (StringRef state : sorted(kept.rule.statesReadOld(isSource ? "pre" : "post"))) {
      std::string slot = kept.member->prefix + state.str();
      if (isSource)
        remember(at, *kept.member, state, beforeName(slot));
      else if (slotNames.insert(beforeName(slot)).second)
        declareField(beforeName(slot), ir::FieldKind::State, {});
      if (!isSource)
        writeSlot(at, beforeName(slot), readSlot(at, slot));
    }
  }
  if (advance.getBody().front().empty())
    advance.erase();
}

/// Bounds of what equations change.
void PopulationBody::keepWithin(OpBuilder &at, KeptRule &kept) {
  for (auto keep : kept.rule.definition.getBody().getOps<ir::KeepOp>()) {
    auto isOf = [&](ir::EquationOp equation) { return equation.getState() == keep.getVariable(); };
    if (!kept.member->states->contains(keep.getVariable()) ||
        llvm::none_of(kept.rule.definition.getBody().getOps<ir::EquationOp>(), isOf))
      continue;
    std::string slot = kept.member->prefix + keep.getVariable().str();
    SmallVector<Value> bounds = kept.member->scope->copy(at, keep.getExpression());
    writeSlot(at, slot, clip(at, readSlot(at, slot), bounds[0], bounds[1]));
  }
}

/// What `old(x)` of a rule reads in the neuron that keeps x.
Value PopulationBody::resolveOldInRule(OpBuilder &at, Member &member, ir::VariableOp variable) {
  KeptRule &kept = *llvm::find_if(rules, [&](const KeptRule &rule) { return rule.member == &member; });
  std::string slot = member.prefix + variable.getSymName().str();
  switch (variable.getKind()) {
  case ir::VariableKind::Old: {
    llvm::SaveAndRestore looksBack(readsOldInRule, true);
    return member.scope->copy(at, variable.getExpression()).front();
  }
  case ir::VariableKind::State:
    return readSlot(at, beforeName(slot));
  case ir::VariableKind::Post:
    return readSlot(at, startName(joinedName(member, variable.getSymName())));
  default: {
    llvm::SaveAndRestore looksAhead(readsOldInRule, false);
    return resolve(at, *kept.member, variable);
  }
  }
}

/// Variables of the neuron that rules look back at are kept from the start of the step on.
void PopulationBody::buildRuleStart() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  for (ir::ProjectionOp projection : plan.projections)
    for (const Rule &rule : rulesOf(projection, symbols))
      for (StringRef name : sorted(rule.targetReadOld()))
        if (slotNames.insert(startName(name)).second) {
          declareField(startName(name), ir::FieldKind::State, {});
          writeSlot(at, startName(name), members.front()->scope->read(at, name));
        }
}

/// What is sent with an event is what the statements start from.
void PopulationBody::buildRuleSpike() {
  if (rules.empty())
    return;
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto onSpike = ir::OnSpikeOp::create(at, body.getLoc());
  at.setInsertionPointToStart(&onSpike.getBody().emplaceBlock());
  for (KeptRule &kept : rules) {
    bool isSource = kept.end == ir::End::Source;
    if (isSource)
      for (StringRef state : sorted(kept.rule.statesSentWithEvents()))
        remember(at, *kept.member, state, sentName(kept.member->prefix + state.str()));
    Region *handler = nullptr;
    if (auto onPre = only<ir::OnPreOp>(kept.rule.definition); onPre && isSource)
      handler = &onPre.getBody();
    if (auto onPost = only<ir::OnPostOp>(kept.rule.definition); onPost && !isSource)
      handler = &onPost.getBody();
    if (handler)
      copyWanted(
          at, *kept.member->scope, *handler, [&](StringRef written) { return kept.member->states->contains(written); },
          [&](StringRef written, Value value) { writeSlot(at, kept.member->prefix + written.str(), value); });
  }
  if (onSpike.getBody().front().empty())
    onSpike.erase();
}

/// What the synapses of other populations look back at, and parameters, which have no field where they are all alike.
void PopulationBody::buildSeen(OpBuilder &at) {
  Member &neuron = *members.front();
  auto valueOf = [&](StringRef name) {
    return [&neuron, name](OpBuilder &inner) { return neuron.scope->read(inner, name); };
  };
  auto keep = [&](StringRef name) {
    if (slotNames.insert(lookedBackName(name)).second)
      keepInHistory(at, lookedBackName(name), spellingIn(neuron, neuron.scope->variable(name)), valueOf(name));
  };
  for (ir::ProjectionOp projection : plan.outgoing)
    for (const Rule &rule : rulesOf(projection, symbols))
      llvm::for_each(sorted(rule.read(ir::VariableKind::Pre)), keep);
  for (ir::ProjectionOp projection : plan.modulated)
    for (const Rule &rule : rulesOf(projection, symbols))
      for (StringRef path : sorted(rule.read(ir::VariableKind::Modulator))) {
        auto [modulator, name] = path.split('.');
        auto who = cast<ArrayAttr>(projection.getModulators()->get(modulator));
        if (cast<FlatSymbolRefAttr>(who[0]).getValue() == plan.population.getSymName())
          keep(name);
      }
  for (ir::ProjectionOp projection : plan.projections)
    for (const Rule &rule : rulesOf(projection, symbols))
      for (StringRef name : sorted(rule.read(ir::VariableKind::Post))) {
        bool isState = neuron.scope->variable(name).getKind() == ir::VariableKind::State;
        if (isState || !slotNames.insert(seenName(name)).second)
          continue;
        declareField(seenName(name), ir::FieldKind::State, spellingIn(neuron, neuron.scope->variable(name)));
        OpBuilder atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
        writeSlot(at, seenName(name), neuron.scope->read(at, name));
        writeSlot(atStart, seenName(name), neuron.scope->read(atStart, name));
      }
}

void PopulationBody::buildRemember() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto op = ir::RememberOp::create(at, body.getLoc());
  at.setInsertionPointToStart(&op.getBody().emplaceBlock());
  for (KeptRule &kept : rules)
    if (kept.end == ir::End::Source)
      for (StringRef state : sorted(kept.rule.statesLookedBackAt()))
        remember(at, *kept.member, state, lookedBackName(kept.member->prefix + state.str()));
  rememberShown(at);
  buildSeen(at);
  rememberDelayed(at);
  if (op.getBody().front().empty())
    op.erase();
}

SmallVector<StringRef> PopulationBody::sorted(const llvm::StringSet<> &names) {
  SmallVector<StringRef> list;
  for (const auto &name : names)
    list.push_back(StringAttr::get(body.getContext(), name.first()).getValue());
  llvm::sort(list);
  return list;
}

/// Copies a state into the history of the population, which starts with the state's initial value.
void PopulationBody::remember(OpBuilder &at, Member &member, StringRef state, const std::string &history) {
  std::string slot = member.prefix + state.str();
  keepInHistory(at, history, spellingIn(member, member.scope->variable(state)),
                [&](OpBuilder &inner) { return readSlot(inner, slot); });
}

void PopulationBody::keepInHistory(OpBuilder &at, const std::string &history, const Spelling &spelling,
                                   llvm::function_ref<Value(OpBuilder &)> value) {
  declareField(history, ir::FieldKind::History, spelling);
  writeSlot(at, history, value(at));
  OpBuilder atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
  writeSlot(atStart, history, value(atStart));
}

} // namespace snn
