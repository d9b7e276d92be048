// How the states of a synapse that plasticity rules keep get from one thing that happens to it to the next: over the whole time at
// once where their equations are solved in closed form, else step by step.

#include "compiler/Transforms/Instantiate/SynapseBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Explain/Findings.h"
#include "compiler/Transforms/Solve/LazyStates.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;

namespace snn {

bool SynapseBody::takesEveryStep() {
  return llvm::any_of(rules, [](const UsedRule &used) { return used.rule.whyEveryStep().has_value(); });
}

//===-- When something happens ----------------------------------------------------------------------------------------------===//

/// Does the synapse have to know when something has happened to it last?
bool SynapseBody::hasLazyStates() {
  return !takesEveryStep() && llvm::any_of(rules, [](const UsedRule &used) {
    ir::PlasticityOp definition = used.rule.definition;
    return used.rule.readsOldWeight() || !used.rule.statesReadOld("connection").empty() ||
           llvm::any_of(definition.getBody().getOps<ir::EquationOp>(), [&](ir::EquationOp equation) {
             return used.member->states->contains(equation.getState());
           });
  });
}

/// Solves the equations of the synapse's own states over the time since they were last brought up to date.
void SynapseBody::bringUpToDate(OpBuilder &at, bool onlyEventsOfSource) {
  for (UsedRule &used : rules)
    used.locals.clear(); // of another handler
  if (!hasLazyStates())
    return;
  Location loc = body.getLoc();
  if (!SymbolTable::lookupSymbolIn(body, lazyField))
    declareField(lazyField, ir::FieldKind::State, {}, at.getI32Type());
  Value before = ir::ReadOp::create(at, loc, at.getI32Type(), lazyField);
  auto op = ir::IntegrateOp::create(at, loc, Type(), Value(), Value(), Value(), at.getArrayAttr({}));
  op.setLazy(true);
  llvm::SaveAndRestore closedForm(solvesManySteps, true);
  OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
  for (UsedRule &used : rules)
    addOdes(inside, *used.member, std::nullopt, true);
  Value now = ir::EventStepOp::create(at, loc, at.getI32Type(), onlyEventsOfSource);
  if (op.getBody().front().empty())
    op.erase();
  keepBefore(at, arith::CmpIOp::create(at, loc, arith::CmpIPredicate::eq, before, now));
  ir::WriteOp::create(at, loc, lazyField, now);
}

void SynapseBody::keepBefore(OpBuilder &at, Value isAgain) {
  auto keep = [&](const std::string &slot, Value value) {
    if (!SymbolTable::lookupSymbolIn(body, beforeName(slot)))
      declareField(beforeName(slot), ir::FieldKind::State, {});
    if (isAgain)
      value = Arithmetic(at, body.getLoc()).select(isAgain, readSlot(at, beforeName(slot)), value);
    writeSlot(at, beforeName(slot), value);
  };
  for (UsedRule &used : rules)
    for (const auto &state : used.rule.statesReadOld("connection"))
      keep(used.member->prefix + state.first().str(), readSlot(at, used.member->prefix + state.first().str()));
  if (llvm::any_of(rules, [](const UsedRule &used) { return used.rule.readsOldWeight(); }))
    keep(weightSlot.str(), isAgain ? weight(at) : readSlot(at, weightSlot));
}

//===-- In every step -------------------------------------------------------------------------------------------------------===//

void SynapseBody::buildEveryStep() {
  if (!takesEveryStep())
    return;
  for (const UsedRule &used : rules)
    if (std::optional<std::string> why = used.rule.whyEveryStep())
      reportFinding(used.rule.use.getLoc(), "every step", {{"projection", projection.getSymName().str()}, {"why", *why}});
  declareField(weightSlot, ir::FieldKind::State, {}); // of the layout's making: it stands for the stored weight
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step));
  auto op = ir::EverySynapseOp::create(at, body.getLoc(), StringAttr(), isDelayStored());
  OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
  occasion = Occasion::StepBegins;
  for (UsedRule &used : rules)
    used.locals.clear();
  integrateRules(inside);
  for (UsedRule &used : rules)
    keepWithin(inside, used);
  keepBefore(inside, {});
  occasion = Occasion::Condition;
  for (UsedRule &used : rules)
    watchConditions(inside, *used.member, [&](StringRef written) {
      bool isWeight = used.member->scope->variable(written).getKind() == ir::VariableKind::Weight;
      return isWeight ? weightSlot.str() : used.member->prefix + written.str();
    });
}

