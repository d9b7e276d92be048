// pow: 2^(y log2 x), with log2 x in two parts; and integer powers.

#include "compiler/Math/Coefficients/Exponential.h"
#include "compiler/Math/Coefficients/Logarithm.h"
#include "compiler/Math/ExpandMath.h"
#include "compiler/Math/Logarithm.h"

#include <cmath>
#include <limits>

using namespace mlir;
using arith::CmpFPredicate;

namespace snn {

using namespace coefficients;

namespace {
/// An unevaluated sum; `low` is below the last bit of `high`.
struct TwoPart {
  Value high, low;
};
} // namespace

/// a + b for |a| >= |b|, exactly.
static TwoPart addOrdered(LaneBuilder &lanes, Value a, Value b) {
  Value sum = lanes.add(a, b);
  return {sum, lanes.sub(b, lanes.sub(sum, a))};
}

static TwoPart multiply(LaneBuilder &lanes, TwoPart a, TwoPart b) {
  Value high = lanes.mul(a.high, b.high);
  Value low = lanes.fma(a.high, b.high, lanes.negate(high));
  return {high, lanes.add(low, lanes.fma(a.high, b.low, lanes.mul(a.low, b.high)))};
}

/// (m - 1) / (m + 1).
static TwoPart emitMoebius(LaneBuilder &lanes, Value m) {
  Value one = lanes.constant(1);
  Value difference = lanes.sub(m, one);
  TwoPart sum = addOrdered(lanes, one, m);
  Value reciprocal = lanes.div(one, sum.high);
  Value quotient = lanes.mul(difference, reciprocal);
  Value negated = lanes.negate(quotient);
  Value rest = lanes.fma(negated, sum.low, lanes.fma(negated, sum.high, difference));
  return {quotient, lanes.mul(rest, reciprocal)};
}

/// log2 of a positive finite number to about ten bits more than its type holds:
/// e + s (2 / ln 2 + z (2 / (3 ln 2) + z T(z))) with s = (m - 1) / (m + 1), z = s^2. Only T is evaluated in one part.
static TwoPart emitTwoPartLog2(LaneBuilder &lanes, Value x) {
  ArrayRef<double> linear = lanes.pick(twiceLog2EF32, twiceLog2EF64);
  ArrayRef<double> cubic = lanes.pick(twoThirdsOfLog2EF32, twoThirdsOfLog2EF64);
  auto [exponent, mantissa] = splitNumber(lanes, x);
  TwoPart s = emitMoebius(lanes, mantissa);
  TwoPart z = multiply(lanes, s, s);
  Value tail = lanes.polynomial(z.high, lanes.pick(log2TailF32, log2TailF64));
  TwoPart factor = addOrdered(lanes, lanes.constant(cubic[0]), lanes.fma(z.high, tail, lanes.constant(cubic[1])));
  TwoPart product = multiply(lanes, z, factor);
  TwoPart slope = addOrdered(lanes, lanes.constant(linear[0]), product.high);
  slope.low = lanes.add(slope.low, lanes.add(product.low, lanes.constant(linear[1])));
  TwoPart log2Mantissa = multiply(lanes, s, slope);
  TwoPart result = addOrdered(lanes, exponent, log2Mantissa.high);
  result.low = lanes.add(result.low, log2Mantissa.low);
  return result;
}

/// 2^(high + low), gradually to 0 and to inf at the ends.
static Value emitExp2(LaneBuilder &lanes, TwoPart exponent) {
  RoundedInteger whole = roundProduct(lanes, exponent.high, 1, 0);
  Value f = lanes.add(lanes.sub(exponent.high, whole.k), exponent.low);
  Value power = lanes.fma(lanes.polynomial(f, lanes.pick(exp2F32, exp2F64)), f, lanes.constant(1));
  // 2^k as two factors, because one does not reach denormal results.
  RoundedInteger half = roundProduct(lanes, whole.k, 0.5, lanes.exponentBias());
  RoundedInteger otherHalf = roundProduct(lanes, lanes.sub(whole.k, half.k), 1, lanes.exponentBias());
  for (RoundedInteger part : {half, otherHalf})
    power = lanes.mul(power, lanes.fromBits(lanes.shiftLeft(lanes.bits(part.sum), lanes.mantissaBits())));
  Value tooLarge = lanes.compare(CmpFPredicate::OGT, exponent.high, lanes.constant(lanes.pick(129, 1025)));
  Value tooSmall = lanes.compare(CmpFPredicate::OLT, exponent.high, lanes.constant(lanes.pick(-151, -1076)));
  return lanes.select(tooSmall, lanes.constant(0), lanes.select(tooLarge, lanes.infinity(), power));
}

Value emitPow(ImplicitLocOpBuilder &builder, Value x, Value y) {
  LaneBuilder lanes(builder, x.getType());
  Value zero = lanes.constant(0), one = lanes.constant(1), infinity = lanes.infinity();
  auto equal = [&](Value a, Value b) { return lanes.compare(CmpFPredicate::OEQ, a, b); };

  Value magnitude = lanes.absolute(x);
  TwoPart log2 = emitTwoPartLog2(lanes, magnitude);
  Value minusInfinity = lanes.constant(-std::numeric_limits<double>::infinity());
  log2.high = lanes.select(equal(magnitude, zero), minusInfinity, log2.high);
  log2.high = lanes.select(lanes.compare(CmpFPredicate::OLT, magnitude, infinity), log2.high, magnitude);
  Value high = lanes.mul(y, log2.high);
  Value low = lanes.fma(y, log2.low, lanes.fma(y, log2.high, lanes.negate(high)));
  Value result = emitExp2(lanes, {high, low});

  // A negative base: the sign follows an odd exponent, and no other exponent but an integer will do.
  Value isInteger = equal(lanes.floor(y), y);
  Value half = lanes.mul(y, lanes.constant(0.5));
  Value isOdd = lanes.andBits(isInteger, lanes.compare(CmpFPredicate::ONE, lanes.floor(half), half));
  result = lanes.select(isOdd, lanes.copySign(result, x), result);
  Value isNegative =
      lanes.andBits(lanes.compare(CmpFPredicate::OLT, x, zero), lanes.compare(CmpFPredicate::OGT, x, minusInfinity));
  Value isFraction = lanes.compare(CmpFPredicate::ONE, lanes.floor(y), y);
  result = lanes.select(lanes.andBits(isNegative, isFraction), lanes.notANumber(), result);

  // These are 1 even with a NaN or an infinity on the other side.
  Value endless = lanes.andBits(equal(magnitude, one), equal(lanes.absolute(y), infinity));
  result = lanes.select(endless, one, result);
  result = lanes.select(equal(x, one), one, result);
  return lanes.select(equal(y, zero), one, result);
}

Value emitIntegerPower(ImplicitLocOpBuilder &builder, Value x, int64_t exponent) {
  LaneBuilder lanes(builder, x.getType());
  uint64_t remaining = exponent < 0 ? -static_cast<uint64_t>(exponent) : exponent;
  Value result, square = x;
  for (; remaining != 0; remaining >>= 1) {
    if (remaining & 1)
      result = result ? lanes.mul(result, square) : square;
    if (remaining > 1)
      square = lanes.mul(square, square);
  }
  Value one = lanes.constant(1);
  if (!result)
    return one;
  return exponent < 0 ? lanes.div(one, result) : result;
}

} // namespace snn
