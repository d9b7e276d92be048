// exprel(x) = (e^x - 1) / x and its reciprocal: the step of exponential Euler and the rate of a voltage-gated channel.

#include "compiler/Math/Coefficients/Exponential.h"
#include "compiler/Math/ExpandMath.h"
#include "compiler/Math/Exponential.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

#include <cmath>

using namespace mlir;
using arith::CmpFPredicate;

namespace snn {

using namespace coefficients;

/// Emits an `scf.if` that keeps `value` if all lanes are in `mask` and takes what `otherwise` builds if not.
template <typename Otherwise>
static Value emitUnlessAll(LaneBuilder &lanes, Value mask, Value value, Otherwise otherwise) {
  ImplicitLocOpBuilder &builder = lanes.builder;
  auto branch = scf::IfOp::create(builder, TypeRange{lanes.type}, lanes.allLanes(mask), /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, value);
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, otherwise());
  return branch.getResult(0);
}

/// (e^x - 1) / x away from 0.
static Value emitExprelByDivision(LaneBuilder &lanes, Value x) {
  // Numerator and denominator carry a common factor: e^x overflows earlier than e^x / x. The bound is where the
  // quotient is inf and the numerator is not yet.
  int scale = lanes.pick(-8, -11);
  Value bounded = lanes.atMost(x, lanes.pick(93.75, 717.0));
  Expm1Parts parts = emitExpm1Parts(lanes, lanes.atLeast(bounded, -40), scale);
  Value numerator = sumParts(lanes, parts);
  Value denominator = lanes.mul(bounded, lanes.constant(std::ldexp(1, scale)));
  Value quotient = lanes.div(numerator, denominator);
  // Decay, x < 0, is what a step asks for, and there e^x adds little to the rounding of the numerator. For growth the
  // quotient takes up what the numerator lost: two roundings in a row could exceed 1.5 ulp.
  Value decaying = lanes.compare(CmpFPredicate::ULE, x, lanes.constant(0));
  return emitUnlessAll(lanes, decaying, quotient, [&] {
    Value lost = lanes.fma(parts.fraction, parts.power, lanes.sub(parts.powerMinusOne, numerator));
    Value remainder = lanes.add(lanes.fma(lanes.negate(quotient), denominator, numerator), lost);
    Value corrected = lanes.add(lanes.div(remainder, denominator), quotient);
    // An infinite quotient or argument has no remainder.
    Value isUsable = lanes.compare(CmpFPredicate::ORD, corrected, corrected);
    return lanes.select(decaying, quotient, lanes.select(isUsable, corrected, quotient));
  });
}

/// exprel on (-5, 0.5): the polynomial of x or, beyond its interval, of x/4 and twice
///   exprel(2h) = exprel(h) (1 + h exprel(h) / 2),
/// which for negative arguments shrinks the error of exprel(h).
static Value emitExprelByDoubling(LaneBuilder &lanes, Value x, Value nearZero) {
  Value half = lanes.mul(x, lanes.constant(0.125)), h = lanes.add(half, half);
  Value direct = lanes.polynomial(lanes.select(nearZero, x, h), lanes.pick(exprelF32, exprelF64));
  Value doubled = direct;
  for (int doubling = 0; doubling < 2; ++doubling) {
    doubled = lanes.fma(lanes.mul(half, doubled), doubled, doubled);
    half = lanes.add(half, half); // additions run beside the multiplications
  }
  return lanes.select(nearZero, direct, doubled);
}

/// exprel without a polynomial of its own: a division, and no branch as long as all lanes decay.
static Value emitSpreadExprel(LaneBuilder &lanes, Value x) {
  // Below 2^-60, 1 + x/2 rounds to 1.
  Value decay = lanes.atMost(x, -std::ldexp(1, -60));
  Value quotient = lanes.div(sumParts(lanes, emitExpm1Parts(lanes, lanes.atLeast(decay, -40), 0, Sign::Negative)), decay);
  Value decaying = lanes.compare(CmpFPredicate::ULE, x, lanes.constant(0));
  return emitUnlessAll(lanes, decaying, quotient, [&] {
    Value growth = lanes.atLeast(x, std::ldexp(1, -60));
    return lanes.select(decaying, quotient, emitExprelByDivision(lanes, growth));
  });
}

