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
  Value quarter = lanes.mul(x, lanes.constant(0.25));
  Value h = lanes.select(nearZero, x, quarter);
  Value once = lanes.polynomial(h, lanes.pick(exprelF32, exprelF64));
  Value half = lanes.mul(h, lanes.constant(0.5));
  Value twice = lanes.fma(lanes.mul(half, once), once, once);
  Value fourTimes = lanes.fma(lanes.mul(h, twice), twice, twice);
  return lanes.select(nearZero, once, fourTimes);
}

Value emitExprel(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  auto isWithin = [&](double radius, double centre) {
    Value distance = lanes.absolute(lanes.sub(x, lanes.constant(centre)));
    return lanes.compare(CmpFPredicate::OLT, distance, lanes.constant(radius));
  };
  // (-1.25, 0.5): gates at the usual time steps. (-5, 0.5): fast sodium activation, a membrane during a spike.
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

Value emitRexprel(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  // For negative x, rexprel(x) = rexprel(-x) - x; positive arguments alone can be reduced more accurately.
  Value magnitude = lanes.absolute(x);
  // The common factor lets x / e^x shrink to 0 before the denominator overflows; the bound is where it has.
  int scale = lanes.pick(-30, -62);
  Value bounded = lanes.atMost(magnitude, lanes.pick(109.0, 752.1875));
  Value denominator = sumParts(lanes, emitExpm1Parts(lanes, bounded, scale, 0.5));
  Value quotient = lanes.div(lanes.mul(bounded, lanes.constant(std::ldexp(1, scale))), denominator);
  // Here 1 - x/2 rounds to 1, and the quotient would be 0 / 0 or suffer from denormals.
  Value tiny = lanes.compare(CmpFPredicate::OLT, magnitude, lanes.constant(std::ldexp(1, -60)));
  quotient = lanes.select(tiny, lanes.constant(1), quotient);
  Value negative = lanes.compare(CmpFPredicate::OLT, x, lanes.constant(0));
  return lanes.select(negative, lanes.add(quotient, magnitude), quotient);
}

} // namespace snn
