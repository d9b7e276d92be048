#include "Simulation.h"

#include <algorithm>
#include <cmath>

namespace snn::runtime {

/// What the runtime relies on when it reads a program's tables.
static void checkModel(const snn_model &model) {
  if (model.abi_version != SNN_ABI_VERSION)
    fail(SNN_WRONG_USE, "the program was compiled for version %u of the interface; this runtime has version %u",
         model.abi_version, SNN_ABI_VERSION);
  if (!model.prepare || !model.initialise || !model.run || (model.n_projections > 0 && !model.synapses))
    fail(SNN_WRONG_USE, "the program `%s` lacks one of its functions", model.network);
  for (uint32_t p = 0; p < model.n_projections; ++p)
    if (model.projections[p].n_fields > 0 && !model.initialise_synapses)
      fail(SNN_WRONG_USE, "the program `%s` lacks the function that initialises synapses", model.network);
  for (uint32_t r = 0; r < model.n_records; ++r) {
    const snn_record &record = model.records[r];
    if (record.kind != SNN_RECORD_FIELD)
      continue;
    const snn_population &population = model.populations[record.population];
    if (record.field >= population.n_fields || population.fields[record.field].type > SNN_F64)
      fail(SNN_WRONG_USE, "`%s` is no record of floating-point values", record.name);
  }
}

Simulation::Simulation(const snn_model &model, const snn_options &options) : model(model), options(options) {
  checkModel(model);
  for (uint32_t s = 0; s < model.n_settings; ++s)
    settings.push_back(model.settings[s].value);
  state.model = &model;
  state.settings = settings.data();
  state.seed = model.seed;
  state.n_workers = std::max(1u, options.workers);
}

void Simulation::requireSettingStage(const char *what) const {
  if (stage != Stage::Setting)
    fail(SNN_WRONG_USE, "%s is possible only before the network is built", what);
}

/// Between two chunks the states and lists are those of the run but not yet in their places.
void Simulation::requireStanding(const char *what) const {
  if (isAdvancing)
    fail(SNN_WRONG_USE, "%s is possible only between two calls of `snn_advance`", what);
}

void Simulation::set(uint32_t setting, double value) {
  requireSettingStage("setting a value");
  if (setting >= settings.size())
    fail(SNN_WRONG_USE, "there is no setting %u; `%s` has %zu", setting, model.network, settings.size());
  if (!std::isfinite(value))
    fail(SNN_WRONG_VALUE, "`%s` cannot be %g: it must be a finite number", model.settings[setting].name, value);
  settings[setting] = value;
}

void Simulation::setSeed(uint64_t seed) {
  requireSettingStage("setting the seed");
  state.seed = seed;
}

void Simulation::setFolder(const char *folder) {
  requireSettingStage("setting the folder");
  if (!folder)
    fail(SNN_WRONG_USE, "the folder is a null pointer");
  dataFiles.setFolder(folder);
}

uint64_t Simulation::totalSteps() const {
  double steps = std::round(setting(model.duration) / setting(model.dt));
  return steps >= 0 && steps < 0x1p53 ? uint64_t(steps) : 0;
}

snn_fault Simulation::fault() const {
  if (stage != Stage::Failed || failure.status == SNN_OK)
    fail(SNN_WRONG_USE, "no state has ended the run");
  return {failure.step, failure.population, failure.neuron, failure.field};
}

double Simulation::read(uint32_t population, uint32_t field, uint32_t neuron) const {
  if (stage == Stage::Setting)
    fail(SNN_WRONG_USE, "the network has to be built before a value is read");
  if (population >= model.n_populations || field >= model.populations[population].n_fields ||
      neuron >= plan.sizes[population])
    fail(SNN_WRONG_USE, "there is no field %u of neuron %u in population %u", field, neuron, population);
  const snn_population &declared = model.populations[population];
  for (const auto &memory : workers) {
    const snn_share &share = memory->worker.shares[population];
    uint32_t element = neuron - share.begin;
    if (neuron < share.begin || element >= share.count)
      continue;
    const void *values = memory->worker.fields[declared.first_field + field];
    switch (declared.fields[field].type) {
    case SNN_F32:
      return static_cast<const float *>(values)[element];
    case SNN_F64:
      return static_cast<const double *>(values)[element];
    case SNN_U16:
      return static_cast<const uint16_t *>(values)[element];
    default:
      return static_cast<const uint32_t *>(values)[element];
    }
  }
  fail(SNN_WRONG_USE, "neuron %u of `%s` belongs to no worker", neuron, declared.name);
}

snn_figures Simulation::figures() const {
  snn_figures figures{};
  figures.steps = stepsRun;
  figures.build_seconds = buildSeconds;
  figures.loop_seconds = loopSeconds;
  for (const auto &memory : workers) {
    figures.synapses += memory->synapses();
    figures.events += memory->worker.events;
    figures.bytes += memory->bytes();
    figures.row_bytes += memory->rowBytes();
    figures.loop_thread_seconds += double(memory->cpuNanoseconds) * 1e-9;
  }
  return figures;
}

} // namespace snn::runtime
