#include "frontend/Check.h"
#include "frontend/BlameUnits.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckNetwork.h"
#include "frontend/CheckTraining.h"
#include "frontend/CheckWarnings.h"

#include "llvm/Support/SourceMgr.h"

using namespace snn;

namespace {
/// Networks by name; those in error are kept, so that experiments on them stay silent.
struct Networks {
  llvm::StringMap<std::unique_ptr<NetworkNames>> byName;
};
} // namespace

static void checkNetworks(CheckContext &context, DefinitionTable &definitions, Networks &networks) {
  for (const ast::Stmt *item : context.file.items) {
    auto *syntax = llvm::dyn_cast<ast::NetworkStmt>(item);
    if (!syntax)
      continue;
    auto [found, isNew] = networks.byName.try_emplace(syntax->name.text);
    if (!isNew) {
      context.error(DiagnosticCode::N2, syntax->name.range, "network `" + syntax->name.text + "` is declared twice")
          .note(found->second->syntax.name.range, "it is declared here first");
      continue;
    }
    auto &network = context.model.networks.emplace_back(std::make_unique<model::Network>());
    network->name = syntax->name.text.str();
    found->second = std::make_unique<NetworkNames>(context, *syntax, *network);
    NetworkChecker(definitions, *found->second).run();
  }
}

static NetworkNames *findNetwork(const ast::Name &name, CheckContext &context, Networks &networks) {
  return context.networkNamed(name) ? networks.byName.find(name.text)->second.get() : nullptr;
}

static void checkExperiments(CheckContext &context, DefinitionTable &definitions, Networks &networks) {
  for (const ast::Stmt *item : context.file.items) {
    auto *syntax = llvm::dyn_cast<ast::ExperimentStmt>(item);
    NetworkNames *names = syntax ? findNetwork(syntax->network, context, networks) : nullptr;
    if (!names)
      continue;
    if (syntax->trains) {
      auto &training = context.model.trainings.emplace_back(std::make_unique<model::Training>());
      training->sample.network = &names->network;
      training->sample.range = syntax->range;
      TrainingChecker(definitions, *names, *syntax, *training).run();
      continue;
    }
    auto &experiment = context.model.experiments.emplace_back(std::make_unique<model::Experiment>());
    experiment->network = &names->network;
    experiment->range = syntax->range;
    ExperimentChecker(definitions, *names, *syntax, *experiment).run();
  }
}

/// A network of an imported file is there to be used, be it as a part: only with an experiment does it count as one of the model.
static void dropImportedNetworks(CheckContext &context) {
  auto isImported = [&](const auto &network) {
    const ast::NetworkStmt *syntax = context.networkOf(network->name);
    unsigned buffer = context.diagnostics.sourceManager().FindBufferContainingLoc(syntax->range.Start);
    auto isRun = [&](const auto &experiment) { return experiment->network == network.get(); };
    auto isTrained = [&](const auto &training) { return training->sample.network == network.get(); };
    return buffer != context.file.bufferId && llvm::none_of(context.model.experiments, isRun) &&
           llvm::none_of(context.model.trainings, isTrained);
  };
  if (!context.file.folders.empty())
    llvm::erase_if(context.model.networks, isImported);
}

static std::unique_ptr<model::Model> checkOnce(const ast::File &file, Library &library, Diagnostics &diagnostics,
                                               const DimensionHypothesis *hypothesis, unsigned &copies) {
  auto model = std::make_unique<model::Model>();
  CheckContext context(file, library, diagnostics, *model);
  context.hypothesis = hypothesis;
  DefinitionTable definitions(context);
  Networks networks;
  definitions.checkAll();
  checkNetworks(context, definitions, networks);
  checkExperiments(context, definitions, networks);
  dropImportedNetworks(context);
  definitions.finish();
  copies = context.combinations + context.parts;
  return model;
}

/// What stands in a `for` for more members is not checked several times over.
static constexpr unsigned mostCopiesRechecked = 1000;

std::unique_ptr<model::Model> snn::check(const ast::File &file, Library &library, Diagnostics &diagnostics) {
  size_t first = diagnostics.all().size();
  unsigned copies = 0;
  std::unique_ptr<model::Model> model = checkOnce(file, library, diagnostics, nullptr, copies);
  if (!diagnostics.hasErrors()) {
    warnAbout(*model, diagnostics);
    return model;
  }
  auto recheck = [&](const DimensionHypothesis &hypothesis, Diagnostics &anew) {
    checkOnce(file, library, anew, &hypothesis, copies);
  };
  if (copies < mostCopiesRechecked)
    blameUnits(file, recheck, first, diagnostics);
  return nullptr;
}
