// Binomial and hypergeometric numbers: how a fixed number of contacts divides between two halves of the targets.

#ifndef SNN_RUNTIME_DISCRETEDRAWS_H
#define SNN_RUNTIME_DISCRETEDRAWS_H

#include <cstdint>

namespace snn::runtime {

/// Successes in `n` trials of probability `p`, from one uniform number `u` in (0, 1).
uint64_t binomial(uint64_t n, double p, double u);

/// Marked ones among `n` drawn without replacement from `marked + unmarked`, n <= marked + unmarked.
uint64_t hypergeometric(uint64_t marked, uint64_t unmarked, uint64_t n, double u);

} // namespace snn::runtime

#endif // SNN_RUNTIME_DISCRETEDRAWS_H
