// Emits arithmetic on the lanes of one floating-point type: the alphabet in which compiler/Math writes its functions.

#ifndef SNN_COMPILER_MATH_LANEBUILDER_H
#define SNN_COMPILER_MATH_LANEBUILDER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace snn {

/// Works on `type`, which is f32, f64 or a fixed vector of either, and on the integers of the same width and shape.
/// No operation carries a fast-math flag.
class LaneBuilder {
public:
  LaneBuilder(mlir::ImplicitLocOpBuilder &builder, mlir::Type type);

  /// Width of the stored mantissa: 23 or 52.
  int mantissaBits() const { return isDouble ? 52 : 23; }

  /// Exponent of the largest binade: 127 or 1023.
  int exponentBias() const { return isDouble ? 1023 : 127; }

  /// The variant of a constant or table for this type.
  template <typename F32, typename F64> auto pick(const F32 &single, const F64 &twice) const {
    if constexpr (std::is_array_v<F32>)
      return isDouble ? llvm::ArrayRef<double>(twice) : llvm::ArrayRef<double>(single);
    else
      return isDouble ? twice : single;
  }

  /// A constant in every lane; `value` is exact in the type.
  mlir::Value constant(double value);
  mlir::Value infinity();
  mlir::Value notANumber();
  mlir::Value integer(int64_t value);

  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value sub(mlir::Value a, mlir::Value b);
  mlir::Value mul(mlir::Value a, mlir::Value b);
  mlir::Value div(mlir::Value a, mlir::Value b);
  mlir::Value negate(mlir::Value a);
  mlir::Value absolute(mlir::Value a);
  mlir::Value floor(mlir::Value a);

  /// a * b + c, rounded once.
  mlir::Value fma(mlir::Value a, mlir::Value b, mlir::Value c);

  /// The magnitude of `a` with the sign of `sign`.
  mlir::Value copySign(mlir::Value a, mlir::Value sign);

  /// Sum of coefficients[j] x^j by Horner's rule.
  mlir::Value polynomial(mlir::Value x, llvm::ArrayRef<double> coefficients);

  mlir::Value compare(mlir::arith::CmpFPredicate predicate, mlir::Value a, mlir::Value b);
  mlir::Value select(mlir::Value mask, mlir::Value a, mlir::Value b);

  /// The smaller (larger) of `x` and a bound; a NaN stays. One instruction, unlike `arith.minimumf`.
  mlir::Value atMost(mlir::Value x, double bound);
  mlir::Value atLeast(mlir::Value x, double bound);

  mlir::Value bits(mlir::Value a);
  mlir::Value fromBits(mlir::Value a);
  mlir::Value addBits(mlir::Value a, mlir::Value b);
  mlir::Value subBits(mlir::Value a, mlir::Value b);
  mlir::Value andBits(mlir::Value a, mlir::Value b);
  mlir::Value xorBits(mlir::Value a, mlir::Value b);
  mlir::Value shiftLeft(mlir::Value a, int count);
  mlir::Value shiftRight(mlir::Value a, int count);

  /// An i1: whether `mask` holds in every lane.
  mlir::Value allLanes(mlir::Value mask);

  mlir::ImplicitLocOpBuilder &builder;
  mlir::Type type;

private:
  bool isDouble;
  mlir::Type bitsType;
};

/// A number rounded to an integer k in a form from which 2^k costs one shift.
struct RoundedInteger {
  mlir::Value sum; ///< 1.5 * 2^mantissaBits + offset + k: its low bits are offset + k
  mlir::Value k;   ///< as a float
};

/// Rounds a * b to the nearest integer. `offset` is any small integer that a later shift of `sum` should see added.
RoundedInteger roundProduct(LaneBuilder &lanes, mlir::Value a, double b, int offset);

} // namespace snn

#endif // SNN_COMPILER_MATH_LANEBUILDER_H
