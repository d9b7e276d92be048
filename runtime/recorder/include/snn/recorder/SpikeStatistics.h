// Firing statistics of a run, gathered while it runs, whether or not anything is recorded.

#ifndef SNN_RECORDER_SPIKESTATISTICS_H
#define SNN_RECORDER_SPIKESTATISTICS_H

#include "snn/recorder/RunDescription.h"
#include "snn/snn.h"

#include <optional>
#include <string>
#include <vector>

namespace snn::recorder {

/// Statistics of one population or group.
struct FiringStatistics {
  std::string name;
  bool isGroup = false; ///< a named part of the population that the last row with `!isGroup` is about
  uint32_t size = 0;    ///< neurons
  uint64_t spikes = 0;
  double rate = 0; ///< mean over neurons and the time simulated, Hz
  /// Mean over neurons of standard deviation / mean of their inter-spike intervals; the standard deviation is that of the
  /// intervals themselves (divisor n). Only neurons with at least `minimumSpikes` count; none: no value.
  std::optional<double> cv;
  double silent = 0; ///< share of neurons without a spike
};

/// Counts the spikes of every population that can spike and is not anonymous. Needs 32 bytes per neuron.
class SpikeStatistics {
public:
  static constexpr uint32_t minimumSpikes = 5;

  explicit SpikeStatistics(const RunDescription &run);

  /// Asks for all spikes; valid as long as this object.
  snn_sink sink();

  /// Populations in the program's order, each followed by its groups.
  std::vector<FiringStatistics> table() const;

private:
  /// Moments of the inter-spike intervals so far by Welford's recurrence, in steps.
  struct Neuron {
    uint64_t last = 0; ///< step of the last spike
    double mean = 0, squares = 0;
    uint32_t spikes = 0;
  };

  void add(uint32_t population, uint64_t n, const uint64_t *step, const uint32_t *neuron);
  FiringStatistics summarize(uint32_t population, uint32_t begin, uint32_t end) const;

  const RunDescription run_;
  std::vector<std::vector<Neuron>> neurons_; ///< by population; empty: not counted
  uint64_t stepsDone_;
};

} // namespace snn::recorder

#endif // SNN_RECORDER_SPIKESTATISTICS_H
