// The synapses of a block by target, for projections on which spikes of their targets act.

#ifndef SNN_RUNTIME_INCOMINGSYNAPSES_H
#define SNN_RUNTIME_INCOMINGSYNAPSES_H

#include "Pages.h"

#include "snn/abi.h"

namespace snn::runtime {

/// Eight bytes per synapse, two more where delays are stored, and four per target.
struct IncomingSynapses {
  Pages start, synapse, source, delay;

  uint64_t bytes() const { return start.size() + synapse.size() + source.size() + delay.size(); }
};

/// Fills `incoming*` of a block, whose rows are complete. Throws a `Failure` (SNN_NO_MEMORY) if there are 2^32 synapses in it.
IncomingSynapses indexByTarget(const snn_rows &rows, snn_block &block, uint32_t targets, const char *projection);

} // namespace snn::runtime

#endif // SNN_RUNTIME_INCOMINGSYNAPSES_H
