#include "compiler/Transforms/Instantiate/SynapseBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Algebra/Derivative.h"
#include "compiler/Report.h"
#include "compiler/Transforms/Instantiate/JoinedReads.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"

#include "llvm/Support/SaveAndRestore.h"

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
  // What is read of neurons is as the step finds it, so states that depend on it advance when the step begins.
  bool hasConditions = synapse && only<ir::OnConditionOp>(definition);
  bool advancesFirst = synapse && (hasConditions || equationsReadJoined(definition));
  if (advancesFirst)
    buildAdvance(blockOf(step));
  if (hasConditions) {
    OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
    watchConditions(at, *synapse, [&](StringRef written) { return synapse->prefix + written.str(); });
  }
  if (synapse && !advancesFirst && startsWithSomething(*synapse))
    buildAdvance(blockOf(initialise));
  buildEveryStep();
  buildEvent();
  buildRulesOnModulators();
  buildRulesOnTargetSpike();
  if (synapse) {
    buildContribution();
    buildRecords(advancesFirst);
  }
  if (synapse && !advancesFirst)
    buildAdvance(blockOf(step));
  return body;
}

/// The weight of the synapse as it is stored.
Value SynapseBody::weight(OpBuilder &at) {
  bool isStored = storesWeights(projection, symbols);
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
  case ir::VariableKind::Pre:
  case ir::VariableKind::Post:
    return joined(at, variable);
  case ir::VariableKind::Input:
    return synapse->scope->copy(at, only<ir::ResultOp>(synapse->definition).getExpression()).front();
  default:
    llvm_unreachable("such variables have been refused");
  }
}

static constexpr const char *sourceField = "source.index"; // with a dot: no author can declare it

/// What a synapse reads of the neurons it joins.
Value SynapseBody::joined(OpBuilder &at, ir::VariableOp variable) {
  Location loc = variable.getLoc();
  std::string name = joinedVariable(projection, variable, symbols);
  if (variable.getKind() == ir::VariableKind::Post) {
    ir::VariableOp read = targetVariable(projection, name, symbols);
    std::string field = read.getKind() == ir::VariableKind::State ? name : shownToSynapses(name);
    return ir::JoinedOp::create(at, loc, at.getF64Type(), ir::End::Target, field, Value());
  }
  Value index;
  if (projection.getAlignment() == ir::Alignment::Connection && !handlesEvent) {
    if (!SymbolTable::lookupSymbolIn(body, sourceField)) {
      declareField(sourceField, ir::FieldKind::Constant, {}, at.getI32Type());
      OpBuilder atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
      Value position = ir::IndexOp::create(atStart, loc, at.getF64Type(), at.getStringAttr("pre"));
      writeSlot(atStart, sourceField, arith::FPToUIOp::create(atStart, loc, at.getI32Type(), position));
    }
    index = ir::ReadOp::create(at, loc, at.getI32Type(), sourceField);
  }
  return ir::JoinedOp::create(at, loc, at.getF64Type(), ir::End::Source, lookedBackName(name), index);
}

/// Says what a synapse of its own cannot do yet: draw random numbers as time goes on, and reach back by a delay of its own.
LogicalResult SynapseBody::checkSupported(Member &member) {
  auto refuse = [&](Location loc, const Twine &what) {
    return reject(loc, DiagnosticCode::P6) << what << " is not supported yet in a synapse whose state lives per "
                                << placeOf(*projection.getAlignment()) << "; " << *projection.getReason();
  };
  if (!projection.getDelay().empty() && variesByElement(projection.getDelay()))
    for (auto variable : member.definition->getRegion(0).getOps<ir::VariableOp>())
      if (variable.getKind() == ir::VariableKind::Pre)
        return refuse(variable.getLoc(), "reading `" + variable.getSymName() + "` of the source, with a delay that differs between connections,");
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
  llvm::SaveAndRestore inHandler(handlesEvent, true);
  if (rules.empty())
    deliver(inside);
  else
    buildRulesOnEvent(inside);
  weightNow = {};
}

