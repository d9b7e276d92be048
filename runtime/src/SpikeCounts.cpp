#include "SpikeCounts.h"

#include <algorithm>

namespace snn::runtime {

void SpikeCounts::add(const snn_state &state, uint64_t begin, uint64_t end) {
  bool isWhole = neurons.begin == 0;
  for (uint64_t step = begin; step < end; ++step) {
    uint64_t slot = step - state.chunk_first + state.history, count = 0;
    for (uint32_t w = 0; w < state.n_workers; ++w) {
      const snn_share &share = state.workers[w]->shares[population];
      const snn_spikes &spikes = state.workers[w]->spikes[population];
      const uint32_t *from = spikes.index + spikes.first[slot], *to = spikes.index + spikes.first[slot + 1];
      if (!isWhole || share.begin + share.count > neurons.end) {
        from = std::lower_bound(from, to, neurons.begin);
        to = std::lower_bound(from, to, neurons.end);
      }
      count += uint64_t(to - from);
    }
    counts[step % counts.size()] = count;
  }
}

uint64_t SpikeCounts::between(uint64_t begin, uint64_t end) const {
  uint64_t sum = 0;
  for (uint64_t step = begin; step < end; ++step)
    sum += counts[step % counts.size()];
  return sum;
}

void SpikeCounts::restart(uint64_t step) { firstCounted = step; }

std::vector<uint64_t> SpikeCounts::last(uint64_t end) const {
  std::vector<uint64_t> known;
  uint64_t depth = counts.size();
  for (uint64_t step = std::max(firstCounted, end > depth ? end - depth : 0); step < end; ++step)
    known.push_back(counts[step % depth]);
  return known;
}

void SpikeCounts::resume(uint64_t end, std::span<const uint64_t> last) {
  uint64_t kept = std::min<uint64_t>(last.size(), counts.size());
  firstCounted = end - kept;
  for (uint64_t k = 0; k < kept; ++k)
    counts[(firstCounted + k) % counts.size()] = last[last.size() - kept + k];
}

} // namespace snn::runtime
