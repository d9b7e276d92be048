#include "InjectedSpikes.h"

#include <algorithm>
#include <span>

namespace snn::runtime {

uint64_t InjectedSpikes::nextStep(uint64_t step) const {
  auto next = pending.lower_bound(step);
  return next == pending.end() ? SNN_NEVER : next->first;
}

/// Merges `added`, ascending, into the last step of one worker's list. A neuron is listed at most `most` times, which the
/// list has room for.
static void merge(snn_spikes &spikes, uint64_t slot, std::span<const uint32_t> added, uint32_t most) {
  std::vector<uint32_t> all(spikes.index + spikes.first[slot], spikes.index + spikes.first[slot + 1]);
  size_t own = all.size();
  all.insert(all.end(), added.begin(), added.end());
  std::inplace_merge(all.begin(), all.begin() + ptrdiff_t(own), all.end());
  uint64_t end = spikes.first[slot];
  for (size_t i = 0; i < all.size(); ++i)
    if (i < most || all[i] != all[i - most])
      spikes.index[end++] = all[i];
  spikes.first[slot + 1] = end;
}

void InjectedSpikes::deliver(uint64_t step, const snn_state &state) {
  auto found = pending.find(step);
  if (found == pending.end())
    return;
  std::vector<InjectedSpike> &spikes = found->second;
  std::sort(spikes.begin(), spikes.end());
  uint64_t slot = step - state.chunk_first + state.history;
  std::vector<uint32_t> added;
  for (uint32_t p = 0; p < state.model->n_populations; ++p)
    for (uint32_t w = 0; w < state.n_workers; ++w) {
      const snn_share &share = state.workers[w]->shares[p];
      auto from = std::lower_bound(spikes.begin(), spikes.end(), InjectedSpike{p, share.begin});
      auto to = std::lower_bound(from, spikes.end(), InjectedSpike{p, share.begin + share.count});
      if (from == to)
        continue;
      added.clear();
      for (; from != to; ++from)
        added.push_back(from->neuron);
      merge(state.workers[w]->spikes[p], slot, added, state.model->populations[p].spikes_per_step);
    }
  pending.erase(found);
}

} // namespace snn::runtime
