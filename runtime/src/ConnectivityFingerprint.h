// Whether two networks are joined by the same synapses.

#ifndef SNN_RUNTIME_CONNECTIVITYFINGERPRINT_H
#define SNN_RUNTIME_CONNECTIVITYFINGERPRINT_H

#include "snn/abi.h"

#include <cstdint>

namespace snn::runtime {

/// A sum over the synapses of one projection that end in one worker's share, of numbers made of source, target, delay and
/// stored amount. The sum over all workers does not depend on how many there are. Overflow is meant.
uint64_t connectivityFingerprint(const snn_state &state, const snn_worker &worker, uint32_t projection);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITYFINGERPRINT_H