/// The weight is advanced by itself, with all else as it is when the step begins: a state that neurons keep for the synapse could
/// not be solved together with it, and where a state is kept must not make a difference.
void SynapseBody::integrateRules(OpBuilder &at) {
  weightNow = readSlot(at, weightSlot);
  auto system = ir::IntegrateOp::create(at, body.getLoc(), Type(), Value(), Value(), Value(), at.getArrayAttr({}));
  OpBuilder inside = OpBuilder::atBlockBegin(&system.getBody().emplaceBlock());
  for (UsedRule &used : rules) {
    ir::EquationOp equation = used.rule.equationOfWeight();
    if (!equation)
      continue;
    Integration chosen = integrationOf(equation);
    Value derivative = used.member->scope->copy(inside, equation.getExpression()).front();
    ir::OdeOp::create(inside, equation.getLoc(), weightSlot, derivative, chosen.method, /*synapse=*/true, 1,
                      chosen.tolerance, false);
  }
  if (system.getBody().front().empty())
    system.erase();
  integrateGroups(at, llvm::map_to_vector(rules, [](UsedRule &used) { return used.member; }));
  weightNow = {};
}

/// Bounds of what equations change.
void SynapseBody::keepWithin(OpBuilder &at, UsedRule &used) {
  for (auto keep : used.rule.definition.getBody().getOps<ir::KeepOp>()) {
    ir::EquationOp ofWeight = used.rule.equationOfWeight();
    bool isWeight = ofWeight && ofWeight.getState() == keep.getVariable();
    auto isOf = [&](ir::EquationOp equation) { return equation.getState() == keep.getVariable(); };
    bool isState = used.member->states->contains(keep.getVariable()) &&
                   llvm::any_of(used.rule.definition.getBody().getOps<ir::EquationOp>(), isOf);
    if (!isWeight && !isState)
      continue;
    std::string slot = isWeight ? weightSlot.str() : used.member->prefix + keep.getVariable().str();
    SmallVector<Value> bounds = used.member->scope->copy(at, keep.getExpression());
    writeSlot(at, slot, clip(at, readSlot(at, slot), bounds[0], bounds[1]));
  }
}

/// The statements of a condition act where it holds and has not held in the step before. The first step only looks. `slotOf` says
/// where what the statements write is kept.
void SynapseBody::watchConditions(OpBuilder &at, Member &member, llvm::function_ref<std::string(StringRef)> slotOf) {
  unsigned number = 0;
  for (auto handler : member.definition->getRegion(0).getOps<ir::OnConditionOp>()) {
    Location loc = handler.getLoc();
    Arithmetic a(at, loc);
    std::string heldName = member.prefix + "condition" + std::to_string(number++) + ".held";
    declareField(heldName, ir::FieldKind::State, {});
    OpBuilder atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
    writeSlot(atStart, heldName, Arithmetic(atStart, loc).constant(1));
    Value holds = member.scope->copy(at, handler.getCondition()).front();
    Value heldNot = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OLT, readSlot(at, heldName), a.constant(0.5));
    Value begins = arith::AndIOp::create(at, loc, holds, heldNot);
    writeSlot(at, heldName, a.select(holds, a.constant(1), a.constant(0)));
    copyWanted(
        at, *member.scope, handler.getBody(), [](StringRef) { return true; },
        [&](StringRef written, Value value) {
          std::string slot = slotOf(written);
          writeSlot(at, slot, a.select(begins, value, readSlot(at, slot)));
        });
  }
}

} // namespace snn
