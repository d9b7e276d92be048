#include "compiler/Algebra/Arithmetic.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace snn {

std::optional<double> constantOf(Value value) {
  FloatAttr attribute;
  if (!matchPattern(value, m_Constant(&attribute)))
    return std::nullopt;
  return attribute.getValueAsDouble();
}

Value Arithmetic::constant(double number) { return arith::ConstantOp::create(b, b.getF64FloatAttr(number)); }

Value Arithmetic::add(Value x, Value y) {
  auto cx = constantOf(x), cy = constantOf(y);
  if (cx && cy)
    return constant(*cx + *cy);
  if (cx == 0.0)
    return y;
  if (cy == 0.0)
    return x;
  return arith::AddFOp::create(b, x, y);
}

Value Arithmetic::subtract(Value x, Value y) {
  auto cx = constantOf(x), cy = constantOf(y);
  if (cx && cy)
    return constant(*cx - *cy);
  if (cy == 0.0)
    return x;
  if (cx == 0.0)
    return negate(y);
  return arith::SubFOp::create(b, x, y);
}

Value Arithmetic::multiply(Value x, Value y) {
  auto cx = constantOf(x), cy = constantOf(y);
  if (cx && cy)
    return constant(*cx * *cy);
  if (cx == 0.0 || cy == 0.0)
    return constant(0);
  if (cx == 1.0)
    return y;
  if (cy == 1.0)
    return x;
  return arith::MulFOp::create(b, x, y);
}

Value Arithmetic::divide(Value x, Value y) {
  auto cx = constantOf(x), cy = constantOf(y);
  if (cx && cy && *cy != 0)
    return constant(*cx / *cy);
  if (cx == 0.0)
    return constant(0);
  if (cy == 1.0)
    return x;
  return arith::DivFOp::create(b, x, y);
}

Value Arithmetic::negate(Value x) {
  if (auto cx = constantOf(x))
    return constant(-*cx);
  return arith::NegFOp::create(b, x);
}

Value Arithmetic::multiplyAdd(Value x, Value y, Value z) {
  auto cx = constantOf(x), cy = constantOf(y);
  if (cx == 0.0 || cy == 0.0 || cx == 1.0 || cy == 1.0 || (cx && cy))
    return add(multiply(x, y), z);
  if (constantOf(z) == 0.0)
    return multiply(x, y);
  return math::FmaOp::create(b, x, y, z);
}

Value Arithmetic::select(Value condition, Value x, Value y) {
  if (x == y)
    return x;
  return arith::SelectOp::create(b, condition, x, y);
}

} // namespace snn
