#include "SaveRestore.h"

#include "CheckpointWriter.h"
#include "SynapseWalk.h"

#include <cstring>

namespace snn::runtime {

static void saveNeurons(CheckpointWriter &file, const BuiltNetwork &network, uint32_t p) {
  const snn_population &population = network.model.populations[p];
  for (uint32_t k = 0; k < population.n_fields; ++k) {
    if (!isSaved(population.fields[k]))
      continue;
    file.begin({SectionKind::NeuronField, p, k});
    for (const snn_worker *worker : network.workers)
      file.write(worker->fields[population.first_field + k], worker->shares[p].count * widthOf(population.fields[k]));
  }
}

static void saveSpikes(CheckpointWriter &file, const BuiltNetwork &network, uint32_t p) {
  file.begin({SectionKind::Spikes, p});
  for (uint64_t slot = 0; slot < network.state.history; ++slot) {
    uint64_t count = 0;
    for (const snn_worker *worker : network.workers)
      count += worker->spikes[p].first[slot + 1] - worker->spikes[p].first[slot];
    file.write(&count, sizeof count);
  }
  for (uint64_t slot = 0; slot < network.state.history; ++slot)
    for (const snn_worker *worker : network.workers) { // shares ascend with the worker
      const snn_spikes &spikes = worker->spikes[p];
      file.write(spikes.index + spikes.first[slot], (spikes.first[slot + 1] - spikes.first[slot]) * sizeof(uint32_t));
    }
}

/// The rows of the steps that events on their way and spikes of targets look back at, oldest first.
static void saveHistories(CheckpointWriter &file, const BuiltNetwork &network, uint64_t step) {
  forEachHistory(network.model, [&](uint32_t p, uint32_t k, uint32_t field) {
    file.begin({SectionKind::History, p, k});
    size_t width = widthOf(network.model.populations[p].fields[k]);
    for (uint64_t back = longestLookBack(network.model, network.state); back > 0; --back)
      file.write(network.histories->row(field, step + network.state.remembered - back, width), network.plan.sizes[p] * width);
  });
}

std::vector<uint32_t> savedArrays(const snn_projection &projection, bool hasWrittenWeights) {
  std::vector<uint32_t> arrays;
  for (uint32_t k = 0; k < evolvingArrays(projection, hasWrittenWeights); ++k)
    if (k >= projection.n_fields || isSaved(projection.fields[k]))
      arrays.push_back(k);
  return arrays;
}

static void saveSynapses(CheckpointWriter &file, const BuiltNetwork &network, uint32_t p, bool hasWrittenWeights) {
  const snn_projection &projection = network.model.projections[p];
  uint32_t section = 0;
  for (uint32_t k : savedArrays(projection, hasWrittenWeights)) {
    size_t width = evolvingWidth(network.model, projection, k);
    file.begin({SectionKind::SynapseField, p, section++});
    for (const snn_worker *worker : network.workers) {
      const snn_rows &rows = worker->rows[p];
      for (uint32_t b = 0; b < rows.n_blocks; ++b) {
        const char *values = evolvingValues(projection, rows.blocks[b], k);
        if (isPerSource(projection, k)) { // every block has the same
          file.write(values, network.plan.projections[p].source.size() * width);
          break;
        }
        std::vector<char> ordered(synapsesOf(rows, rows.blocks[b]) * width);
        forEachInTargetOrder(rows, rows.blocks[b], [&](uint64_t synapse, uint64_t position) {
          std::memcpy(ordered.data() + position * width, values + synapse * width, width);
        });
        file.write(ordered.data(), ordered.size());
      }
      if (isPerSource(projection, k) && rows.n_blocks > 0)
        break;
    }
  }
}

void save(const BuiltNetwork &network, const CheckpointContents &contents, CheckpointWriter &file) {
  std::vector<std::byte> about = encode(contents);
  file.begin({SectionKind::About});
  file.write(about.data(), about.size());
  for (uint32_t p = 0; p < network.model.n_populations; ++p) {
    saveNeurons(file, network, p);
    saveSpikes(file, network, p);
  }
  for (uint32_t p = 0; p < network.model.n_projections; ++p)
    saveSynapses(file, network, p, contents.projections[p].hasWritten);
  if (network.histories)
    saveHistories(file, network, contents.step);
}

} // namespace snn::runtime
