// Spikes that a host puts into steps to come.

#ifndef SNN_RUNTIME_INJECTEDSPIKES_H
#define SNN_RUNTIME_INJECTEDSPIKES_H

#include "Plan.h"

#include <map>
#include <vector>

namespace snn::runtime {

struct InjectedSpike {
  uint32_t population, neuron;
  auto operator<=>(const InjectedSpike &) const = default;
};

/// By step. The steps are run as ever; behind each that has injected spikes they are added to the lists of the workers that own
/// the neurons, where everybody finds them like spikes of the program, and act on what plasticity rules keep for these neurons.
class InjectedSpikes {
public:
  void add(uint64_t step, InjectedSpike spike) { pending[step].push_back(spike); }
  void clear() { pending.clear(); }

  /// The first step from `step` on that has any; SNN_NEVER if there is none.
  uint64_t nextStep(uint64_t step) const;

  /// Moves those of `step`, which has just been run and is the last in every list, into the lists.
  void deliver(uint64_t step, snn_state &state);

private:
  static std::vector<uint32_t> ofShare(const std::vector<InjectedSpike> &spikes, uint32_t population, const snn_share &share);

  std::map<uint64_t, std::vector<InjectedSpike>> pending;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_INJECTEDSPIKES_H
