#include "frontend/Model.h"
#include "frontend/ModelTraining.h"

using namespace snn;
using namespace snn::model;

llvm::StringRef model::joinedName(const Variable &variable) {
  llvm::StringRef name = variable.name;
  name.consume_front(variable.kind == VariableKind::Pre ? "pre." : "post.");
  return name;
}

const Variable *Definition::find(llvm::StringRef name) const {
  for (const auto &variable : variables)
    if (variable->name == name)
      return variable.get();
  return nullptr;
}

const Variable *model::inputOfSpikes(const Definition &definition) {
  const Variable *input = definition.find("given");
  bool counts = input && input->kind == VariableKind::Input && !input->isEvent && input->dimension.isNumber();
  return counts && definition.spike ? input : nullptr;
}

Model::Model() = default;
Model::~Model() = default;

std::unique_ptr<Experiment> model::hostExperiment(const Network &network) {
  auto experiment = std::make_unique<Experiment>();
  experiment->network = &network;
  for (const auto &population : network.populations) {
    if (population->anonymous)
      continue;
    for (const auto &variable : population->model.definition->variables)
      if (variable->kind == VariableKind::Input)
        experiment->drives.push_back({{population->name, population.get(), 0, population->size, population->range},
                                      variable.get(), nullptr, false, variable->unit, population->range});
  }
  return experiment;
}

const Definition *Model::findDefinition(llvm::StringRef name) const {
  for (const auto &definition : definitions)
    if (definition->name == name)
      return definition.get();
  return nullptr;
}