/// States are recorded as the step uses them, after its events. Where they advance at the end of the step, that is kept in front of it.
void SynapseBody::buildRecords(bool advancesFirst) {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  for (auto record : simulate.getBody().getOps<ir::RecordOp>()) {
    if (record.getProjection() != projection.getSymName() || record.getCurrent() || record.getWeights())
      continue;
    std::string slot = synapse->prefix + record.getVariable()->str(), kept = advancesFirst ? slot : "tap." + slot;
    record.setFieldAttr(FlatSymbolRefAttr::get(at.getContext(), kept));
    if (advancesFirst || SymbolTable::lookupSymbolIn(body, kept))
      continue;
    declareField(kept, ir::FieldKind::Tap, spellingIn(*synapse, synapse->scope->variable(*record.getVariable())));
    writeSlot(at, kept, readSlot(at, slot));
  }
}

/// `value` with zero in place of `variable`.
static Value withZero(OpBuilder &at, Value value, Value variable) {
  IRMapping mapping;
  mapping.map(variable, Arithmetic(at, value.getLoc()).constant(0));
  std::function<Value(Value)> copy = [&](Value old) -> Value {
    if (Value known = mapping.lookupOrNull(old))
      return known;
    if (!dependsOn(old, variable))
      return old;
    for (Value operand : old.getDefiningOp()->getOperands())
      mapping.map(operand, copy(operand));
    Value made = at.clone(*old.getDefiningOp(), mapping)->getResult(0);
    mapping.map(old, made);
    return made;
  };
  return copy(value);
}

void SynapseBody::buildContribution() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto contribution = ir::ContributionOp::create(at, body.getLoc());
  OpBuilder inside = OpBuilder::atBlockBegin(&contribution.getExpression().emplaceBlock());
  Member &last = output ? *output : *synapse;
  Value value = last.scope->copy(inside, only<ir::ResultOp>(last.definition).getExpression()).front();
  std::optional<std::string> state = linearisedState(projection, symbols);
  if (!state) {
    ir::YieldOp::create(inside, body.getLoc(), value);
    return;
  }
  auto [rest, slope] = linearise(inside, value, *state);
  ir::YieldOp::create(inside, body.getLoc(), ValueRange{rest, slope});
}

/// With one conductance per connection, the current is linear in the voltage: the number is then exact. Otherwise it is the tangent
/// at the voltage that the step starts from, which is what exponential Euler makes of a right-hand side in any case.
std::pair<Value, Value> SynapseBody::linearise(OpBuilder &at, Value value, StringRef state) {
  Location loc = value.getLoc();
  Value variable;
  for (auto read : llvm::make_early_inc_range(at.getBlock()->getOps<ir::JoinedOp>())) {
    if (read.getEnd() != ir::End::Target || read.getField() != state)
      continue;
    if (variable)
      read.replaceAllUsesWith(variable);
    else
      variable = read;
  }
  Arithmetic a(at, loc);
  FailureOr<Value> slope = failure();
  if (variable) {
    ScopedDiagnosticHandler quiet(at.getContext(), [](mlir::Diagnostic &) { return success(); });
    slope = differentiate(at, value, variable);
  }
  if (failed(slope)) // of what cannot be differentiated, the value of the step's start has to do
    return {value, a.constant(0)};
  if (dependsOn(*slope, variable))
    return {a.subtract(value, a.multiply(*slope, variable)), *slope};
  return {withZero(at, value, variable), *slope};
}

/// States advance at the end of the step that used them, which is the beginning of the next: one pass over the synapses
/// then serves both.
void SynapseBody::buildAdvance(Block &block) {
  OpBuilder at = OpBuilder::atBlockEnd(&block);
  integrateGroups(at, {synapse});
}

} // namespace snn
