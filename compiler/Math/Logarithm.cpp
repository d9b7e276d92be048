// log, log10 and log1p: x = 2^e m, log x = e log 2 + log m.

#include "compiler/Math/Logarithm.h"

#include "compiler/Math/Coefficients/Logarithm.h"
#include "compiler/Math/ExpandMath.h"

#include <cmath>
#include <limits>

using namespace mlir;
using arith::CmpFPredicate;

namespace snn {

using namespace coefficients;

SplitNumber splitNumber(LaneBuilder &lanes, Value x) {
  int mantissaBits = lanes.mantissaBits(), bias = lanes.exponentBias(), lift = mantissaBits + 1;
  Value denormal = lanes.compare(CmpFPredicate::OLT, x, lanes.constant(std::ldexp(1, 1 - bias)));
  Value lifted = lanes.select(denormal, lanes.mul(x, lanes.constant(std::ldexp(1, lift))), x);

  // Counting from sqrt(1/2) makes the exponent field change where the mantissa should wrap around.
  int64_t one = int64_t(1) << mantissaBits;
  int64_t rootOfHalf = lanes.pick(int64_t(0x3f3504f3), int64_t(0x3fe6a09e667f3bcd));
  Value counted = lanes.addBits(lanes.bits(lifted), lanes.integer(bias * one - rootOfHalf));
  Value mantissa =
      lanes.fromBits(lanes.addBits(lanes.andBits(counted, lanes.integer(one - 1)), lanes.integer(rootOfHalf)));

  // The biased exponent becomes the low bits of a float near 2^mantissaBits: AVX2 converts no 64-bit integers.
  double base = std::ldexp(1, mantissaBits);
  Value biased = lanes.addBits(lanes.shiftRight(counted, mantissaBits), lanes.bits(lanes.constant(base)));
  Value offset = lanes.select(denormal, lanes.constant(base + bias + lift), lanes.constant(base + bias));
  return {lanes.sub(lanes.fromBits(biased), offset), mantissa};
}

/// log(1 + f) - f for 1 + f in [sqrt(1/2), sqrt(2)].
static Value emitLogTail(LaneBuilder &lanes, Value f) {
  Value square = lanes.mul(f, f);
  if (lanes.mantissaBits() == 23)
    return lanes.mul(square, lanes.polynomial(f, logF32));
  // In double precision one division by 2 + f halves the degree: with s = f / (2 + f), log(1 + f) = 2 s + s R(s^2) and
  // 2 s = f - s f.
  Value s = lanes.div(f, lanes.add(f, lanes.constant(2)));
  Value z = lanes.mul(s, s);
  Value remainder = lanes.mul(z, lanes.polynomial(z, logF64));
  Value halfSquare = lanes.mul(square, lanes.constant(0.5));
  return lanes.sub(lanes.mul(s, lanes.add(halfSquare, remainder)), halfSquare);
}

/// Replaces the value at the ends of the domain: `x` is inf, `distance` from the pole is zero, negative or NaN.
static Value selectLogLimits(LaneBuilder &lanes, Value result, Value distance) {
  Value zero = lanes.constant(0);
  result = lanes.select(lanes.compare(CmpFPredicate::OLT, distance, lanes.infinity()), result, distance);
  Value pole = lanes.select(lanes.compare(CmpFPredicate::OEQ, distance, zero),
                            lanes.constant(-std::numeric_limits<double>::infinity()), lanes.notANumber());
  return lanes.select(lanes.compare(CmpFPredicate::OGT, distance, zero), result, pole);
}

/// exponent * ln 2 + f + tail, smallest terms first.
static Value sumNaturalLog(LaneBuilder &lanes, Value exponent, Value f, Value tail) {
  ArrayRef<double> ln2 = lanes.pick(logLn2F32, logLn2F64);
  Value rest = lanes.add(f, lanes.fma(exponent, lanes.constant(ln2[1]), tail));
  return lanes.fma(exponent, lanes.constant(ln2[0]), rest);
}

Value emitLog(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  auto [exponent, mantissa] = splitNumber(lanes, x);
  Value f = lanes.sub(mantissa, lanes.constant(1));
  return selectLogLimits(lanes, sumNaturalLog(lanes, exponent, f, emitLogTail(lanes, f)), x);
}

Value emitLog10(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  ArrayRef<double> scale = lanes.pick(inverseLn10F32, inverseLn10F64);
  ArrayRef<double> log10Of2 = lanes.pick(log10Of2F32, log10Of2F64);
  auto [exponent, mantissa] = splitNumber(lanes, x);
  Value f = lanes.sub(mantissa, lanes.constant(1));
  Value scaleHigh = lanes.constant(scale[0]);
  // f and tail are scaled apart, so that only the last two operations round at the size of the result.
  Value rest = lanes.fma(f, lanes.constant(scale[1]), lanes.mul(exponent, lanes.constant(log10Of2[1])));
  rest = lanes.fma(emitLogTail(lanes, f), scaleHigh, rest);
  rest = lanes.fma(f, scaleHigh, rest);
  return selectLogLimits(lanes, lanes.fma(exponent, lanes.constant(log10Of2[0]), rest), x);
}

Value emitLog1p(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  Value one = lanes.constant(1), zero = lanes.constant(0);
  // 1 + x = sum + lost exactly, and log(sum + lost) = log(sum) + lost / sum.
  Value sum = lanes.add(one, x);
  Value xPart = lanes.sub(sum, one);
  Value lost = lanes.add(lanes.sub(one, lanes.sub(sum, xPart)), lanes.sub(x, xPart));
  Value correction = lanes.div(lost, sum);
  auto [exponent, mantissa] = splitNumber(lanes, sum);
  // Near 0 the argument itself is what the polynomial wants; nothing is lost.
  Value unscaled = lanes.compare(CmpFPredicate::OEQ, exponent, zero);
  Value f = lanes.select(unscaled, x, lanes.sub(mantissa, one));
  correction = lanes.select(unscaled, zero, correction);
  Value tail = lanes.add(emitLogTail(lanes, f), correction);
  return selectLogLimits(lanes, sumNaturalLog(lanes, exponent, f, tail), sum);
}

} // namespace snn
