#include "SaveRestore.h"

#include "CheckpointReader.h"
#include "Failure.h"
#include "SynapseWalk.h"

#include <algorithm>
#include <cstring>

namespace snn::runtime {

Restoration::Restoration(const BuiltNetwork &network, const CheckpointContents &saved, const CheckpointReader &file)
    : network(network), saved(saved), file(file) {
  if (saved.step >= uint64_t(1) << 53)
    file.failAsDamaged("no run has so many steps");
  for (uint32_t p = 0; p < network.model.n_populations; ++p) {
    places.push_back(findFields(p));
    spikes.push_back(readSpikes(p));
  }
  for (uint32_t p = 0; p < network.model.n_projections; ++p)
    checkSynapses(p);
  forEachHistory(network.model, [&](uint32_t p, uint32_t k, uint32_t) {
    requireBytes({SectionKind::History, p, k}, uint64_t(network.plan.sizes[p]) * longestLookBack(network.model, network.state),
                 widthOf(network.model.populations[p].fields[k]));
  });
}

void Restoration::execute() const {
  for (uint32_t p = 0; p < network.model.n_populations; ++p) {
    restoreNeurons(p);
    restoreSpikes(p);
  }
  for (uint32_t p = 0; p < network.model.n_projections; ++p)
    restoreSynapses(p);
  restoreHistories();
}

void Restoration::restoreHistories() const {
  forEachHistory(network.model, [&](uint32_t p, uint32_t k, uint32_t field) {
    size_t width = widthOf(network.model.populations[p].fields[k]), bytes = network.plan.sizes[p] * width;
    uint64_t place = 0;
    for (uint64_t back = longestLookBack(network.model, network.state); back > 0; --back, place += bytes) {
      char *row = network.histories->row(field, saved.step + network.state.remembered - back, width);
      file.read({SectionKind::History, p, k}, place, {reinterpret_cast<std::byte *>(row), bytes});
    }
  });
}

void Restoration::requireBytes(SectionName section, uint64_t elements, size_t width) const {
  if (file.bytes(section) != elements * width)
    file.failAsDamaged("a section has not the size it should have");
}

/// Where the fields of a population are in the file. A program that records something else may hold other parameters; what
/// evolves must be the same.
Restoration::FieldPlaces Restoration::findFields(uint32_t p) const {
  const snn_population &population = network.model.populations[p];
  const std::vector<SavedField> &there = saved.populations[p].fields;
  FieldPlaces found(population.n_fields);
  for (uint32_t k = 0; k < population.n_fields; ++k) {
    const snn_field &field = population.fields[k];
    if (!isSaved(field))
      continue;
    auto same = std::find_if(there.begin(), there.end(), [&](const SavedField &other) {
      return other.name == field.name && other.kind == field.kind && other.type == field.type;
    });
    if (same != there.end()) {
      found[k] = uint32_t(same - there.begin());
      requireBytes({SectionKind::NeuronField, p, *found[k]}, network.plan.sizes[p], widthOf(field));
    } else if (field.kind != SNN_PARAMETER && field.kind != SNN_CONSTANT) {
      fail(SNN_BAD_FILE, "the checkpoint `%s` does not fit: it has no `%s` of `%s`", file.name().c_str(), field.name,
           population.name);
    }
  }
  return found;
}

void Restoration::checkSynapses(uint32_t p) const {
  const snn_projection &projection = network.model.projections[p];
  if (saved.projections[p].hasWritten && !projection.amount_stored)
    file.failAsDamaged("it has weights where none are stored");
  const std::vector<uint32_t> arrays = savedArrays(projection, saved.projections[p].hasWritten);
  if (saved.projections[p].fields.size() != arrays.size())
    fail(SNN_BAD_FILE, "the checkpoint `%s` does not fit: the synapses of `%s` have other states", file.name().c_str(),
         projection.name);
  for (uint32_t section = 0; section < arrays.size(); ++section)
    requireBytes({SectionKind::SynapseField, p, section},
                 isPerSource(projection, arrays[section]) ? saved.projections[p].elements : saved.projections[p].synapses,
                 evolvingWidth(network.model, projection, arrays[section]));
}

/// Checks that lists can hold the spikes, and that generated code can follow them.
Restoration::SpikeHistory Restoration::readSpikes(uint32_t p) const {
  SectionName section{SectionKind::Spikes, p};
  SpikeHistory list{std::vector<uint64_t>(network.state.history), {}};
  auto counts = std::as_writable_bytes(std::span(list.counts));
  file.read(section, 0, counts);
  uint64_t left = (file.bytes(section) - counts.size()) / sizeof(uint32_t);
  for (uint64_t count : list.counts) {
    if (count > left)
      file.failAsDamaged("it lists fewer spikes than it counts");
    left -= count;
  }
  list.neurons.resize((file.bytes(section) - counts.size()) / sizeof(uint32_t) - left);
  requireBytes(section, counts.size() + list.neurons.size() * sizeof(uint32_t), 1);
  file.read(section, counts.size(), std::as_writable_bytes(std::span(list.neurons)));
  const uint32_t *next = list.neurons.data();
  for (uint64_t count : list.counts) {
    uint32_t run = 0;
    for (uint64_t i = 0; i < count; ++i) {
      run = i > 0 && next[i] == next[i - 1] ? run + 1 : 1;
      if (next[i] >= network.plan.sizes[p] || (i > 0 && next[i] < next[i - 1]) ||
          run > network.model.populations[p].spikes_per_step)
        file.failAsDamaged("it lists a spike that cannot be");
    }
    next += count;
  }
  return list;
}

void Restoration::restoreNeurons(uint32_t p) const {
  const snn_population &population = network.model.populations[p];
  for (uint32_t k = 0; k < population.n_fields; ++k) {
    std::optional<uint32_t> place = places[p][k];
    if (!place)
      continue;
    size_t width = widthOf(population.fields[k]);
    for (snn_worker *worker : network.workers) {
      const snn_share &share = worker->shares[p];
      auto *values = static_cast<std::byte *>(worker->fields[population.first_field + k]);
      file.read({SectionKind::NeuronField, p, *place}, share.begin * width, {values, share.count * width});
      for (uint32_t element = share.count; element < share.padded; ++element) // copies of the last, as at the start
        std::memcpy(values + element * width, values + (share.count - 1) * width, width);
    }
  }
}

void Restoration::restoreSpikes(uint32_t p) const {
  const SpikeHistory &history = spikes[p];
  for (snn_worker *worker : network.workers) {
    const snn_share &share = worker->shares[p];
    snn_spikes &list = worker->spikes[p];
    const uint32_t *from = history.neurons.data();
    uint64_t listed = 0;
    for (uint64_t slot = 0; slot < network.state.history; ++slot) {
      const uint32_t *to = from + history.counts[slot];
      const uint32_t *first = std::lower_bound(from, to, share.begin);
      const uint32_t *last = std::lower_bound(first, to, share.begin + share.count);
      list.first[slot] = listed;
      std::copy(first, last, list.index + listed);
      listed += uint64_t(last - first);
      from = to;
    }
    list.first[network.state.history] = listed;
  }
}

void Restoration::restoreSynapses(uint32_t p) const {
  const snn_projection &projection = network.model.projections[p];
  uint32_t number = 0;
  for (uint32_t k : savedArrays(projection, saved.projections[p].hasWritten)) {
    size_t width = evolvingWidth(network.model, projection, k);
    SectionName section{SectionKind::SynapseField, p, number++};
    uint64_t before = 0; // synapses on targets of earlier blocks
    for (snn_worker *worker : network.workers) {
      const snn_rows &rows = worker->rows[p];
      for (uint32_t b = 0; b < rows.n_blocks; ++b) {
        auto *values = reinterpret_cast<std::byte *>(evolvingValues(projection, rows.blocks[b], k));
        if (isPerSource(projection, k)) {
          file.read(section, 0, {values, network.plan.projections[p].source.size() * width});
          continue;
        }
        std::vector<std::byte> ordered(synapsesOf(rows, rows.blocks[b]) * width);
        file.read(section, before * width, ordered);
        forEachInTargetOrder(rows, rows.blocks[b], [&](uint64_t synapse, uint64_t position) {
          std::memcpy(values + synapse * width, ordered.data() + position * width, width);
        });
        before += synapsesOf(rows, rows.blocks[b]);
      }
    }
  }
}

} // namespace snn::runtime
