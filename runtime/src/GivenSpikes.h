// Spikes that neurons are given through an input that counts them: by the lists of the experiment, or by a host.
//
// Steps with given spikes are run one by one. Before such a step the spikes are added to the input, and behind it the input is zero
// again; what the neurons make of it is their model's business, so traces of the source, rates and refractory times are right.

#ifndef SNN_RUNTIME_GIVENSPIKES_H
#define SNN_RUNTIME_GIVENSPIKES_H

#include "DataFiles.h"
#include "Plan.h"
#include "StateMemory.h"

#include <map>
#include <vector>

namespace snn::runtime {

/// The field of `population` that counts the spikes its neurons are given, an external input called `given`; SNN_NONE: it has none.
uint32_t givenField(const snn_population &population);

class GivenSpikes {
public:
  /// Reads the lists of the model, and forgets what a host has added. Throws a `Failure` that names the list if a neuron is none of
  /// the group, or is given two spikes in one step.
  void read(const snn_model &model, const Plan &plan, DataFiles &files);

  /// A spike that a host gives; `field` is that of the neuron's population.
  void add(uint64_t step, uint32_t population, uint32_t field, uint32_t neuron) {
    added[step].push_back({step, population, field, neuron, 0});
  }
  void forgetAdded() { added.clear(); }
  /// The first step from `step` on for which a host has added spikes; SNN_NEVER if there is none.
  uint64_t nextAdded(uint64_t step) const;

  /// The first step from `step` on that has any; SNN_NEVER if there is none.
  uint64_t nextStep(uint64_t step) const;
  /// Before and behind the step.
  void enter(uint64_t step, const snn_model &model, const StateMemory &states) const;
  void leave(uint64_t step, const snn_model &model, const StateMemory &states);

private:
  struct Spike {
    uint64_t step;
    uint32_t population, field, neuron;
    double time; ///< ms, as it was listed
  };
  void add(const snn_spike_times &list, Range neurons, const snn_model &model, double dt, DataFiles &files);
  void requireSingle(const snn_model &model, double dt) const;
  template <typename Act> void forEach(uint64_t step, Act act) const;

  std::vector<Spike> listed; ///< by step, population and neuron
  std::map<uint64_t, std::vector<Spike>> added;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_GIVENSPIKES_H
