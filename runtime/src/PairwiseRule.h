// Contacts whose probability differs from pair to pair: it may depend on distance, or on any value of the two neurons.

#ifndef SNN_RUNTIME_PAIRWISERULE_H
#define SNN_RUNTIME_PAIRWISERULE_H

#include "ContactRule.h"

namespace snn::runtime {

/// The rule of a projection with SNN_PAIR_BERNOULLI. A part is a source, targets ascending; the element is source << 32 | target.
/// The program computes the probabilities for a block of targets at a time; candidates are then as far apart as with the largest
/// probability of the block, and each is taken with its own share of that. Blocks begin with the projection's first target, so
/// nothing depends on the window. Throws a `Failure` (SNN_WRONG_VALUE) for a probability that is none.
std::unique_ptr<ContactRule> makePairwiseRule(const snn_state &state, const PlannedProjection &projection, Range window);

/// The mean number of contacts of the whole projection, from up to 64 of its sources.
double expectedPairs(const snn_state &state, const PlannedProjection &projection);

} // namespace snn::runtime

#endif // SNN_RUNTIME_PAIRWISERULE_H
