#include "Simulation.h"

#include "ContactRule.h"
#include "CopySeed.h"
#include "PairwiseRule.h"
#include "Quantity.h"

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
    if (record.kind != SNN_RECORD_FIELD && record.kind != SNN_RECORD_MEAN)
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
  seed = state.seed = model.seed;
  state.n_workers = std::max(1u, options.workers);
  hasWritten.assign(model.n_projections, false);
}

void Simulation::requireSettingStage(const char *what) const {
  if (stage != Stage::Setting)
    fail(SNN_WRONG_USE, "%s is possible only before the network is built", what);
}

void Simulation::requireBuilt(const char *what) const {
  if (stage == Stage::Setting)
    fail(SNN_WRONG_USE, "the network has to be built before %s", what);
}

/// Between two chunks the states and lists are those of the run but not yet in their places.
void Simulation::requireStanding(const char *what) const {
  if (isAdvancing)
    fail(SNN_WRONG_USE, "%s is possible only between two calls of `snn_advance`", what);
}

void Simulation::set(uint32_t setting, double value) {
  if (setting >= settings.size())
    fail(SNN_WRONG_USE, "there is no setting %u; `%s` has %zu", setting, model.network, settings.size());
  if (stage != Stage::Setting && !model.settings[setting].live)
    fail(SNN_WRONG_USE, "`%s` can be set only before the network is built: connections or initial values depend on it",
         model.settings[setting].name);
  if (!std::isfinite(value))
    fail(SNN_WRONG_VALUE, "`%s` cannot be %g: it must be a finite number", model.settings[setting].name, value);
  settings[setting] = value;
  settingsChanged = true;
}

void Simulation::set(const char *name, double value, const char *unit) {
  if (!name)
    fail(SNN_WRONG_USE, "the name of the setting is a null pointer");
  uint32_t setting = findSetting(model, name);
  set(setting, toBase({name, model.settings[setting].unit}, value, unit));
}

double Simulation::get(const char *name, const char *unit) const {
  if (!name)
    fail(SNN_WRONG_USE, "the name of the setting is a null pointer");
  uint32_t setting = findSetting(model, name);
  return conversion({name, model.settings[setting].unit}, unit).fromBase(settings[setting]);
}

void Simulation::setSeed(uint64_t seed) {
  requireSettingStage("setting the seed");
  this->seed = seed;
  state.seed = seedOfCopy(seed, copy);
}

void Simulation::setCopy(uint32_t copy, bool redraws) {
  requireSettingStage("setting which copy it is");
  this->copy = copy;
  this->redraws = redraws;
  state.seed = seedOfCopy(seed, copy);
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

snn_figures Simulation::figures() const {
  snn_figures figures{};
  figures.steps = stepsRun;
  figures.build_seconds = buildSeconds;
  figures.loop_seconds = loopSeconds;
  figures.bytes = states ? states->bytes() : 0;
  for (const auto &memory : workers) {
    figures.synapses += memory->synapses();
    figures.events += memory->worker.events;
    figures.bytes += memory->bytes();
    figures.row_bytes += memory->rowBytes();
    figures.loop_thread_seconds += double(memory->cpuNanoseconds) * 1e-9;
  }
  // Those that are never stored: as many as are expected, since drawing them all takes its time.
  for (const PlannedProjection &planned : plan.projections)
    if (!workers.empty() && planned.declared->procedural)
      figures.synapses += uint64_t(std::llround(planned.declared->rule == SNN_PAIR_BERNOULLI ? expectedPairs(connecting, planned)
                                                                                             : expectedContacts(planned, nullptr)));
  return figures;
}

} // namespace snn::runtime
