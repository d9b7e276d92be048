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

/// (e^x - 1) 2^scale, accurate near 0 and without checks: `x` lies between -40 and the point where the result overflows;
/// there it gives inf in the last two binades.
mlir::Value emitScaledExpm1(LaneBuilder &lanes, mlir::Value x, int scale);

} // namespace snn

#endif // SNN_COMPILER_MATH_EXPONENTIAL_H
