#include "compiler/Math/LaneBuilder.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>
#include <limits>

using namespace mlir;

namespace snn {

static Type withElement(Type type, Type element) {
  if (auto vector = dyn_cast<VectorType>(type))
    return VectorType::get(vector.getShape(), element);
  return element;
}

static Value constantOf(OpBuilder &builder, Location loc, Type type, TypedAttr element) {
  if (auto vector = dyn_cast<VectorType>(type))
    element = DenseElementsAttr::get(vector, Attribute(element));
  return arith::ConstantOp::create(builder, loc, element);
}

LaneBuilder::LaneBuilder(ImplicitLocOpBuilder &builder, Type type)
    : builder(builder), type(type), isDouble(getElementTypeOrSelf(type).isF64()) {
  assert((isDouble || getElementTypeOrSelf(type).isF32()) && "only f32 and f64 have expansions");
  bitsType = withElement(type, builder.getIntegerType(isDouble ? 64 : 32));
}

Value LaneBuilder::constant(double value) {
  assert((isDouble || value == static_cast<float>(value)) && "a constant must be exact in its type");
  return constantOf(builder, builder.getLoc(), type, builder.getFloatAttr(getElementTypeOrSelf(type), value));
}

Value LaneBuilder::infinity() { return constant(std::numeric_limits<double>::infinity()); }

Value LaneBuilder::notANumber() {
  Type element = getElementTypeOrSelf(type);
  auto nan = llvm::APFloat::getQNaN(cast<FloatType>(element).getFloatSemantics());
  return constantOf(builder, builder.getLoc(), type, builder.getFloatAttr(element, nan));
}

Value LaneBuilder::integer(int64_t value) {
  return constantOf(builder, builder.getLoc(), bitsType, builder.getIntegerAttr(getElementTypeOrSelf(bitsType), value));
}

Value LaneBuilder::add(Value a, Value b) { return arith::AddFOp::create(builder, a, b); }
Value LaneBuilder::sub(Value a, Value b) { return arith::SubFOp::create(builder, a, b); }
Value LaneBuilder::mul(Value a, Value b) { return arith::MulFOp::create(builder, a, b); }
Value LaneBuilder::div(Value a, Value b) { return arith::DivFOp::create(builder, a, b); }
Value LaneBuilder::negate(Value a) { return arith::NegFOp::create(builder, a); }
Value LaneBuilder::absolute(Value a) { return math::AbsFOp::create(builder, a); }
Value LaneBuilder::floor(Value a) { return math::FloorOp::create(builder, a); }
Value LaneBuilder::fma(Value a, Value b, Value c) { return math::FmaOp::create(builder, a, b, c); }
Value LaneBuilder::copySign(Value a, Value sign) { return math::CopySignOp::create(builder, a, sign); }

Value LaneBuilder::polynomial(Value x, ArrayRef<double> coefficients) {
  Value sum = constant(coefficients.back());
  for (double coefficient : llvm::reverse(coefficients.drop_back()))
    sum = fma(sum, x, constant(coefficient));
  return sum;
}

Value LaneBuilder::compare(arith::CmpFPredicate predicate, Value a, Value b) {
  return arith::CmpFOp::create(builder, predicate, a, b);
}
Value LaneBuilder::select(Value mask, Value a, Value b) { return arith::SelectOp::create(builder, mask, a, b); }

Value LaneBuilder::atMost(Value x, double bound) {
  Value limit = constant(bound);
  return select(compare(arith::CmpFPredicate::OGT, x, limit), limit, x);
}

Value LaneBuilder::atLeast(Value x, double bound) {
  Value limit = constant(bound);
  return select(compare(arith::CmpFPredicate::OLT, x, limit), limit, x);
}

Value LaneBuilder::bits(Value a) { return arith::BitcastOp::create(builder, bitsType, a); }
Value LaneBuilder::fromBits(Value a) { return arith::BitcastOp::create(builder, type, a); }
Value LaneBuilder::addBits(Value a, Value b) { return arith::AddIOp::create(builder, a, b); }
Value LaneBuilder::subBits(Value a, Value b) { return arith::SubIOp::create(builder, a, b); }
Value LaneBuilder::andBits(Value a, Value b) { return arith::AndIOp::create(builder, a, b); }
Value LaneBuilder::xorBits(Value a, Value b) { return arith::XOrIOp::create(builder, a, b); }
Value LaneBuilder::shiftLeft(Value a, int count) { return arith::ShLIOp::create(builder, a, integer(count)); }
Value LaneBuilder::shiftRight(Value a, int count) { return arith::ShRUIOp::create(builder, a, integer(count)); }

Value LaneBuilder::allLanes(Value mask) {
  auto vector = dyn_cast<VectorType>(mask.getType());
  if (!vector)
    return mask;
  int64_t lanes = vector.getNumElements();
  if (vector.getRank() != 1)
    mask = vector::ShapeCastOp::create(builder, VectorType::get({lanes}, builder.getI1Type()), mask);
  // The mask as one integer: the back ends turn the comparison into one test of a mask register or of a sign mask.
  Type word = builder.getIntegerType(lanes);
  Value packed = vector::BitCastOp::create(builder, VectorType::get({1}, word), mask);
  Value bits = vector::ExtractOp::create(builder, packed, ArrayRef<int64_t>{0});
  Value ones = arith::ConstantOp::create(builder, builder.getIntegerAttr(word, llvm::APInt::getAllOnes(lanes)));
  return arith::CmpIOp::create(builder, arith::CmpIPredicate::eq, bits, ones);
}

RoundedInteger roundProduct(LaneBuilder &lanes, Value a, double b, int offset) {
  // Adding a number whose unit in the last place is 1 leaves the integer in the low bits.
  Value shift = lanes.constant(std::ldexp(1.5, lanes.mantissaBits()) + offset);
  Value sum = lanes.fma(a, lanes.constant(b), shift);
  return {sum, lanes.sub(sum, shift)};
}

} // namespace snn
