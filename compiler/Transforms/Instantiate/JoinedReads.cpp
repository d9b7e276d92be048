#include "compiler/Transforms/Instantiate/JoinedReads.h"

#include "compiler/Transforms/Instantiate/BodyBuilder.h"
#include "compiler/Transforms/Instantiate/Rules.h"

using namespace mlir;

namespace snn {

static ir::VariableOp variableOf(Operation *definition, StringRef name) {
  for (auto variable : definition->getRegion(0).getOps<ir::VariableOp>())
    if (variable.getSymName() == name)
      return variable;
  return {};
}

static ir::NeuronOp modelOf(ir::ProjectionOp projection, StringRef population, SymbolTable &symbols) {
  for (auto op : projection->getParentOfType<ir::NetworkOp>().getBody().getOps<ir::PopulationOp>())
    if (op.getSymName() == population)
      return symbols.lookup<ir::NeuronOp>(op.getModel());
  return {};
}

/// Visits the variables of a definition that one of its expressions reads.
static void forEachRead(Operation *definition, Region &expression, llvm::function_ref<void(ir::VariableOp)> visit) {
  forEachRead(
      expression, [&](StringRef name) { return variableOf(definition, name); },
      [&](StringRef, ir::VariableOp variable) {
        if (variable)
          visit(variable);
      });
}

std::string joinedVariable(ir::ProjectionOp projection, ir::VariableOp declaration, SymbolTable &symbols) {
  StringRef name = declaration.getSymName();
  bool isPre = declaration.getKind() == ir::VariableKind::Pre;
  name.consume_front(isPre ? "pre." : "post."); // of a model that reads the same at both ends
  if (name != "V")
    return name.str();
  if (isPre)
    return projection.getSourceAt().value_or(name).str();
  ir::VariableOp port = targetVariable(projection, projection.getPort(), symbols);
  return port.getReadsAt().value_or(name).str();
}

ir::VariableOp targetVariable(ir::ProjectionOp projection, StringRef name, SymbolTable &symbols) {
  return variableOf(modelOf(projection, projection.getTarget(), symbols), name);
}

SmallVector<JoinedRead> joinedReads(ir::ProjectionOp projection, SymbolTable &symbols) {
  SmallVector<JoinedRead> reads;
  auto addVariable = [&](ir::VariableOp variable) {
    reads.push_back({variable.getKind() == ir::VariableKind::Pre ? ir::End::Source : ir::End::Target, variable,
                     joinedVariable(projection, variable, symbols)});
  };
  auto add = [&](Operation *definition) {
    for (auto variable : definition->getRegion(0).getOps<ir::VariableOp>())
      if (variable.getKind() == ir::VariableKind::Pre || variable.getKind() == ir::VariableKind::Post)
        addVariable(variable);
  };
  auto [synapse, use] = synapseOf(projection, symbols);
  if (synapse && projection.getAlignment() != ir::Alignment::Post)
    add(synapse);
  if (hasOutputPerSynapse(projection, symbols))
    add(outputOf(projection, symbols).first);
  for (const Rule &rule : rulesOf(projection, symbols))
    for (auto kind : {ir::VariableKind::Pre, ir::VariableKind::Post}) {
      llvm::StringSet<> names = rule.read(kind);
      for (StringRef name : names.keys())
        addVariable(rule.variable(name));
    }
  return reads;
}

std::optional<std::string> linearisedState(ir::ProjectionOp projection, SymbolTable &symbols) {
  auto [synapse, use] = synapseOf(projection, symbols);
  if (!synapse || projection.getAlignment() == ir::Alignment::Post)
    return {};
  std::optional<std::string> found;
  auto consider = [&](ir::VariableOp variable) {
    if (found || variable.getKind() != ir::VariableKind::Post)
      return;
    std::string name = joinedVariable(projection, variable, symbols);
    if (targetVariable(projection, name, symbols).getKind() == ir::VariableKind::State)
      found = name;
  };
  auto results = [&](Operation *definition) {
    for (auto result : definition->getRegion(0).getOps<ir::ResultOp>())
      forEachRead(definition, result.getExpression(), consider);
  };
  if (hasOutputPerSynapse(projection, symbols))
    results(outputOf(projection, symbols).first);
  results(synapse);
  return found;
}

bool equationsReadJoined(ir::SynapseOp synapse) {
  bool found = false;
  for (auto equation : synapse.getBody().getOps<ir::EquationOp>())
    forEachRead(synapse, equation.getExpression(), [&](ir::VariableOp variable) {
      found |= variable.getKind() == ir::VariableKind::Pre || variable.getKind() == ir::VariableKind::Post;
    });
  return found;
}

std::string shownToSynapses(StringRef variable) { return (variable + ".shown").str(); }

} // namespace snn
