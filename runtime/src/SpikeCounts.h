// How many spikes a range of neurons fired in each of the last steps: what rates are made of.

#ifndef SNN_RUNTIME_SPIKECOUNTS_H
#define SNN_RUNTIME_SPIKECOUNTS_H

#include "Plan.h"

#include <cstdint>
#include <span>
#include <vector>

namespace snn::runtime {

class SpikeCounts {
public:
  /// Remembers `depth` steps, at least 1.
  SpikeCounts(uint32_t population, Range neurons, uint64_t depth)
      : population(population), neurons(neurons), counts(depth) {}

  /// Counts the steps [begin, end) of the current chunk; they follow those counted before.
  void add(const snn_state &state, uint64_t begin, uint64_t end);

  /// Spikes of the steps [begin, end), which are among the last `depth`.
  uint64_t between(uint64_t begin, uint64_t end) const;

  /// Are the steps from `begin` on counted? After a restored checkpoint they may not be.
  bool covers(uint64_t begin) const { return begin >= firstCounted; }

  /// The run begins anew at `step`, and nothing is known of the steps before it.
  void restart(uint64_t step);

  /// The counts of the last steps before `end`, oldest first, as many as are known; and their way back.
  std::vector<uint64_t> last(uint64_t end) const;
  void resume(uint64_t end, std::span<const uint64_t> last);

  const uint32_t population;
  const Range neurons;

private:
  std::vector<uint64_t> counts; ///< step k at k % depth
  uint64_t firstCounted = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SPIKECOUNTS_H
