// sin, cos and tan: x = k pi/2 + f with f in two parts, and polynomials in f.

#include "compiler/Math/Coefficients/Trigonometric.h"
#include "compiler/Math/ExpandMath.h"
#include "compiler/Math/LaneBuilder.h"

#include <cmath>

using namespace mlir;
using arith::CmpFPredicate;

namespace snn {

using namespace coefficients;

namespace {
struct ReducedAngle {
  Value high, low; ///< f, |f| <= pi/4, as a sum
  Value quadrant;  ///< bits whose lowest two are k modulo 4
};

enum class Wave { Sine, Cosine };
} // namespace

/// Cody and Waite's reduction with fused multiply-adds, exact but for the last bits of `low` in the range of
/// `limitRange`: x and k halfPi[0] are multiples of one unit and nearly cancel, so the first step does not round; `low`
/// holds what the second, with the rounded product k halfPi[1], rounds off.
static ReducedAngle reduceAngle(LaneBuilder &lanes, Value x) {
  ArrayRef<double> halfPi = lanes.pick(halfPiF32, halfPiF64);
  RoundedInteger rounded = roundProduct(lanes, x, lanes.pick(twoOverPiF32, twoOverPiF64), 0);
  Value k = rounded.k, middle = lanes.constant(halfPi[1]);
  Value rest = lanes.fma(k, lanes.constant(-halfPi[0]), x);
  Value product = lanes.mul(k, middle);
  Value productLow = lanes.fma(k, middle, lanes.negate(product));
  Value high = lanes.sub(rest, product);
  Value low = lanes.sub(lanes.sub(lanes.sub(rest, high), product), productLow);
  low = lanes.fma(k, lanes.constant(-halfPi[2]), low);
  return {high, low, lanes.bits(rounded.sum)};
}

/// NaN where the reduction is no longer exact.
static Value limitRange(LaneBuilder &lanes, Value x, Value result) {
  Value limit = lanes.constant(std::ldexp(1, lanes.pick(18, 45)));
  Value inside = lanes.compare(CmpFPredicate::OLE, lanes.absolute(x), limit);
  return lanes.select(inside, result, lanes.notANumber());
}

/// Whether a bit pattern is odd.
static Value isOdd(LaneBuilder &lanes, Value pattern) {
  Value lowest = lanes.andBits(pattern, lanes.integer(1));
  return arith::CmpIOp::create(lanes.builder, arith::CmpIPredicate::ne, lowest, lanes.integer(0));
}

static Value emitWave(ImplicitLocOpBuilder &builder, Value x, Wave wave) {
  LaneBuilder lanes(builder, x.getType());
  auto [high, low, quadrant] = reduceAngle(lanes, x);
  if (wave == Wave::Cosine)
    quadrant = lanes.addBits(quadrant, lanes.integer(1));

  Value square = lanes.mul(high, high);
  Value cosineHead = lanes.fma(lanes.mul(high, lanes.constant(-0.5)), high, lanes.constant(1));
  // sin(high + low) = sin high + low cos high, cos(high + low) = cos high - low sin high.
  Value sineTail = lanes.fma(lanes.mul(high, square), lanes.polynomial(square, lanes.pick(sinF32, sinF64)),
                             lanes.mul(low, cosineHead));
  Value sine = lanes.add(high, sineTail);
  Value cosineTail = lanes.fma(lanes.mul(square, square), lanes.polynomial(square, lanes.pick(cosF32, cosF64)),
                               lanes.negate(lanes.mul(high, low)));
  Value cosine = lanes.add(cosineHead, cosineTail);

  Value magnitude = lanes.select(isOdd(lanes, quadrant), cosine, sine);
  int width = lanes.pick(32, 64);
  // Quadrants 2 and 3 are negative: their second bit becomes the sign.
  Value sign = lanes.shiftLeft(lanes.andBits(quadrant, lanes.integer(2)), width - 2);
  return limitRange(lanes, x, lanes.fromBits(lanes.xorBits(lanes.bits(magnitude), sign)));
}

Value emitSin(ImplicitLocOpBuilder &builder, Value x) { return emitWave(builder, x, Wave::Sine); }
Value emitCos(ImplicitLocOpBuilder &builder, Value x) { return emitWave(builder, x, Wave::Cosine); }

Value emitTan(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  auto [high, low, quadrant] = reduceAngle(lanes, x);
  Value one = lanes.constant(1);
  Value square = lanes.mul(high, high);
  // tan(high + low) = tan high + low (1 + tan^2 high).
  Value lowShare = lanes.fma(low, square, low);
  Value tail = lanes.fma(lanes.mul(high, square), lanes.polynomial(square, lanes.pick(tanF32, tanF64)), lowShare);
  Value tangent = lanes.add(high, tail);
  Value tangentLow = lanes.sub(tail, lanes.sub(tangent, high));
  // In odd quadrants -1 / (tangent + tangentLow), with the division's remainder put back.
  Value cotangent = lanes.div(lanes.constant(-1), tangent);
  Value remainder = lanes.fma(cotangent, tangent, one);
  remainder = lanes.fma(cotangent, tangentLow, remainder);
  cotangent = lanes.fma(cotangent, remainder, cotangent);
  return limitRange(lanes, x, lanes.select(isOdd(lanes, quadrant), cotangent, tangent));
}

} // namespace snn
