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
  double lowest = lanes.pick(-0x1.5d589ep+6, -0x1.6232bdd7abcd2p+9);
  double highest = lanes.pick(0x1.62e42ep+6, 0x1.62e42fefa39efp+9);
  // Two comparisons and two masked operations; what the exponent arithmetic does beyond the limits is discarded.
  Value result = emitUncheckedExp(lanes, x);
  result = lanes.select(lanes.compare(CmpFPredicate::OGE, x, lanes.constant(lowest)), result, lanes.constant(0));
  Value beyond = lanes.compare(CmpFPredicate::UGT, x, lanes.constant(highest));
  return lanes.select(beyond, lanes.add(x, lanes.infinity()), result);
}

/// The largest f for which k stays 0.
static double largestFraction(Sign sign) {
  switch (sign) {
  case Sign::Any: return 0.405465;
  case Sign::Positive: return 0.5;
  case Sign::Negative: return std::log(2.0) - 0.5;
  }
  llvm_unreachable("all signs are covered");
}

Expm1Parts emitExpm1Parts(LaneBuilder &lanes, Value x, int scale, Sign sign) {
  Value shift = lanes.constant(static_cast<float>(0.5 - largestFraction(sign) / std::log(2.0)));
  Value quotient = lanes.fma(x, lanes.constant(lanes.pick(log2EF32, log2EF64)), shift);
  RoundedInteger rounded = roundProduct(lanes, quotient, 1, lanes.exponentBias() + scale);
  Value f = subtractLn2(lanes, x, rounded.k);
  Value square = lanes.mul(f, f);
  ArrayRef<double> coefficients =
      sign == Sign::Negative ? lanes.pick(expm1OfDecayF32, expm1OfDecayF64) : lanes.pick(expm1F32, expm1F64);
  Value fraction = lanes.fma(square, lanes.polynomial(f, coefficients), f);
  Value power = lanes.fromBits(lanes.shiftLeft(lanes.bits(rounded.sum), lanes.mantissaBits()));
  return {fraction, power, lanes.sub(power, lanes.constant(std::ldexp(1, scale)))};
}

Value sumParts(LaneBuilder &lanes, const Expm1Parts &parts) {
  return lanes.fma(parts.fraction, parts.power, parts.powerMinusOne);
}

Value emitExpm1(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  Value inside = lanes.atLeast(lanes.atMost(x, lanes.pick(89.0, 710.0)), -40);
  // Half of the result, so that the last binade before infinity is reached.
  Value half = sumParts(lanes, emitExpm1Parts(lanes, inside, -1));
  return lanes.add(half, half);
}

} // namespace snn
