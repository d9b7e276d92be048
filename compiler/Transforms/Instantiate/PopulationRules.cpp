// What a population keeps for the plasticity rules of its projections: states of the source for those that leave it, states of
// the target for those that end there. They advance in front of the step and change where the neuron spikes.

#include "compiler/Transforms/Instantiate/JoinedReads.h"
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
  if (rules.empty() && !isSeenLate())
    return;
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto advance = ir::AdvanceOp::create(at, body.getLoc());
  at.setInsertionPointToStart(&advance.getBody().emplaceBlock());
  SmallVector<Member *> kept = llvm::map_to_vector(rules, [](KeptRule &rule) { return rule.member; });
  integrateGroups(at, kept);
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
  lookBackInRules(at, /*atStatesOfRules=*/true);
  rememberForDendrites(at, /*atBeginning=*/true);
  if (advance.getBody().front().empty())
    advance.erase();
}

/// Do synapses that end here hear of this population after a dendritic delay?
bool PopulationBody::isSeenLate() {
  return llvm::any_of(plan.projections, [&](ir::ProjectionOp projection) {
    return projection.getDendritic() && !rulesOf(projection, symbols).empty();
  });
}

/// What those synapses see: as the step begins, for events and spikes, and as it ends, for what the neuron is behind its spike and for
/// equations, which begin where the step before has ended.
void PopulationBody::rememberForDendrites(OpBuilder &at, bool atBeginning) {
  auto nameOf = [&](StringRef slot) { return atBeginning ? beginningName(slot) : lookedBackName(slot); };
  for (KeptRule &kept : rules)
    if (kept.end == ir::End::Target && kept.rule.projection.getDendritic() && (atBeginning || kept.rule.whyEveryStep()))
      for (StringRef state : sorted(*kept.member->states))
        remember(at, *kept.member, state, nameOf(kept.member->prefix + state.str()));
  Member &neuron = *members.front();
  for (ir::ProjectionOp projection : plan.projections)
    for (const Rule &rule : projection.getDendritic() ? rulesOf(projection, symbols) : SmallVector<Rule>())
      for (StringRef declared : sorted(rule.read(ir::VariableKind::Post))) {
        std::string name = joinedVariable(projection, rule.variable(declared), symbols);
        if (slotNames.insert(nameOf(name)).second)
          keepInHistory(at, nameOf(name), spellingIn(neuron, neuron.scope->variable(name)),
                        [&](OpBuilder &inner) { return neuron.scope->read(inner, name); });
      }
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
    return readSlot(at, startName(joinedVariable(kept.rule.projection, variable, symbols)));
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
      for (StringRef declared : sorted(rule.targetReadOld())) {
        std::string name = joinedVariable(projection, rule.variable(declared), symbols);
        if (!slotNames.insert(startName(name)).second)
          continue;
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

void PopulationBody::buildRemember() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto op = ir::RememberOp::create(at, body.getLoc());
  at.setInsertionPointToStart(&op.getBody().emplaceBlock());
  lookBackInRules(at, /*atStatesOfRules=*/false);
  for (KeptRule &kept : rules)
    if (kept.end == ir::End::Source)
      for (StringRef state : sorted(kept.rule.statesLookedBackAt()))
        remember(at, *kept.member, state, lookedBackName(kept.member->prefix + state.str()));
  rememberForDendrites(at, /*atBeginning=*/false);
  rememberShown(at);
  rememberDelayed(at);
  rememberAhead(at);
  if (op.getBody().front().empty())
    op.erase();
}

/// Conditions are looked at when states have advanced to a step, and for every synapse in front of it, when neurons have not: what they
/// look at is advanced at the end of the step before, by the way.
void PopulationBody::rememberAhead(OpBuilder &at) {
  auto looked = [](const KeptRule &kept) { return kept.rule.statesOnConditions(kept.end == ir::End::Source ? "pre" : "post"); };
  if (llvm::all_of(rules, [&](const KeptRule &kept) { return looked(kept).empty(); }))
    return;
  SmallVector<std::pair<std::string, Value>> now;
  for (KeptRule &kept : rules)
    for (StringRef state : sorted(*kept.member->states))
      now.emplace_back(kept.member->prefix + state.str(), readSlot(at, kept.member->prefix + state.str()));
  integrateGroups(at, llvm::map_to_vector(rules, [](KeptRule &kept) { return kept.member; }));
  at.setInsertionPointToEnd(at.getInsertionBlock());
  for (KeptRule &kept : rules) {
    keepWithin(at, kept);
    for (StringRef state : sorted(looked(kept))) {
      std::string slot = kept.member->prefix + state.str();
      if (kept.end == ir::End::Source || kept.rule.projection.getDendritic()) {
        remember(at, *kept.member, state, aheadName(slot));
        continue;
      }
      declareField(aheadName(slot), ir::FieldKind::State, {});
      writeSlot(at, aheadName(slot), readSlot(at, slot));
      OpBuilder atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
      writeSlot(atStart, aheadName(slot), readSlot(atStart, slot));
    }
  }
  for (auto &[slot, value] : now)
    writeSlot(at, slot, value);
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
