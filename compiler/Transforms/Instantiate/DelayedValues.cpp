// `delayed(x, d)`: a history of x per neuron, and the row of it that is d old. Neurons look back at themselves; for the plasticity
// rules of synapses, the neuron that keeps what x is made of looks back, so that nothing is kept for single synapses.

#include "compiler/Transforms/Instantiate/PopulationBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Report.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

static std::string stepsName(StringRef slot) { return (slot + ".steps").str(); }

/// How many steps a `delayed(x, d)` looks back by: one number for the population.
void PopulationBody::declareSteps(Member &member, ir::VariableOp delayed) {
  ir::VariableOp delay = member.scope->variable((delayed.getSymName() + ".delay").str());
  std::string slot = stepsName(member.prefix + delayed.getSymName().str());
  OpBuilder before(prepare), at = OpBuilder::atBlockEnd(&blockOf(prepare));
  Location loc = delay.getLoc();
  ir::UniformOp::create(before, loc, slot, IntegerAttr(), /*counter=*/false, /*look_back=*/true);
  Arithmetic a(at, loc);
  Value duration = member.scope->copy(at, delay.getExpression()).front();
  Value steps = math::RoundEvenOp::create(at, loc, a.divide(duration, ir::StepSizeOp::create(at, loc, at.getF64Type())));
  Value isPositive = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, steps, a.constant(0));
  writeSlot(at, slot, a.select(isPositive, steps, a.constant(0)));
}

//===-- Of neurons ----------------------------------------------------------------------------------------------------------===//

LogicalResult PopulationBody::findDelayed() {
  Member &neuron = *members.front();
  for (auto variable : plan.model.getBody().getOps<ir::VariableOp>()) {
    if (variable.getKind() != ir::VariableKind::Delayed)
      continue;
    ir::VariableOp delay = neuron.scope->variable((variable.getSymName() + ".delay").str());
    if (isPerElement(neuron, delay.getSymName(), delay.getExpression()))
      return reject(delay.getLoc(), DiagnosticCode::P6)
             << "a delay of `delayed` that differs between the neurons of a population is not supported yet";
    declareSteps(neuron, variable);
    declareField(lookedBackName(variable.getSymName()), ir::FieldKind::History, {});
  }
  return success();
}

void PopulationBody::rememberDelayed(OpBuilder &at) {
  OpBuilder atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
  for (auto variable : plan.model.getBody().getOps<ir::VariableOp>())
    if (variable.getKind() == ir::VariableKind::Delayed)
      for (OpBuilder *place : {&at, &atStart})
        writeSlot(*place, lookedBackName(variable.getSymName()),
                  members.front()->scope->copy(*place, variable.getExpression()).front());
}

Value PopulationBody::delayedValue(OpBuilder &at, ir::VariableOp variable) {
  Value steps = readSlot(at, stepsName(variable.getSymName()));
  return ir::LookBackOp::create(at, variable.getLoc(), at.getF64Type(), lookedBackName(variable.getSymName()), steps);
}

//===-- Of rules ------------------------------------------------------------------------------------------------------------===//

static std::string lineName(StringRef slot) { return (slot + ".line").str(); }

SmallVector<ir::VariableOp> PopulationBody::pastsOf(const KeptRule &kept) {
  SmallVector<ir::VariableOp> pasts;
  for (auto variable : kept.member->definition->getRegion(0).getOps<ir::VariableOp>())
    if (variable.getKind() == ir::VariableKind::Delayed && kept.member->states->contains(variable.getSymName()))
      pasts.push_back(variable);
  return pasts;
}

/// Does the rule look back at a state of its own, rather than at the neuron alone?
bool PopulationBody::readsStates(const KeptRule &kept, ir::VariableOp delayed) {
  bool found = false;
  forEachRead(
      delayed.getExpression(), [&](StringRef name) { return kept.member->scope->variable(name); },
      [&](StringRef, ir::VariableOp variable) { found |= variable && variable.getKind() == ir::VariableKind::State; });
  return found;
}

/// What synapses find is a field, like a state of the rule, with a history behind it. Before t = 0, it is what x starts with.
void PopulationBody::declareRulePasts() {
  OpBuilder atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
  for (KeptRule &kept : rules)
    for (ir::VariableOp past : pastsOf(kept)) {
      std::string slot = kept.member->prefix + past.getSymName().str();
      declareSteps(*kept.member, past);
      declareField(slot, ir::FieldKind::State, {});
      declareField(lineName(slot), ir::FieldKind::History, {});
      Value start = kept.member->scope->copy(atStart, past.getExpression()).front();
      writeSlot(atStart, slot, start);
      writeSlot(atStart, lineName(slot), start);
    }
}

/// States of rules belong to the beginning of the step, when they have advanced and nothing has happened yet. Those of neurons are looked
/// at when the step is over, which is the beginning of the next: an equation that uses them advances before anything else.
void PopulationBody::lookBackInRules(OpBuilder &at, bool atStatesOfRules) {
  for (KeptRule &kept : rules)
    for (ir::VariableOp past : pastsOf(kept)) {
      if (readsStates(kept, past) != atStatesOfRules)
        continue;
      std::string slot = kept.member->prefix + past.getSymName().str();
      Location loc = past.getLoc();
      Arithmetic a(at, loc);
      Value now = kept.member->scope->copy(at, past.getExpression()).front();
      writeSlot(at, lineName(slot), now);
      Value steps = readSlot(at, stepsName(slot));
      Value isPast = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, steps, a.constant(0));
      // A row less: `snn.look_back` counts from the step before this one.
      Value rows = a.select(isPast, a.subtract(steps, a.constant(1)), a.constant(0));
      Value then = ir::LookBackOp::create(at, loc, at.getF64Type(), lineName(slot), rows);
      writeSlot(at, slot, a.select(isPast, then, now));
    }
}

} // namespace snn