Value emitExprel(ImplicitLocOpBuilder &builder, Value x, Arguments arguments) {
  LaneBuilder lanes(builder, x.getType());
  if (arguments == Arguments::Spread)
    return emitSpreadExprel(lanes, x);
  auto isWithin = [&](double radius, double centre) {
    Value distance = lanes.absolute(lanes.sub(x, lanes.constant(centre)));
    return lanes.compare(CmpFPredicate::OLT, distance, lanes.constant(radius));
  };
  // (-1.25, 0.5): gates at the usual time steps. (-5, 0.5): fast sodium activation.
  Value nearZero = isWithin(0.875, -0.375);
  // A lane takes the same value on all sides of the branches, whatever its neighbours are.
  auto branch = scf::IfOp::create(builder, TypeRange{lanes.type}, lanes.allLanes(nearZero), /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, lanes.polynomial(x, lanes.pick(exprelF32, exprelF64)));
  builder.setInsertionPointToStart(branch.elseBlock());
  Value isModerate = isWithin(2.75, -2.25);
  Value moderate = emitExprelByDoubling(lanes, x, nearZero);
  Value result = emitUnlessAll(lanes, isModerate, moderate, [&] {
    return lanes.select(isModerate, moderate, emitExprelByDivision(lanes, x));
  });
  scf::YieldOp::create(builder, result);
  return branch.getResult(0);
}

/// e^|x| - 1 and the power of two it is scaled by, so that the denominators made of it do not overflow where the
/// quotient has not yet become 0.
struct ScaledGrowth {
  Value magnitude; ///< |x|, kept from where the quotients are 0 or would be 0 / 0
  Expm1Parts parts;
  int scale;
};

static ScaledGrowth emitScaledGrowth(LaneBuilder &lanes, Value x) {
  int scale = lanes.pick(-30, -62);
  // Below 2^-60, 1 - x/2 rounds to 1.
  Value magnitude = lanes.atLeast(lanes.atMost(lanes.absolute(x), lanes.pick(109.0, 752.1875)), std::ldexp(1, -60));
  return {magnitude, emitExpm1Parts(lanes, magnitude, scale, Sign::Positive), scale};
}

/// x 2^scale by integer arithmetic, which runs beside the multiplications; argument and result are normal numbers.
static Value scaleByPower(LaneBuilder &lanes, Value x, int scale) {
  return lanes.fromBits(lanes.addBits(lanes.bits(x), lanes.integer(int64_t(scale) << lanes.mantissaBits())));
}

Value emitRexprel(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  // For negative x, rexprel(x) = rexprel(-x) - x; positive arguments alone can be reduced more accurately.
  ScaledGrowth growth = emitScaledGrowth(lanes, x);
  Value quotient = lanes.div(scaleByPower(lanes, growth.magnitude, growth.scale), sumParts(lanes, growth.parts));
  Value negative = lanes.compare(CmpFPredicate::OLT, x, lanes.constant(0));
  return lanes.select(negative, lanes.add(quotient, lanes.absolute(x)), quotient);
}

Value emitLogistic(ImplicitLocOpBuilder &builder, Value x, double k, Slope slope) {
  LaneBuilder lanes(builder, x.getType());
  // With E = e^|x|: E / (E + k) or 1 / (1 + k E).
  ScaledGrowth growth = emitScaledGrowth(lanes, x);
  const Expm1Parts &parts = growth.parts;
  Value grown = lanes.fma(parts.fraction, parts.power, parts.power), one = lanes.constant(std::ldexp(1, growth.scale));
  Value negative = lanes.compare(CmpFPredicate::OLT, x, lanes.constant(0));
  if (slope == Slope::Rising)
    std::swap(grown, one);
  Value numerator = lanes.select(negative, grown, one), other = lanes.select(negative, one, grown);
  double factor = lanes.pick<double>(static_cast<float>(k), k);
  Value denominator = k == 1 ? lanes.add(numerator, other) : lanes.fma(other, lanes.constant(factor), numerator);
  return lanes.div(numerator, denominator);
}

} // namespace snn
