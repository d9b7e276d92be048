#include "KeptSpikes.h"

#include <utility>

namespace snn::runtime {

void KeptSpikes::collect(const snn_state &state, uint64_t begin, uint64_t end, SpikeMerge &merge) {
  merge.collect(state, {range.population, range.neurons, begin, end});
  kept.steps.insert(kept.steps.end(), merge.steps.begin(), merge.steps.end());
  for (uint32_t neuron : merge.neurons)
    kept.neurons.push_back(neuron - range.neurons.begin);
}

void KeptSpikes::clear() {
  kept.steps.clear();
  kept.neurons.clear();
}

const KeptSpikes::Taken &KeptSpikes::take() {
  std::swap(kept, taken);
  clear();
  return taken;
}

} // namespace snn::runtime
