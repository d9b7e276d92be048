#include "compiler/tools/snnc/WeightFiles.h"

#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/SiblingLibrary.h"

#include "snn/recorder/WeightFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

namespace snn::tool {

llvm::Error loadWeights(snn_batch &batch, const Options &options) {
  if (options.loadWeights.empty())
    return llvm::Error::success();
  llvm::SmallString<256> path(options.loadWeights); // relative to here, not to the model
  llvm::sys::fs::make_absolute(path);
  for (uint32_t c = 0; c < snn_batch_copies(&batch); ++c) {
    snn_simulation &copy = *snn_batch_copy(&batch, c);
    if (snn_load_weights(&copy, path.c_str(), nullptr) != SNN_OK)
      return llvm::createStringError(snn_message(&copy));
  }
  return llvm::Error::success();
}

WeightSaving::WeightSaving(const model::Experiment &experiment, const Options &options) {
  for (const model::WeightFile &file : experiment.saves)
    files[file.path].insert(file.projection->name);
  if (!options.saveWeights.empty())
    files[options.saveWeights] = {};
}

llvm::Error WeightSaving::check() const {
  for (const auto &[path, projections] : files) {
    if (llvm::Error error = checkWritable(path))
      return error;
    llvm::Expected<void *> function = functionOfSibling("libsnnRecorder.so", "snn_check_weight_file");
    if (!function)
      return function.takeError();
    std::string message;
    if (!reinterpret_cast<decltype(&snn_check_weight_file)>(*function)(path, message))
      return llvm::createStringError(message);
  }
  return llvm::Error::success();
}

/// The projections of a copy that are wanted, or all that have weights.
static llvm::Expected<recorder::SavedCopy> savedCopy(const CopyOfRun &copy, const std::set<std::string> &wanted) {
  const recorder::RunDescription &run = copy.description;
  const snn_model &model = *run.model;
  recorder::SavedCopy saved{&run, static_cast<double>(snn_step(&copy.simulation)) * run.dt(), {}};
  for (uint32_t p = 0; p < model.n_projections; ++p) {
    const char *name = model.projections[p].name;
    snn_connections connections;
    if (!wanted.empty() && !wanted.count(name))
      continue;
    if (snn_get_connections(&copy.simulation, name, &connections) != SNN_OK)
      return llvm::createStringError(snn_message(&copy.simulation));
    bool hasWeights = connections.weight_form == SNN_WEIGHT_ITSELF || connections.weight_form == SNN_WEIGHT_SCALED;
    saved.projections.push_back({name, connections.unit, model.populations[connections.source].name,
                                 model.populations[connections.target].name, connections.count, hasWeights, &copy.simulation});
  }
  return saved;
}

llvm::Error WeightSaving::save(const std::vector<std::unique_ptr<CopyOfRun>> &copies) const {
  for (const auto &[path, projections] : files) {
    std::vector<recorder::SavedCopy> saved;
    for (const auto &copy : copies) {
      llvm::Expected<recorder::SavedCopy> one = savedCopy(*copy, projections);
      if (!one)
        return one.takeError();
      saved.push_back(std::move(*one));
    }
    llvm::Expected<void *> function = functionOfSibling("libsnnRecorder.so", "snn_save_weight_file");
    if (!function)
      return function.takeError();
    std::string message;
    recorder::SynapseReaders readers{snn_read_contacts, snn_read_delays, snn_read_weights, snn_message};
    if (!reinterpret_cast<decltype(&snn_save_weight_file)>(*function)(path, saved, readers, message))
      return llvm::createStringError(message);
  }
  return llvm::Error::success();
}

} // namespace snn::tool
