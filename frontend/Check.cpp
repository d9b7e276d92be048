#include "frontend/Check.h"
#include "frontend/BlameUnits.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckNetwork.h"
#include "frontend/CheckWarnings.h"

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
    found->second = std::make_unique<NetworkNames>(context, *syntax);
    auto &network = context.model.networks.emplace_back(std::make_unique<model::Network>());
    network->name = syntax->name.text.str();
    found->second->network = network.get();
    NetworkChecker(definitions, *found->second).run();
  }
}

static NetworkNames *findNetwork(const ast::Name &name, CheckContext &context, Networks &networks) {
  auto found = networks.byName.find(name.text);
  if (found != networks.byName.end())
    return found->second.get();
  if (context.file.lacksNames || !name)
    return nullptr;
  NearestName nearest(name.text);
  for (const auto &entry : networks.byName)
    nearest.consider(entry.first());
  suggest(context.error(DiagnosticCode::N5, name.range,
                        "unknown network `" + name.text + "`" + nearest.hint()),
          name.range, nearest);
  return nullptr;
}

static void checkExperiments(CheckContext &context, DefinitionTable &definitions, Networks &networks) {
  for (const ast::Stmt *item : context.file.items) {
    auto *syntax = llvm::dyn_cast<ast::ExperimentStmt>(item);
    NetworkNames *names = syntax ? findNetwork(syntax->network, context, networks) : nullptr;
    if (!names)
      continue;
    auto &experiment = context.model.experiments.emplace_back(std::make_unique<model::Experiment>());
    experiment->network = names->network;
    experiment->range = syntax->range;
    ExperimentChecker(definitions, *names, *syntax, *experiment).run();
  }
}

static std::unique_ptr<model::Model> checkOnce(const ast::File &file, Library &library, Diagnostics &diagnostics,
                                               const DimensionHypothesis *hypothesis) {
  auto model = std::make_unique<model::Model>();
  CheckContext context(file, library, diagnostics, *model);
  context.hypothesis = hypothesis;
  DefinitionTable definitions(context);
  Networks networks;
  definitions.checkAll();
  checkNetworks(context, definitions, networks);
  checkExperiments(context, definitions, networks);
  definitions.finish();
  return model;
}

std::unique_ptr<model::Model> snn::check(const ast::File &file, Library &library, Diagnostics &diagnostics) {
  size_t first = diagnostics.all().size();
  std::unique_ptr<model::Model> model = checkOnce(file, library, diagnostics, nullptr);
  if (!diagnostics.hasErrors()) {
    warnAbout(*model, diagnostics);
    return model;
  }
  auto recheck = [&](const DimensionHypothesis &hypothesis, Diagnostics &anew) { checkOnce(file, library, anew, &hypothesis); };
  blameUnits(file, recheck, first, diagnostics);
  return nullptr;
}
