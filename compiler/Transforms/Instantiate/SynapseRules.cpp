// What plasticity rules do to a synapse: when an event arrives, and when the target spikes.

#include "compiler/Transforms/Instantiate/SynapseBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Report.h"
#include "compiler/Transforms/Solve/LazyStates.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

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

/// States of a synapse are brought up to date when something happens to it, which takes equations that are solved exactly.
bool SynapseBody::hasLazyStates() {
  return llvm::any_of(rules, [](const UsedRule &used) {
    ir::PlasticityOp definition = used.rule.definition;
    return llvm::any_of(definition.getBody().getOps<ir::EquationOp>(),
                        [&](ir::EquationOp equation) { return used.member->states->contains(equation.getState()); });
  });
}

LogicalResult SynapseBody::checkRule(const UsedRule &used) {
  ir::PlasticityOp definition = used.rule.definition;
  for (auto variable : definition.getBody().getOps<ir::VariableOp>())
    if (variable.getKind() == ir::VariableKind::Pre)
      return reject(variable.getLoc(), DiagnosticCode::P6)
             << "reading `" << variable.getSymName() << "` of the source in a plasticity rule is not supported yet";
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

/// What a variable of a rule is while the rule acts on a synapse.
Value SynapseBody::resolveInRule(OpBuilder &at, UsedRule &used, ir::VariableOp variable) {
  StringRef name = variable.getSymName();
  if (Value known = used.locals.lookup(name))
    return known;
  switch (variable.getKind()) {
  case ir::VariableKind::Weight:
    return weightNow ? weightNow : weightNow = weight(at);
  case ir::VariableKind::Param:
    return readSlot(at, used.member->prefix + name.str());
  case ir::VariableKind::Post:
    return ir::JoinedOp::create(at, variable.getLoc(), at.getF64Type(), ir::End::Target, name, Value());
  case ir::VariableKind::State:
    break;
  default:
    llvm_unreachable("such variables have been refused");
  }
  StringRef place = used.rule.placeOf(name);
  if (place == "connection")
    return readSlot(at, used.member->prefix + name.str());
  if (place == "post")
    return ir::JoinedOp::create(at, variable.getLoc(), at.getF64Type(), ir::End::Target,
                                used.rule.prefix(ir::End::Target) + name.str(), Value());
  std::string slot = used.rule.prefix(ir::End::Source) + name.str();
  return ir::JoinedOp::create(at, variable.getLoc(), at.getF64Type(), ir::End::Source,
                              targetSpikes ? lookedBackName(slot) : sentName(slot), Value());
}

/// Solves the equations of the synapse's own states over the time since they were last brought up to date.
void SynapseBody::bringUpToDate(OpBuilder &at, bool onlyEventsOfSource) {
  for (UsedRule &used : rules)
    used.locals.clear(); // of the other handler
  if (!hasLazyStates())
    return;
  Location loc = body.getLoc();
  if (!SymbolTable::lookupSymbolIn(body, lazyField))
    declareField(lazyField, ir::FieldKind::State, {}, at.getI32Type());
  auto op = ir::IntegrateOp::create(at, loc, Type(), Value(), Value(), Value(), at.getArrayAttr({}));
  op.setLazy(true);
  llvm::SaveAndRestore closedForm(solvesManySteps, true);
  OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
  for (UsedRule &used : rules)
    addOdes(inside, *used.member, 0, true);
  Value now = ir::EventStepOp::create(at, loc, at.getI32Type(), onlyEventsOfSource);
  ir::WriteOp::create(at, loc, lazyField, now);
}

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
          if (written.empty())
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

/// The rules, then what the synapse does with the weight that results.
void SynapseBody::buildRulesOnEvent(OpBuilder &at) {
  bool onlyEventsOfSource =
      llvm::none_of(rules, [&](UsedRule &used) { return only<ir::OnPostOp>(used.rule.definition); });
  bringUpToDate(at, onlyEventsOfSource);
  targetSpikes = false;
  released = {};
  runRules(at, [&](ir::PlasticityOp rule) {
    auto handler = only<ir::OnPreOp>(rule);
    return handler ? &handler.getBody() : nullptr;
  });
  if (!weightNow)
    weightNow = weight(at);
  if (released)
    weightNow = Arithmetic(at, body.getLoc()).multiply(weightNow, released);
  if (!synapse)
    addToTarget(at, landing.amount(at, weightNow, args));
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

void SynapseBody::buildRulesOnTargetSpike() {
  if (llvm::none_of(rules, [&](UsedRule &used) { return only<ir::OnPostOp>(used.rule.definition); }))
    return;
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  bool delayStored = !projection.getDelay().empty() && variesByElement(projection.getDelay());
  auto op = ir::OnTargetSpikeOp::create(at, body.getLoc(), delayStored);
  OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
  bringUpToDate(inside, false);
  targetSpikes = true;
  runRules(inside, [&](ir::PlasticityOp rule) {
    auto handler = only<ir::OnPostOp>(rule);
    return handler ? &handler.getBody() : nullptr;
  });
  targetSpikes = false;
  weightNow = {};
}

} // namespace snn
