#include "compiler/Algebra/Derivative.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Report.h"
#include "dialects/snn/SnnDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include "llvm/ADT/TypeSwitch.h"

#include <numbers>

using namespace mlir;

namespace snn {

static bool dependsOn(Value value, Value variable, DenseMap<Value, bool> &known) {
  if (value == variable)
    return true;
  if (auto it = known.find(value); it != known.end())
    return it->second;
  bool depends = false;
  if (Operation *op = value.getDefiningOp())
    depends = llvm::any_of(op->getOperands(), [&](Value operand) { return dependsOn(operand, variable, known); });
  return known[value] = depends;
}

bool dependsOn(Value value, Value variable) {
  DenseMap<Value, bool> known;
  return dependsOn(value, variable, known);
}

namespace {

class Differentiator {
public:
  Differentiator(OpBuilder &builder, Location location, Value variable) : a(builder, location), variable(variable) {}

  /// Null where the operation is unknown.
  Value of(Value value);

private:
  Value ofOperation(Operation *op);
  /// Of a function of one argument, by its own derivative.
  Value chain(Operation *op, Value outer) { return a.multiply(outer, of(op->getOperand(0))); }
  Value one() { return a.constant(1); }
  Value square(Value x) { return a.multiply(x, x); }
  Value exprelDerivative(Value x, Value exprel);

  Arithmetic a;
  Value variable;
  DenseMap<Value, Value> memo;
  DenseMap<Value, bool> dependence;
};

} // namespace

/// (e^x - exprel(x)) / x, by its series where that cancels.
Value Differentiator::exprelDerivative(Value x, Value exprel) {
  auto &b = a.builder();
  Value direct = a.divide(a.subtract(math::ExpOp::create(b, x), exprel), x);
  Value series = a.multiplyAdd(x, a.multiplyAdd(x, a.constant(1. / 8), a.constant(1. / 3)), a.constant(0.5));
  Value small = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, math::AbsFOp::create(b, x), a.constant(1e-3));
  return a.select(small, series, direct);
}

Value Differentiator::of(Value value) {
  if (value == variable)
    return one();
  if (auto it = memo.find(value); it != memo.end())
    return it->second;
  Value result = dependsOn(value, variable, dependence) ? ofOperation(value.getDefiningOp()) : a.constant(0);
  return memo[value] = result;
}

Value Differentiator::ofOperation(Operation *op) {
  auto &b = a.builder();
  Value y = op->getResult(0);
  auto arg = [&](unsigned i) { return op->getOperand(i); };
  // A sub-expression that cannot be differentiated makes the whole unknown.
  for (Value operand : op->getOperands())
    if (operand.getType().isF64() && !of(operand))
      return {};
  return TypeSwitch<Operation *, Value>(op)
      .Case([&](arith::AddFOp) { return a.add(of(arg(0)), of(arg(1))); })
      .Case([&](arith::SubFOp) { return a.subtract(of(arg(0)), of(arg(1))); })
      .Case([&](arith::NegFOp) { return a.negate(of(arg(0))); })
      .Case([&](arith::MulFOp) { return a.add(a.multiply(of(arg(0)), arg(1)), a.multiply(arg(0), of(arg(1)))); })
      .Case([&](arith::DivFOp) { return a.divide(a.subtract(of(arg(0)), a.multiply(y, of(arg(1)))), arg(1)); })
      .Case([&](math::FmaOp) {
        return a.add(a.add(a.multiply(of(arg(0)), arg(1)), a.multiply(arg(0), of(arg(1)))), of(arg(2)));
      })
      .Case([&](arith::SelectOp) { return a.select(arg(0), of(arg(1)), of(arg(2))); })
      .Case([&](math::ExpOp) { return chain(op, y); })
      .Case([&](math::ExpM1Op) { return chain(op, a.add(y, one())); })
      .Case([&](math::LogOp) { return chain(op, a.divide(one(), arg(0))); })
      .Case([&](math::Log10Op) { return chain(op, a.divide(a.constant(1 / std::numbers::ln10), arg(0))); })
      .Case([&](math::Log1pOp) { return chain(op, a.divide(one(), a.add(arg(0), one()))); })
      .Case([&](math::SqrtOp) { return chain(op, a.divide(a.constant(0.5), y)); })
      .Case([&](math::SinOp) { return chain(op, math::CosOp::create(b, arg(0))); })
      .Case([&](math::CosOp) { return chain(op, a.negate(math::SinOp::create(b, arg(0)))); })
      .Case([&](math::TanOp) { return chain(op, a.add(square(y), one())); })
      .Case([&](math::SinhOp) { return chain(op, math::CoshOp::create(b, arg(0))); })
      .Case([&](math::CoshOp) { return chain(op, math::SinhOp::create(b, arg(0))); })
      .Case([&](math::TanhOp) { return chain(op, a.subtract(one(), square(y))); })
      .Case([&](math::ErfOp) {
        Value gauss = math::ExpOp::create(b, a.negate(square(arg(0))));
        return chain(op, a.multiply(a.constant(2 * std::numbers::inv_sqrtpi), gauss));
      })
      .Case([&](math::PowFOp) { // y' = y (e' log x + e x'/x); the logarithm only if the exponent varies
        Value base = a.multiply(a.multiply(arg(1), math::PowFOp::create(b, arg(0), a.subtract(arg(1), one()))), of(arg(0)));
        if (!dependsOn(arg(1), variable, dependence))
          return base;
        return a.add(base, a.multiply(a.multiply(y, math::LogOp::create(b, arg(0))), of(arg(1))));
      })
      .Case([&](ir::ExprelOp) { return chain(op, exprelDerivative(arg(0), y)); })
      .Case([&](ir::LogisticOp logistic) { // y' = y (1 - y) x'
        Value slope = a.multiply(y, a.subtract(one(), y));
        return chain(op, logistic.getDecreasing() ? a.negate(slope) : slope);
      })
      .Case([&](math::AbsFOp) { return chain(op, math::CopySignOp::create(b, one(), arg(0))); })
      .Case<math::FloorOp, math::CeilOp, math::RoundEvenOp, math::CopySignOp>([&](auto) { return a.constant(0); })
      .Default([](Operation *) { return Value(); });
}

FailureOr<Value> differentiate(OpBuilder &builder, Value value, Value variable) {
  Value result = Differentiator(builder, value.getLoc(), variable).of(value);
  if (!result)
    return reject(value.getLoc(), DiagnosticCode::M10)
           << "the derivative of this expression is not known; choose `method euler`, `rk2` or `rk4`";
  return result;
}

} // namespace snn
