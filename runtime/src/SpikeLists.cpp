#include "SpikeLists.h"

#include <algorithm>
#include <cstring>

namespace snn::runtime {

// Generated code stores whole vectors of indices and may write past the last spike.
static constexpr uint64_t writePastEnd = SNN_LANES;

SpikeList::SpikeList(SpikeListSize size)
    : history(size.history), index((size.perStep * (size.history + size.chunkSteps) + writePastEnd) * sizeof(uint32_t)),
      first((size.history + size.chunkSteps + 1) * sizeof(uint64_t)) {}

void SpikeList::startNextChunk(uint64_t steps) {
  auto *offsets = first.as<uint64_t>();
  auto *indices = index.as<uint32_t>();
  uint64_t dropped = offsets[steps], end = offsets[steps + history];
  mostUsed = std::max(mostUsed, end);
  std::memmove(indices, indices + dropped, (end - dropped) * sizeof *indices);
  for (uint64_t slot = 0; slot <= history; ++slot)
    offsets[slot] = offsets[slot + steps] - dropped;
}

void SpikeList::clear() { std::fill_n(first.as<uint64_t>(), history + 1, 0); }

uint64_t SpikeList::bytes() const { return mostUsed * sizeof(uint32_t) + first.size(); }

void SpikeMerge::collect(const snn_state &state, const SpikeSelection &wanted) {
  steps.clear();
  neurons.clear();
  for (uint64_t step = wanted.begin; step < wanted.end; ++step) {
    uint64_t slot = step - state.chunk_first + state.history;
    for (uint32_t w = 0; w < state.n_workers; ++w) { // shares ascend with the worker
      const snn_spikes &spikes = state.workers[w]->spikes[wanted.population];
      const uint32_t *from = spikes.index + spikes.first[slot], *to = spikes.index + spikes.first[slot + 1];
      from = std::lower_bound(from, to, wanted.neurons.begin);
      to = std::lower_bound(from, to, wanted.neurons.end);
      neurons.insert(neurons.end(), from, to);
    }
    steps.resize(neurons.size(), step);
  }
}

void SpikeMerge::keepEvery(uint32_t stride, uint32_t first) {
  if (stride <= 1)
    return;
  size_t kept = 0;
  for (size_t k = 0; k < neurons.size(); ++k)
    if ((neurons[k] - first) % stride == 0) {
      steps[kept] = steps[k];
      neurons[kept++] = neurons[k];
    }
  steps.resize(kept);
  neurons.resize(kept);
}

} // namespace snn::runtime
