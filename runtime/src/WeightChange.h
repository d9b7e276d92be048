// Weights that an experiment changes.

#ifndef SNN_RUNTIME_WEIGHTCHANGE_H
#define SNN_RUNTIME_WEIGHTCHANGE_H

#include "snn/abi.h"

namespace snn::runtime {

/// Computes the amounts of this worker's synapses anew, as change `change` of the model says. Throws a `Failure`
/// (SNN_WRONG_VALUE) for one that is not finite.
void changeWeights(const snn_state &state, snn_worker &worker, uint32_t change);

} // namespace snn::runtime

#endif // SNN_RUNTIME_WEIGHTCHANGE_H
