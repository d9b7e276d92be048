// Spikes that wait for the host to take them.

#ifndef SNN_RUNTIME_KEPTSPIKES_H
#define SNN_RUNTIME_KEPTSPIKES_H

#include "Names.h"
#include "SpikeLists.h"

#include <string>
#include <vector>

namespace snn::runtime {

/// Those of one population or group since the host last asked.
class KeptSpikes {
public:
  KeptSpikes(std::string name, const NamedRange &range) : name(std::move(name)), range(range) {}

  /// Adds those of the steps [begin, end) of the current chunk.
  void collect(const snn_state &state, uint64_t begin, uint64_t end, SpikeMerge &merge);
  void clear();

  struct Taken {
    std::vector<uint64_t> steps;
    std::vector<uint32_t> neurons; ///< positions in the range
  };
  /// Everything kept so far, which is then forgotten. Valid until the next call.
  const Taken &take();

  const std::string name;
  const NamedRange range;

private:
  Taken kept, taken;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_KEPTSPIKES_H
