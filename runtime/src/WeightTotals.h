// Weights that are scaled so that those onto each target add up to a given sum.

#ifndef SNN_RUNTIME_WEIGHTTOTALS_H
#define SNN_RUNTIME_WEIGHTTOTALS_H

#include "snn/abi.h"

namespace snn::runtime {

/// Scales the amounts of this worker's synapses of a projection that has a total. The synapses onto a target are summed in the order of their
/// rows, so nothing depends on the number of workers. Throws a `Failure` (SNN_WRONG_VALUE) where no positive factor leads to the
/// sum that is wanted.
void scaleToTotals(const snn_state &state, snn_worker &worker, uint32_t projection);

} // namespace snn::runtime

#endif // SNN_RUNTIME_WEIGHTTOTALS_H
