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

Value emitExprel(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  // |x + 3/8| < 7/8 is the interval (-1.25, 0.5): gates at the usual time steps, including the fast sodium activation.
  Value distance = lanes.absolute(lanes.add(x, lanes.constant(0.375)));
  Value nearZero = lanes.compare(CmpFPredicate::OLT, distance, lanes.constant(0.875));

  auto emitNearZero = [&] { return lanes.polynomial(x, lanes.pick(exprelF32, exprelF64)); };
  auto emitAnywhere = [&] {
    // Numerator and denominator carry a common factor: e^x overflows earlier than e^x / x.
    int scale = lanes.pick(-7, -10);
    Value inside = lanes.atLeast(lanes.atMost(x, lanes.pick(93.5, 717.0)), -40);
    Value numerator = emitScaledExpm1(lanes, inside, scale);
    return lanes.div(numerator, lanes.mul(x, lanes.constant(std::ldexp(1, scale))));
  };

  auto branch = scf::IfOp::create(builder, TypeRange{lanes.type}, lanes.allLanes(nearZero), /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, emitNearZero());
  builder.setInsertionPointToStart(branch.elseBlock());
  // A lane takes the same value on both sides of the branch, whatever its neighbours are.
  Value polynomial = emitNearZero();
  scf::YieldOp::create(builder, lanes.select(nearZero, polynomial, emitAnywhere()));
  return branch.getResult(0);
}

Value emitRexprel(ImplicitLocOpBuilder &builder, Value x) {
  LaneBuilder lanes(builder, x.getType());
  // The common factor lets x / e^x shrink to the smallest normal number after e^x alone has overflowed.
  int scale = lanes.pick(-6, -10);
  Value bounded = lanes.atMost(x, lanes.pick(93.0, 716.0));
  Value denominator = emitScaledExpm1(lanes, lanes.atLeast(bounded, -40), scale);
  Value quotient = lanes.div(lanes.mul(bounded, lanes.constant(std::ldexp(1, scale))), denominator);
  // Here 1 - x/2 rounds to 1, and the quotient would be 0 / 0 or suffer from denormals.
  Value tiny = lanes.compare(CmpFPredicate::OLT, lanes.absolute(x), lanes.constant(std::ldexp(1, -60)));
  return lanes.select(tiny, lanes.constant(1), quotient);
}

} // namespace snn
