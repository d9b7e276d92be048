#include "InjectedSpikes.h"

#include "Denormals.h"

#include <algorithm>
#include <iterator>

namespace snn::runtime {

uint64_t InjectedSpikes::nextStep(uint64_t step) const {
  auto next = pending.lower_bound(step);
  return next == pending.end() ? SNN_NEVER : next->first;
}

using Neurons = std::vector<uint32_t>;

static Neurons listed(const snn_spikes &spikes, uint64_t slot) {
  return {spikes.index + spikes.first[slot], spikes.index + spikes.first[slot + 1]};
}

/// Replaces the last step of a list.
static void list(snn_spikes &spikes, uint64_t slot, const Neurons &neurons) {
  std::copy(neurons.begin(), neurons.end(), spikes.index + spikes.first[slot]);
  spikes.first[slot + 1] = spikes.first[slot] + neurons.size();
}

/// Both together, ascending. A neuron is listed at most `most` times, which the list has room for.
static Neurons merged(const Neurons &own, const Neurons &added, uint32_t most) {
  Neurons all, kept;
  std::merge(own.begin(), own.end(), added.begin(), added.end(), std::back_inserter(all));
  for (size_t i = 0; i < all.size(); ++i)
    if (i < most || all[i] != all[i - most])
      kept.push_back(all[i]);
  return kept;
}

Neurons InjectedSpikes::ofShare(const std::vector<InjectedSpike> &spikes, uint32_t population, const snn_share &share) {
  auto from = std::lower_bound(spikes.begin(), spikes.end(), InjectedSpike{population, share.begin});
  auto to = std::lower_bound(from, spikes.end(), InjectedSpike{population, share.begin + share.count});
  Neurons neurons;
  std::transform(from, to, std::back_inserter(neurons), [](const InjectedSpike &spike) { return spike.neuron; });
  return neurons;
}

void InjectedSpikes::deliver(uint64_t step, snn_state &state) {
  auto found = pending.find(step);
  if (found == pending.end())
    return;
  std::vector<InjectedSpike> &spikes = found->second;
  std::sort(spikes.begin(), spikes.end());
  const snn_model &model = *state.model;
  uint64_t slot = step - state.chunk_first + state.history;
  for (uint32_t w = 0; w < state.n_workers; ++w) {
    snn_worker &worker = *state.workers[w];
    std::vector<Neurons> all(model.n_populations);
    for (uint32_t p = 0; p < model.n_populations; ++p) {
      if (model.populations[p].spikes_per_step == 0)
        continue; // it has no list
      Neurons own = listed(worker.spikes[p], slot), injected;
      all[p] = merged(own, ofShare(spikes, p, worker.shares[p]), model.populations[p].spikes_per_step);
      std::set_difference(all[p].begin(), all[p].end(), own.begin(), own.end(), std::back_inserter(injected));
      list(worker.spikes[p], slot, injected); // those of the program have acted
    }
    if (model.react) {
      DenormalsAreZero guard; // as in the steps
      model.react(&state, &worker, step);
    }
    for (uint32_t p = 0; p < model.n_populations; ++p)
      if (model.populations[p].spikes_per_step != 0)
        list(worker.spikes[p], slot, all[p]);
  }
  pending.erase(found);
}

} // namespace snn::runtime
