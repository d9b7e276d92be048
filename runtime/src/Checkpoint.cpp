// Saving a simulation and continuing it.

#include "ConnectivityFingerprint.h"
#include "SaveRestore.h"
#include "Simulation.h"
#include "SynapseWalk.h"

#include <algorithm>

namespace snn::runtime {

static std::vector<SavedField> describeFields(const snn_field *fields, uint32_t n) {
  std::vector<SavedField> described;
  for (uint32_t k = 0; k < n; ++k)
    described.push_back({fields[k].name, fields[k].type, fields[k].kind});
  return described;
}

/// Ends, delays and amounts of all synapses never change; so their fingerprint is taken once.
const std::vector<uint64_t> &Simulation::connectivity() {
  if (!connectivitySums.empty() || model.n_projections == 0)
    return connectivitySums;
  std::vector<std::vector<uint64_t>> ofWorkers(state.n_workers, std::vector<uint64_t>(model.n_projections));
  threads->run([&](uint32_t w) {
    for (uint32_t p = 0; p < model.n_projections; ++p)
      ofWorkers[w][p] = connectivityFingerprint(state, workers[w]->worker, p);
  });
  connectivitySums.assign(model.n_projections, 0);
  for (const std::vector<uint64_t> &sums : ofWorkers)
    for (uint32_t p = 0; p < model.n_projections; ++p)
      connectivitySums[p] += sums[p];
  return connectivitySums;
}

CheckpointContents Simulation::describe() {
  CheckpointContents contents;
  contents.version = SNN_VERSION;
  contents.network = model.network;
  contents.precision = model.precision;
  contents.program = model.fingerprint;
  contents.seed = seed;
  contents.copy = copy;
  contents.redraws = redraws;
  contents.step = stepsDone;
  contents.history = state.history;
  for (uint32_t s = 0; s < model.n_settings; ++s)
    contents.settings.push_back({model.settings[s].name, model.settings[s].unit, model.settings[s].scale, settings[s]});
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    const snn_population &population = model.populations[p];
    contents.populations.push_back(
        {population.name, plan.sizes[p], describeFields(population.fields, population.n_fields)});
  }
  for (uint32_t p = 0; p < model.n_projections; ++p) {
    const snn_projection &projection = model.projections[p];
    SavedProjection described{projection.name, 0, connectivity()[p], 0,
                              {}};
    described.hasWritten = hasWritten[p];
    for (uint32_t k : savedArrays(projection, hasWritten[p]))
      described.fields.push_back(k < projection.n_fields
                                     ? SavedField{projection.fields[k].name, projection.fields[k].type, projection.fields[k].kind}
                                     : SavedField{"weight", model.precision, SNN_STATE});
    uint32_t blocks = 0;
    for (const snn_worker *worker : workerPointers) {
      const snn_rows &rows = worker->rows[p];
      blocks += rows.n_blocks;
      for (uint32_t b = 0; b < rows.n_blocks; ++b)
        described.synapses += synapsesOf(rows, rows.blocks[b]);
    }
    bool isBySource = projection.alignment == SNN_PRE && blocks > 0;
    described.elements = isBySource ? plan.projections[p].source.size() : described.synapses;
    contents.projections.push_back(std::move(described));
  }
  for (const SpikeCounts *counts : spikeCounts())
    contents.counts.push_back({model.populations[counts->population].name, counts->neurons.begin, counts->neurons.end});
  return contents;
}

void Simulation::save(const std::string &path) {
  if (stage == Stage::Setting)
    fail(SNN_WRONG_USE, "the network has to be built before it is saved");
  if (stage == Stage::Failed)
    fail(SNN_WRONG_USE, "a run that has failed cannot be saved");
  requireStanding("saving");
  uint64_t step = std::min(injected.nextStep(stepsDone), given.nextAdded(stepsDone));
  if (step != SNN_NEVER)
    fail(SNN_WRONG_USE, "spikes injected into step %llu are still to come; a checkpoint does not hold them",
         static_cast<unsigned long long>(step));
  CheckpointContents contents = describe();
  CheckpointWriter file(path);
  runtime::save({model, plan, state, workerPointers, histories.get()}, contents, file);
  std::vector<SpikeCounts *> counts = spikeCounts();
  for (uint32_t k = 0; k < counts.size(); ++k) {
    std::vector<uint64_t> last = counts[k]->last(stepsDone);
    file.begin({SectionKind::SpikeCounts, k});
    file.write(last.data(), last.size() * sizeof(uint64_t));
  }
  file.commit();
}

void Simulation::restore(const std::string &path) {
  if (stage == Stage::Setting)
    fail(SNN_WRONG_USE, "the network has to be built before it is restored");
  requireStanding("restoring");
  std::unique_ptr<ByteSource> source = openFile(path);
  restore(CheckpointReader(*source, path));
}

void Simulation::restore(const CheckpointReader &file) {
  CheckpointContents saved = decodeContents(file);
  requireFit(saved, describe(), model, file.name());
  Restoration restoration({model, plan, state, workerPointers, histories.get()}, saved, file);
  stage = Stage::Failed; // until all of it is in its place
  for (uint32_t p = 0; p < model.n_projections; ++p)
    saved.projections[p].hasWritten ? makeWritable(p) : forgetWritten(p);
  restoration.execute();
  for (snn_worker *worker : workerPointers) {
    worker->failed_step = SNN_NEVER;
    worker->failed_population = SNN_NONE;
  }
  injected.clear();
  given.forgetAdded();
  for (KeptSpikes &spikes : kept)
    spikes.clear();
  stepsDone = saved.step;
  restoreCounts(saved, file);
  stage = Stage::Built;
}

/// What is recorded may be another thing now. What was not counted then is not known until it has been counted anew.
void Simulation::restoreCounts(const CheckpointContents &saved, const CheckpointReader &file) {
  for (SpikeCounts *counts : spikeCounts()) {
    counts->restart(stepsDone);
    std::vector<uint64_t> longest;
    for (uint32_t k = 0; k < saved.counts.size(); ++k) {
      const SavedCounts &then = saved.counts[k];
      bool isSame = then.population == model.populations[counts->population].name && then.begin == counts->neurons.begin &&
                    then.end == counts->neurons.end;
      SectionName section{SectionKind::SpikeCounts, k};
      uint64_t n = isSame ? std::min(file.bytes(section) / sizeof(uint64_t), stepsDone) : 0;
      if (n <= longest.size())
        continue;
      longest.resize(n);
      file.read(section, 0, std::as_writable_bytes(std::span(longest)));
    }
    counts->resume(stepsDone, longest);
  }
}

} // namespace snn::runtime
