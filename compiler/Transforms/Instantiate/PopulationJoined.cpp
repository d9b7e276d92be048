// What a population shows to synapses that read it: to those that leave it as it was a delay ago, to those that end there as it is.

#include "compiler/Transforms/Instantiate/PopulationBody.h"

#include "compiler/Report.h"
#include "compiler/Transforms/Instantiate/JoinedReads.h"

using namespace mlir;

namespace snn {

/// What the step takes in is gone when it ends, so it cannot be shown.
LogicalResult PopulationBody::checkShown(const JoinedRead &read) {
  const Scope &scope = *members.front()->scope;
  bool usesInput = false;
  auto visit = [&](StringRef, ir::VariableOp variable) { usesInput |= variable && variable.getKind() == ir::VariableKind::Input; };
  ir::VariableOp shown = scope.variable(read.variable);
  if (shown && shown.getKind() == ir::VariableKind::Let)
    forEachRead(shown.getExpression(), [&](StringRef name) { return scope.variable(name); }, visit);
  else
    visit(read.variable, shown);
  if (!usesInput)
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
  findShownAsModulator();
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

/// What modulators show: every one of their spikes, and their states, reaches synapses after the delay of these.
void PopulationBody::findShownAsModulator() {
  for (ir::ProjectionOp projection : plan.modulated)
    for (const Rule &rule : rulesOf(projection, symbols)) {
      llvm::StringSet<> paths = rule.read(ir::VariableKind::Modulator);
      for (StringRef path : paths.keys()) {
        auto [modulator, name] = path.split('.');
        auto who = cast<ArrayAttr>(projection.getModulators()->get(modulator));
        if (cast<FlatSymbolRefAttr>(who[0]).getValue() == plan.population.getSymName())
          shownLater.insert(name.str());
      }
    }
}

/// The rows of histories, in the loop that keeps what is looked back at.
void PopulationBody::rememberShown(OpBuilder &at) {
  Member &neuron = *members.front();
  for (const std::string &name : shownLater)
    if (slotNames.insert(lookedBackName(name)).second)
      keepInHistory(at, lookedBackName(name), spellingIn(neuron, neuron.scope->variable(name)),
                    [&](OpBuilder &inner) { return neuron.scope->read(inner, name); });
}

} // namespace snn
