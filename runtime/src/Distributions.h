// One random number from one of the language's distributions.

#ifndef SNN_RUNTIME_DISTRIBUTIONS_H
#define SNN_RUNTIME_DISTRIBUTIONS_H

#include "snn/abi.h"

namespace snn::runtime {

/// A number is redrawn at most this often before it counts as impossible: then less than one in a thousand would be
/// accepted.
inline constexpr uint64_t mostAttempts = 10000;

/// Which number is wanted.
struct DrawRequest {
  uint32_t distribution; ///< enum snn_distribution
  uint32_t modifiers;    ///< set of enum snn_modifier
  uint32_t stream;
  uint64_t element;
  const double *parameters; ///< p0 .. p3, lower bound, upper bound
};

/// Draws it. A number outside its bounds, or of a sign that is not the mean's under `SNN_KEEPING_SIGN`, is drawn
/// again with the next attempt number; under `SNN_CLIP` it is moved to the nearest allowed value (zero for the sign).
/// NaN where no number can be had: parameters without a meaning (a negative deviation, low > high, ...) or bounds
/// that the distribution does not reach.
double drawNumber(uint64_t seed, const DrawRequest &request);

} // namespace snn::runtime

#endif // SNN_RUNTIME_DISTRIBUTIONS_H
