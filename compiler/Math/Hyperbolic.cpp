// sinh, cosh and tanh from the parts of an exponential.

#include "compiler/Math/Coefficients/Hyperbolic.h"
#include "compiler/Math/ExpandMath.h"
#include "compiler/Math/Exponential.h"

#include <cmath>

using namespace mlir;
using arith::CmpFPredicate;

namespace snn {

using namespace coefficients;

namespace {
enum class Combination { Sum, Difference };
} // namespace

/// (e^magnitude + or - e^-magnitude) / 2. The larger exponential is carried in two parts, since a full rounding error
/// in it would leave no room for the addition's. Quarters are formed first, so that the last binade does not overflow
/// on the way.
static Value combineExponentials(LaneBuilder &lanes, Value magnitude, Combination combination) {
  ReducedExponent reduced = reduceExponent(lanes, magnitude, lanes.exponentBias() - 2);
  Value power = lanes.fromBits(reduced.power), one = lanes.constant(1);
  Value rest = emitFractionExpm1(lanes, reduced.fraction);
  Value high = lanes.add(rest, one);
  Value low = lanes.sub(rest, lanes.sub(high, one));
  Value growing = lanes.mul(power, high);
  Value decaying = lanes.div(lanes.constant(combination == Combination::Sum ? 0.0625 : -0.0625), growing);
  Value quarter = lanes.add(growing, lanes.fma(power, low, decaying));
  Value result = lanes.add(quarter, quarter);
  Value inside = lanes.compare(CmpFPredicate::OLE, magnitude, lanes.constant(lanes.pick(89.5, 710.5)));
  return lanes.select(inside, result, lanes.add(magnitude, lanes.infinity()));
}

Value emitSinh(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  Value magnitude = lanes.absolute(x);
  Value square = lanes.mul(x, x);
  Value cube = lanes.mul(square, magnitude);
  Value nearZero = lanes.fma(cube, lanes.polynomial(square, lanes.pick(sinhF32, sinhF64)), magnitude);
  Value elsewhere = combineExponentials(lanes, magnitude, Combination::Difference);
  Value isNearZero = lanes.compare(CmpFPredicate::OLT, magnitude, lanes.constant(1));
  return lanes.copySign(lanes.select(isNearZero, nearZero, elsewhere), x);
}

Value emitCosh(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  return combineExponentials(lanes, lanes.absolute(x), Combination::Sum);
}

Value emitTanh(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  // tanh x = (e^2x - 1) / (e^2x + 1), and it is 1 to the last bit before the bounds.
  Value twice = lanes.atLeast(lanes.atMost(lanes.add(x, x), 40), -40);
  Value numerator = sumParts(lanes, emitExpm1Parts(lanes, twice, 0));
  return lanes.div(numerator, lanes.add(numerator, lanes.constant(2)));
}

} // namespace snn
