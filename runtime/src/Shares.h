// How the neurons of a population are divided among the workers.

#ifndef SNN_RUNTIME_SHARES_H
#define SNN_RUNTIME_SHARES_H

#include "snn/abi.h"

#include <cstdint>

namespace snn::runtime {

/// The share of `worker`: contiguous, ascending with the worker, borders at multiples of SNN_LANES so that padding is
/// at the end of the population only. A population of few lane groups gives some workers nothing; which ones rotates
/// with the number of the population, so that many small populations spread evenly.
snn_share shareOf(uint32_t population, uint32_t size, uint32_t worker, uint32_t workers);

} // namespace snn::runtime

#endif // SNN_RUNTIME_SHARES_H
