// The parts of an exponential that other functions are made of.

#ifndef SNN_COMPILER_MATH_EXPONENTIAL_H
#define SNN_COMPILER_MATH_EXPONENTIAL_H

#include "compiler/Math/LaneBuilder.h"

namespace snn {

/// x = k ln 2 + fraction.
struct ReducedExponent {
  mlir::Value fraction;
  mlir::Value power; ///< the bits of k + offset, shifted to where the exponent of a float is
};

/// Reduces to |fraction| <= ln(2) / 2. The fraction carries one rounding error.
ReducedExponent reduceExponent(LaneBuilder &lanes, mlir::Value x, int offset);

/// e^fraction - 1 for a symmetrically reduced fraction, accurate relative to e^fraction.
mlir::Value emitFractionExpm1(LaneBuilder &lanes, mlir::Value fraction);

/// e^x without checks: valid while the result is a normal number.
mlir::Value emitUncheckedExp(LaneBuilder &lanes, mlir::Value x);

/// (e^x - 1) 2^scale = fraction * power + powerMinusOne.
struct Expm1Parts {
  mlir::Value fraction;      ///< e^f - 1, accurate near 0
  mlir::Value power;         ///< 2^(k + scale)
  mlir::Value powerMinusOne; ///< power - 2^scale
};

/// What is known of the sign of x.
enum class Sign { Any, Positive, Negative };

/// The parts of e^x - 1 for `x` between -40 and where 2^scale e^x is still finite.
///
/// Rounding x / ln 2 to the nearest k would lose a bit at k = 1 and at k = -1, where e^f - 1 and 2^-k - 1 cancel. So k = 0 is
/// kept beyond the half: up to f = ln(3/2), for positive x alone up to 1/2 and for negative x alone down to -1/2.
Expm1Parts emitExpm1Parts(LaneBuilder &lanes, mlir::Value x, int scale, Sign sign = Sign::Any);

/// The sum of the parts, rounded once.
mlir::Value sumParts(LaneBuilder &lanes, const Expm1Parts &parts);

} // namespace snn

#endif // SNN_COMPILER_MATH_EXPONENTIAL_H
