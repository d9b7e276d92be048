#include "compiler/Transforms/Instantiate/SynapseBody.h"

#include "compiler/Report.h"

using namespace mlir;

namespace snn {

FailureOr<ir::BodyOp> SynapseBody::build(StringRef name) {
  auto [definition, use] = synapseOf(projection, symbols);
  createBody(projection.getLoc(), name, definition ? definition.getSymName() : "Delta", /*spikesPerStep=*/0);
  OpBuilder::InsertionGuard guard(builder);
  StringRef owner = projection.getSymName();
  if (projection.getAlignment() != ir::Alignment::Post) {
    synapse = &addMember(definition, "", (owner + "." + definition.getSymName()).str(), use.getBody().front());
    synapse->weight = weightSpelling(projection);
  }
  if (synapse && hasOutputPerSynapse(projection, symbols)) {
    auto [clause, clauseUse] = outputOf(projection, symbols);
    output = &addMember(clause, (clause.getSymName() + ".").str(), (owner + "." + clause.getSymName()).str(),
                        clauseUse.getBody().front());
  }
  for (auto &member : members)
    if (failed(checkSupported(*member)))
      return failure();
  addRules();
  for (const UsedRule &used : rules)
    if (failed(checkRule(used)))
      return failure();
  declareMembers();
  if (synapse && startsWithSomething(*synapse))
    buildAdvance(blockOf(initialise));
  buildEveryStep();
  buildEvent();
  buildRulesOnModulators();
  buildRulesOnTargetSpike();
  if (synapse) {
    buildContribution();
    buildAdvance(blockOf(step));
  }
  return body;
}

/// The weight of the synapse as it is stored.
Value SynapseBody::weight(OpBuilder &at) {
  bool isStored = variesByElement(projection.getWeight()) || changesWeights(projection, symbols);
  return ir::WeightOp::create(at, body.getLoc(), at.getF64Type(), isStored,
                              projection.getAlignment() == ir::Alignment::Pre);
}

Value SynapseBody::resolve(OpBuilder &at, Member &member, ir::VariableOp variable) {
  for (UsedRule &used : rules)
    if (used.member == &member)
      return resolveInRule(at, used, variable);
  switch (variable.getKind()) {
  case ir::VariableKind::State:
  case ir::VariableKind::Param:
    return readSlot(at, member.prefix + variable.getSymName().str());
  case ir::VariableKind::Weight:
    return weightNow ? weightNow : weight(at);
  case ir::VariableKind::Input:
    return synapse->scope->copy(at, only<ir::ResultOp>(synapse->definition).getExpression()).front();
  default:
    llvm_unreachable("such variables have been refused");
  }
}

/// Says what a synapse of its own cannot do yet: look at the neurons it joins, and draw random numbers as time goes on.
LogicalResult SynapseBody::checkSupported(Member &member) {
  auto refuse = [&](Location loc, const Twine &what) {
    return reject(loc, DiagnosticCode::P6) << what << " is not supported yet in a synapse whose state lives per "
                                << placeOf(*projection.getAlignment()) << "; " << *projection.getReason();
  };
  for (auto variable : member.definition->getRegion(0).getOps<ir::VariableOp>())
    if (variable.getKind() == ir::VariableKind::Pre || variable.getKind() == ir::VariableKind::Post)
      return refuse(variable.getLoc(), "reading `" + variable.getSymName() + "` of a joined neuron");
  auto isRefused = [](Operation *op) {
    auto read = dyn_cast<ir::ReadOp>(op);
    return (read && (read.getSlot().starts_with("pre.") || read.getSlot().starts_with("post."))) ||
           isa<ir::CountOp>(op);
  };
  WalkResult result = member.definition->walk([&](ir::RandomOp op) {
    (void)refuse(op.getLoc(), "a random number in every step");
    return WalkResult::interrupt();
  });
  for (auto &entry : member.sets)
    entry.second.walk([&](Operation *op) {
      if (!isRefused(op))
        return WalkResult::advance();
      (void)refuse(op->getLoc(), "a value that depends on a joined population");
      return result = WalkResult::interrupt();
    });
  return failure(result.wasInterrupted());
}

void SynapseBody::buildEvent() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto event = ir::OnEventOp::create(at, body.getLoc());
  OpBuilder inside = OpBuilder::atBlockBegin(&event.getBody().emplaceBlock());
  if (rules.empty())
    deliver(inside);
  else
    buildRulesOnEvent(inside);
  weightNow = {};
}

void SynapseBody::buildContribution() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto contribution = ir::ContributionOp::create(at, body.getLoc());
  OpBuilder inside = OpBuilder::atBlockBegin(&contribution.getExpression().emplaceBlock());
  Member &last = output ? *output : *synapse;
  Value value = last.scope->copy(inside, only<ir::ResultOp>(last.definition).getExpression()).front();
  ir::YieldOp::create(inside, body.getLoc(), value);
}

/// States advance at the end of the step that used them, which is the beginning of the next: one pass over the synapses
/// then serves both.
void SynapseBody::buildAdvance(Block &block) {
  OpBuilder at = OpBuilder::atBlockEnd(&block);
  auto op = ir::IntegrateOp::create(at, body.getLoc(), Type(), Value(), Value(), Value(), at.getArrayAttr({}));
  OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
  addOdes(inside, *synapse, 0, true);
  if (op.getBody().front().empty())
    op.erase();
}

} // namespace snn
