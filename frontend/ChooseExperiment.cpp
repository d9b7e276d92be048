#include "frontend/ChooseExperiment.h"

using namespace snn;
using llvm::StringRef;

static StringRef networkOf(const model::Experiment &experiment) { return experiment.network->name; }
static StringRef networkOf(const model::Network &network) { return network.name; }

/// "`Coba`, `Cuba`"
template <typename T> static std::string namesOf(const std::vector<std::unique_ptr<T>> &candidates) {
  std::string names;
  for (const auto &candidate : candidates)
    names += (names.empty() ? "`" : ", `") + networkOf(*candidate).str() + "`";
  return names;
}

template <typename T>
static llvm::Expected<const T *> choose(const std::vector<std::unique_ptr<T>> &candidates, const ExperimentChoice &wanted,
                                        StringRef what) {
  std::string file = "`" + wanted.file.str() + "`";
  if (wanted.choice.empty()) {
    if (candidates.size() == 1)
      return candidates.front().get();
    return llvm::createStringError(file + " has " + std::to_string(candidates.size()) + " `" + what.str() + "`, of " +
                                   namesOf(candidates) + "; choose one with " + wanted.option.str());
  }
  size_t position;
  if (!wanted.choice.getAsInteger(10, position) && position >= 1 && position <= candidates.size())
    return candidates[position - 1].get();
  for (const auto &candidate : candidates)
    if (wanted.choice == networkOf(*candidate))
      return candidate.get();
  return llvm::createStringError(file + " has no `" + what.str() + " " + wanted.choice.str() + "`; it has those of " +
                                 namesOf(candidates));
}

llvm::Expected<const model::Experiment *> snn::chooseExperiment(const model::Model &model,
                                                                const ExperimentChoice &wanted) {
  if (model.experiments.empty())
    return llvm::createStringError("nothing to run: `" + wanted.file.str() + "` has no `simulate`");
  return choose(model.experiments, wanted, "simulate");
}

llvm::Expected<const model::Network *> snn::chooseNetwork(const model::Model &model, const ExperimentChoice &wanted) {
  if (model.networks.empty())
    return llvm::createStringError("nothing to compile: `" + wanted.file.str() + "` has no `network`");
  return choose(model.networks, wanted, "network");
}
