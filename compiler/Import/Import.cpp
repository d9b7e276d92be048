#include "compiler/Import/Import.h"

#include "compiler/Import/Importer.h"

using namespace mlir;

namespace snn {

static bool definesMembers(const model::Use &use) { return use.definition != nullptr; }

/// The definitions a network uses, each once, in the order of use.
static SmallVector<const model::Definition *> usedDefinitions(const model::Network &network) {
  SmallVector<const model::Definition *> used;
  auto add = [&](const model::Use &use) {
    if (definesMembers(use) && !llvm::is_contained(used, use.definition))
      used.push_back(use.definition);
  };
  for (const auto &population : network.populations)
    add(population->model);
  for (const auto &projection : network.projections) {
    add(projection->synapse);
    add(projection->output);
    for (const model::Use &rule : projection->plasticity)
      add(rule);
  }
  return used;
}

OwningOpRef<ModuleOp> Importer::import(const model::Experiment &experiment) {
  this->experiment = &experiment;
  OwningOpRef<ModuleOp> module = ModuleOp::create(locate(experiment.range));
  builder.setInsertionPointToEnd(module->getBody());
  for (const model::Definition *definition : usedDefinitions(*experiment.network))
    importDefinition(*definition);
  importNetwork(*experiment.network);
  importExperiment(experiment);
  return module;
}

OwningOpRef<ModuleOp> importModel(MLIRContext &context, const model::Model &, const model::Experiment &experiment,
                                  const llvm::SourceMgr &sources) {
  return Importer(context, sources).import(experiment);
}

} // namespace snn
