// Where two runs differ.

#ifndef SNN_TEST_PROPERTIES_DIFFERENCES_H
#define SNN_TEST_PROPERTIES_DIFFERENCES_H

#include "test/models/Simulate.h"

#include <limits>

namespace snn::test {

/// The first spike or sample that is not the same bit for bit, or is not finite; empty if there is none.
std::string firstDifference(const Result &one, const Result &other);

/// The same for samples that differ by more than `tolerance` times the largest magnitude in their record, up to the step before `end`.
std::string firstDifference(const Result &one, const Result &other, double tolerance,
                            uint64_t end = std::numeric_limits<uint64_t>::max());

/// The first step in which not the same neurons spike; the largest number if there is none.
uint64_t firstOtherSpike(const Result &one, const Result &other);

/// A run that was saved, and what was continued from there.
Result joined(const Result &first, const Result &second);

/// Of all populations.
uint64_t spikesIn(const Result &result);

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_DIFFERENCES_H
