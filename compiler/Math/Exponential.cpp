// exp and expm1: x = k ln 2 + f, a polynomial in f, and k added to the exponent.

#include "compiler/Math/Exponential.h"

#include "compiler/Math/Coefficients/Exponential.h"
#include "compiler/Math/ExpandMath.h"

#include <cmath>

using namespace mlir;
using arith::CmpFPredicate;

namespace snn {

using namespace coefficients;

/// x - k ln 2. The first step is exact, since x and k ln2[0] are multiples of one unit and nearly cancel.
static Value subtractLn2(LaneBuilder &lanes, Value x, Value k) {
  ArrayRef<double> ln2 = lanes.pick(ln2F32, ln2F64);
  Value rest = lanes.fma(k, lanes.constant(-ln2[0]), x);
  return lanes.fma(k, lanes.constant(-ln2[1]), rest);
}

ReducedExponent reduceExponent(LaneBuilder &lanes, Value x, int offset) {
  RoundedInteger rounded = roundProduct(lanes, x, lanes.pick(log2EF32, log2EF64), offset);
  return {subtractLn2(lanes, x, rounded.k), lanes.shiftLeft(lanes.bits(rounded.sum), lanes.mantissaBits())};
}

Value emitFractionExpm1(LaneBuilder &lanes, Value fraction) {
  Value square = lanes.mul(fraction, fraction);
  return lanes.fma(square, lanes.polynomial(fraction, lanes.pick(expF32, expF64)), fraction);
}

Value emitUncheckedExp(LaneBuilder &lanes, Value x) {
  ReducedExponent reduced = reduceExponent(lanes, x, 0);
  Value f = reduced.fraction, one = lanes.constant(1);
  Value power = lanes.polynomial(f, lanes.pick(expF32, expF64));
  power = lanes.fma(lanes.fma(power, f, one), f, one);
  return lanes.fromBits(lanes.addBits(lanes.bits(power), reduced.power));
}

Value emitExp(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  // Arguments of the smallest normal and of the largest finite result.
  double lowest = lanes.pick(-87.33654022216796875, -708.3964185322640807);
  double highest = lanes.pick(88.72283172607421875, 709.7827128933840868);
  // Two comparisons and two masked operations; what the exponent arithmetic does beyond the limits is discarded.
  Value result = emitUncheckedExp(lanes, x);
  result = lanes.select(lanes.compare(CmpFPredicate::OGE, x, lanes.constant(lowest)), result, lanes.constant(0));
  Value beyond = lanes.compare(CmpFPredicate::UGT, x, lanes.constant(highest));
  return lanes.select(beyond, lanes.add(x, lanes.infinity()), result);
}

Value emitScaledExpm1(LaneBuilder &lanes, Value x, int scale) {
  // Rounding down by 0.085 more than to nearest makes f lie in [-ln 4/3, ln 3/2]. Then 2^k (e^f - 1) + (2^k - 1) is never
  // in a lower binade than the error of its first term allows; symmetric rounding loses a bit at k = 1.
  double shiftDown = -0.085;
  if (lanes.mantissaBits() == 23)
    shiftDown = static_cast<float>(shiftDown);
  Value quotient = lanes.fma(x, lanes.constant(lanes.pick(log2EF32, log2EF64)), lanes.constant(shiftDown));
  RoundedInteger rounded = roundProduct(lanes, quotient, 1, lanes.exponentBias() + scale);
  Value f = subtractLn2(lanes, x, rounded.k);
  Value square = lanes.mul(f, f);
  Value fractionExpm1 = lanes.fma(square, lanes.polynomial(f, lanes.pick(expm1F32, expm1F64)), f);
  Value power = lanes.fromBits(lanes.shiftLeft(lanes.bits(rounded.sum), lanes.mantissaBits()));
  return lanes.fma(fractionExpm1, power, lanes.sub(power, lanes.constant(std::ldexp(1, scale))));
}

Value emitExpm1(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  Value inside = lanes.atLeast(lanes.atMost(x, lanes.pick(89.0, 710.0)), -40);
  // Half of the result, so that the last binade before infinity is reached.
  Value half = emitScaledExpm1(lanes, inside, -1);
  return lanes.add(half, half);
}

} // namespace snn
