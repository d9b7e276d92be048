// The spikes of a chunk and of the steps before it that are still on their way.

#ifndef SNN_RUNTIME_SPIKELISTS_H
#define SNN_RUNTIME_SPIKELISTS_H

#include "Pages.h"
#include "Plan.h"

#include <cstdint>
#include <vector>

namespace snn::runtime {

/// What a list must hold.
struct SpikeListSize {
  uint64_t history, chunkSteps; ///< steps
  uint64_t perStep;             ///< spikes, at most
};

/// The list of one worker's share of one population (`snn_spikes`). Room for every spike that could be is reserved
/// and only what is written is paid for.
class SpikeList {
public:
  explicit SpikeList(SpikeListSize size);

  /// Moves the last `history` steps of a chunk of `steps` to the front, where the next chunk looks for them.
  void startNextChunk(uint64_t steps);

  /// Forgets every spike; the next chunk is the first.
  void clear();

  snn_spikes view() const { return {index.as<uint32_t>(), first.as<uint64_t>()}; }
  uint64_t bytes() const; ///< written so far

private:
  uint64_t history;
  uint64_t mostUsed = 0;
  Pages index, first;
};

/// Some neurons of one population, some steps of the current chunk.
struct SpikeSelection {
  uint32_t population;
  Range neurons;
  uint64_t begin, end; ///< steps
};

/// Collects spikes from the lists of the workers.
class SpikeMerge {
public:
  std::vector<uint64_t> steps;
  std::vector<uint32_t> neurons;

  /// In order of step, then neuron.
  void collect(const snn_state &state, const SpikeSelection &wanted);

  /// Leaves every so many neurons, counted from `first` on.
  void keepEvery(uint32_t stride, uint32_t first);
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SPIKELISTS_H
