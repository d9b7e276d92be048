// How a fixed total of synapses divides among the targets.

#ifndef SNN_RUNTIME_TOTALSPLIT_H
#define SNN_RUNTIME_TOTALSPLIT_H

#include "Plan.h"

#include <cstdint>
#include <vector>

namespace snn::runtime {

/// In-degrees of the targets in `window` under SNN_FIXED_TOTAL. The total is halved down a binary tree over all
/// targets: binomial numbers where pairs may repeat, hypergeometric ones where not. Each node has its own random
/// number and nodes without a target in the window are not visited, so every worker finds the degrees of its targets
/// alone. Throws a `Failure` (SNN_WRONG_VALUE) for a degree beyond 32 bits.
std::vector<uint32_t> splitTotal(const PlannedProjection &projection, uint64_t seed, Range window);

} // namespace snn::runtime

#endif // SNN_RUNTIME_TOTALSPLIT_H
