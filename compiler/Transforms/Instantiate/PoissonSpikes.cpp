// Spikes at a rate that is the same for all neurons of a population. Between two of them the integral of the rate grows by a number of
// unit exponential distribution, whatever the rate does meanwhile. So a neuron counts that down and draws random numbers where
// it spikes, not in every step.

#include "compiler/Transforms/Instantiate/PopulationBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Import/Stream.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;

namespace snn {

// A name with a dot: no author can declare it.
static constexpr const char *waitField = "spike.wait";

/// The integral is counted in units of 2^-27, 32 bits of them; a longer wait than `longest` has a probability of 3e-14.
static constexpr double unitsOfWait = 0x1p27, longest = 31;

/// -log(1 - u), of unit exponential distribution, as a number of units.
static Value waitOf(Arithmetic &a, OpBuilder &at, Location loc, Value uniform) {
  Value wait = a.negate(math::LogOp::create(at, loc, a.subtract(a.constant(1), uniform)));
  Value isLonger = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, wait, a.constant(longest));
  wait = a.multiply(a.select(isLonger, a.constant(longest), wait), a.constant(unitsOfWait));
  return arith::FPToUIOp::create(at, loc, at.getI32Type(), wait);
}

void PopulationBody::drawWait(OpBuilder &at, Value uniform) {
  Arithmetic a(at, body.getLoc());
  ir::WriteOp::create(at, body.getLoc(), waitField, waitOf(a, at, body.getLoc(), uniform));
}

/// Whether a neuron spikes in this step. With `multiple`, what is left of the step behind its first spike may bring more: `count`.
Value PopulationBody::countDown(ir::SpikeRuleOp rule, Value mean, Value &count) {
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(step)), atStart = OpBuilder::atBlockEnd(&blockOf(initialise));
  Location loc = rule.getLoc();
  Arithmetic a(at, loc), atFirst(atStart, loc);
  Type i32 = at.getI32Type();
  declareField(waitField, ir::FieldKind::State, {}, i32);
  auto streamOfPart = [&](const char *part) { return streamOf((plan.model.getSymName() + part).str()); };
  Value first = ir::DrawOp::create(atStart, loc, atStart.getF64Type(),
                                   ir::DistributionAttr::get(at.getContext(), ir::Distribution::Uniform),
                                   ValueRange{atFirst.constant(0), atFirst.constant(1)}, Value(), Value(), UnitAttr(),
                                   UnitAttr(), at.getI32IntegerAttr(streamOfPart(".spike.first")), UnitAttr(),
                                   ir::EndAttr());
  drawWait(atStart, first);

  // Rounded up in some steps and down in others, as a sequence of low discrepancy says, so that no rate is too slow to count.
  Value shift = a.multiply(ir::StepNumberOp::create(at, loc, at.getF64Type()), a.constant((std::sqrt(5) - 1) / 2));
  shift = a.subtract(shift, math::FloorOp::create(at, loc, shift));
  Value units = math::FloorOp::create(at, loc, a.add(a.multiply(mean, a.constant(unitsOfWait)), shift));
  Value most = a.constant(0x1p32 - 1);
  units = a.select(arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OLT, units, most), units, most);
  Value isPositive = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGT, units, a.constant(0));
  Value passed = arith::FPToUIOp::create(at, loc, i32, a.select(isPositive, units, a.constant(0)));
  if (held) // nothing is waited for meanwhile, and the process has no memory
    passed = arith::SelectOp::create(at, loc, held, arith::ConstantOp::create(at, loc, at.getI32IntegerAttr(0)), passed);
  auto wait = ir::CountDownOp::create(at, loc, waitField, passed, FlatSymbolRefAttr());
  Value fired = wait.getIsOver();
  auto random = [&](const char *part) -> Value {
    return ir::RandomOp::create(at, loc, at.getF64Type(), ir::RandomKind::Uniform, streamOfPart(part));
  };
  nextWait = random(".spike");
  if (!rule.getMultiple())
    return fired;
  Value rest = arith::UIToFPOp::create(at, loc, at.getF64Type(), wait.getBeyond());
  rest = a.select(fired, a.multiply(rest, a.constant(1 / unitsOfWait)), a.constant(0));
  Value more = ir::PoissonCountOp::create(at, loc, at.getF64Type(), rest, random(".spike.more"), body.getSpikesPerStep());
  count = a.add(more, a.constant(1));
  return fired;
}

} // namespace snn
