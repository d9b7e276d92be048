// erf: an odd polynomial near 0, and 1 - e^g(|x|) beyond 1.

#include "compiler/Math/Coefficients/ErrorFunction.h"
#include "compiler/Math/ExpandMath.h"
#include "compiler/Math/Exponential.h"

using namespace mlir;
using arith::CmpFPredicate;

namespace snn {

using namespace coefficients;

Value emitErf(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  Value magnitude = lanes.absolute(x), one = lanes.constant(1);
  Value square = lanes.mul(x, x);
  Value nearZero = lanes.fma(lanes.polynomial(square, lanes.pick(erfF32, erfF64)), x, x);
  // The fit ends where erf rounds to 1.
  Value inside = lanes.atMost(magnitude, lanes.pick(4.0, 6.0));
  Value complement = emitUncheckedExp(lanes, lanes.polynomial(inside, lanes.pick(logErfcF32, logErfcF64)));
  Value elsewhere = lanes.copySign(lanes.sub(one, complement), x);
  // A NaN takes the polynomial.
  return lanes.select(lanes.compare(CmpFPredicate::OGE, magnitude, one), elsewhere, nearZero);
}

} // namespace snn
