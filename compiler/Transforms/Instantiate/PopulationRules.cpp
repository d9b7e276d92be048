// What a population keeps for the plasticity rules of its projections: states of the source for those that leave it, states of
// the target for those that end there. They advance in front of the step and change where the neuron spikes.

#include "compiler/Transforms/Instantiate/PopulationBody.h"

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
    advance.erase();
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
  for (KeptRule &kept : rules)
    if (kept.end == ir::End::Source)
      for (StringRef state : sorted(kept.rule.statesLookedBackAt()))
        remember(at, *kept.member, state, lookedBackName(kept.member->prefix + state.str()));
  rememberShown(at);
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
  declareField(history, ir::FieldKind::History, spellingIn(member, member.scope->variable(state)));
  writeSlot(at, history, readSlot(at, slot));
  OpBuilder atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
  writeSlot(atStart, history, readSlot(atStart, slot));
}

} // namespace snn
