// What a population shows to synapses that read it: to those that leave it as it was a delay ago, to those that end there as it is; and
// what its neurons look back at themselves, `delayed(x, d)`.

#include "compiler/Transforms/Instantiate/PopulationBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Report.h"
#include "compiler/Transforms/Instantiate/JoinedReads.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

/// What the step takes in is gone when it ends, so it cannot be shown.
LogicalResult PopulationBody::checkShown(const JoinedRead &read) {
  llvm::StringSet<> seen;
  std::function<bool(StringRef)> usesInput = [&](StringRef name) {
    ir::VariableOp variable = members.front()->scope->variable(name);
    if (!variable || !seen.insert(name).second)
      return false;
    if (variable.getKind() == ir::VariableKind::Input)
      return true;
    bool found = false;
    if (variable.getKind() == ir::VariableKind::Let)
      variable.getExpression().walk([&](ir::ReadOp inner) { found |= usesInput(inner.getSlot()); });
    return found;
  };
  if (!usesInput(read.variable))
    return success();
  return reject(read.declaration->getLoc(), DiagnosticCode::P6)
         << "reading `" << read.variable << "` of a joined neuron, which depends on its inputs, is not supported yet in a synapse that is "
            "computed for every connection or source";
}

LogicalResult PopulationBody::findShown() {
  auto consider = [&](ir::ProjectionOp projection, ir::End end) {
    for (const JoinedRead &read : joinedReads(projection, symbols)) {
      if (read.end != end)
        continue;
      if (failed(checkShown(read)))
        return failure();
      bool isState = members.front()->scope->variable(read.variable).getKind() == ir::VariableKind::State;
      if (end == ir::End::Source)
        shownLater.insert(read.variable);
      else if (!isState)
        shownNow.insert(read.variable);
    }
    return success();
  };
  for (ir::ProjectionOp projection : plan.outgoing)
    if (failed(consider(projection, ir::End::Source)))
      return failure();
  for (ir::ProjectionOp projection : plan.projections)
    if (failed(consider(projection, ir::End::Target)))
      return failure();
  return success();
}

/// A field that has, when a step begins, what the step before has left.
void PopulationBody::buildShown() {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step)), atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
  Member &neuron = *members.front();
  for (const std::string &name : shownNow) {
    std::string field = shownToSynapses(name);
    declareField(field, ir::FieldKind::State, spellingIn(neuron, neuron.scope->variable(name)));
    writeSlot(atStart, field, neuron.scope->read(atStart, name));
    writeSlot(at, field, neuron.scope->read(at, name));
  }
}

/// The rows of histories, in the loop that keeps what is looked back at.
void PopulationBody::rememberShown(OpBuilder &at) {
  Member &neuron = *members.front();
  for (const std::string &name : shownLater)
    if (slotNames.insert(lookedBackName(name)).second) // a rule may look back at it too
      keepInHistory(at, lookedBackName(name), spellingIn(neuron, neuron.scope->variable(name)),
                    [&](OpBuilder &inner) { return neuron.scope->read(inner, name); });
}

static std::string stepsOf(ir::VariableOp delayed) { return (delayed.getSymName() + ".steps").str(); }

/// How many steps each `delayed(x, d)` looks back by: one number for the population.
LogicalResult PopulationBody::findDelayed() {
  Member &neuron = *members.front();
  for (auto variable : plan.model.getBody().getOps<ir::VariableOp>()) {
    if (variable.getKind() != ir::VariableKind::Delayed)
      continue;
    ir::VariableOp delay = neuron.scope->variable((variable.getSymName() + ".delay").str());
    if (isPerElement(neuron, delay.getSymName(), delay.getExpression()))
      return reject(delay.getLoc(), DiagnosticCode::P6)
             << "a delay of `delayed` that differs between the neurons of a population is not supported yet";
    OpBuilder before(prepare), at = OpBuilder::atBlockEnd(&blockOf(prepare));
    Location loc = delay.getLoc();
    ir::UniformOp::create(before, loc, stepsOf(variable), IntegerAttr(), /*counter=*/false, /*look_back=*/true);
    Arithmetic a(at, loc);
    Value duration = neuron.scope->copy(at, delay.getExpression()).front();
    Value steps = math::RoundEvenOp::create(at, loc, a.divide(duration, ir::StepSizeOp::create(at, loc, at.getF64Type())));
    Value isPositive = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, steps, a.constant(0));
    writeSlot(at, stepsOf(variable), a.select(isPositive, steps, a.constant(0)));
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
  Value steps = readSlot(at, stepsOf(variable));
  return ir::LookBackOp::create(at, variable.getLoc(), at.getF64Type(), lookedBackName(variable.getSymName()), steps);
}

} // namespace snn
