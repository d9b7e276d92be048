// The split of a positive number that logarithms and powers start from.

#ifndef SNN_COMPILER_MATH_LOGARITHM_H
#define SNN_COMPILER_MATH_LOGARITHM_H

#include "compiler/Math/LaneBuilder.h"

namespace snn {

/// x = 2^exponent * mantissa with the mantissa in [sqrt(1/2), sqrt(2)).
struct SplitNumber {
  mlir::Value exponent; ///< as a float
  mlir::Value mantissa;
};

/// Splits a positive finite number, denormal or not; other numbers give arbitrary finite parts.
SplitNumber splitNumber(LaneBuilder &lanes, mlir::Value x);

} // namespace snn

#endif // SNN_COMPILER_MATH_LOGARITHM_H
