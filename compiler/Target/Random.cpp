#include "compiler/Target/Random.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <cmath>
#include <numbers>

using namespace mlir;

namespace snn {

Type RandomNumbers::lanesOf(Type element) const {
  return lanes == 1 ? element : static_cast<Type>(VectorType::get({static_cast<int64_t>(lanes)}, element));
}

Value RandomNumbers::broadcast(Value scalar) {
  return lanes == 1 ? scalar : vector::BroadcastOp::create(b, lanesOf(scalar.getType()), scalar).getResult();
}

Value RandomNumbers::constant(Type element, double number) {
  TypedAttr attribute;
  if (isa<FloatType>(element))
    attribute = FloatAttr::get(element, number);
  else
    attribute = IntegerAttr::get(element, static_cast<int64_t>(number));
  if (lanes > 1)
    attribute = DenseElementsAttr::get(cast<ShapedType>(lanesOf(element)), Attribute(attribute));
  return arith::ConstantOp::create(b, attribute);
}

RandomNumbers::RandomNumbers(ImplicitLocOpBuilder &builder, unsigned lanes, Type real, Value seed, Value stream, Value element,
                             Value step)
    : b(builder), lanes(lanes), real(real) {
  Type i32 = b.getI32Type();
  Value half = arith::ConstantOp::create(b, b.getI64IntegerAttr(32));
  auto low = [&](Value wide) -> Value { return arith::TruncIOp::create(b, i32, wide); };
  auto high = [&](Value wide) -> Value { return low(arith::ShRUIOp::create(b, wide, half)); };
  Words counter = {element, broadcast(high(step)), broadcast(low(step)), broadcast(stream)};
  words = philox(counter, low(seed), high(seed));
}

/// High and low word of a 32 x 32 bit product.
std::pair<Value, Value> RandomNumbers::multiply(uint32_t factor, Value word) {
  Type i64 = b.getI64Type();
  Value wide = arith::MulIOp::create(b, arith::ExtUIOp::create(b, lanesOf(i64), word), constant(i64, factor));
  Value high = arith::TruncIOp::create(b, lanesOf(b.getI32Type()), arith::ShRUIOp::create(b, wide, constant(i64, 32)));
  return {high, arith::TruncIOp::create(b, lanesOf(b.getI32Type()), wide)};
}

RandomNumbers::Words RandomNumbers::philox(Words c, Value keyLow, Value keyHigh) {
  auto addKey = [&](Value key, uint32_t weyl) -> Value {
    return arith::AddIOp::create(b, key, arith::ConstantOp::create(b, b.getI32IntegerAttr(static_cast<int32_t>(weyl))));
  };
  auto exclusiveOr = [&](Value x, Value y) -> Value { return arith::XOrIOp::create(b, x, y); };
  for (int round = 0; round < 10; ++round) {
    auto [high0, low0] = multiply(0xD2511F53u, c[0]);
    auto [high1, low1] = multiply(0xCD9E8D57u, c[2]);
    c = {exclusiveOr(exclusiveOr(high1, c[1]), broadcast(keyLow)), low1,
         exclusiveOr(exclusiveOr(high0, c[3]), broadcast(keyHigh)), low0};
    keyLow = addKey(keyLow, 0x9E3779B9u);
    keyHigh = addKey(keyHigh, 0xBB67AE85u);
  }
  return c;
}

/// A number in [0, 1) from the leading bits of two words (of the first only, in single precision).
Value RandomNumbers::fraction(Value high, Value low) {
  if (real.isF32()) {
    Value bits = arith::ShRUIOp::create(b, high, constant(b.getI32Type(), 8));
    return arith::MulFOp::create(b, arith::UIToFPOp::create(b, lanesOf(real), bits), constant(real, 0x1p-24));
  }
  Type i64 = b.getI64Type();
  Value top = arith::ShLIOp::create(b, arith::ExtUIOp::create(b, lanesOf(i64), high), constant(i64, 32));
  Value bits = arith::OrIOp::create(b, top, arith::ExtUIOp::create(b, lanesOf(i64), low));
  bits = arith::ShRUIOp::create(b, bits, constant(i64, 11));
  return arith::MulFOp::create(b, arith::UIToFPOp::create(b, lanesOf(real), bits), constant(real, 0x1p-53));
}

Value RandomNumbers::uniform() { return fraction(words[0], words[1]); }

Value RandomNumbers::normal() {
  Value away = arith::SubFOp::create(b, constant(real, 1), fraction(words[0], words[1])); // (0, 1]
  Value radius = math::SqrtOp::create(b, arith::MulFOp::create(b, constant(real, -2), math::LogOp::create(b, away)));
  Value angle = arith::MulFOp::create(b, constant(real, 2 * std::numbers::pi), fraction(words[2], words[3]));
  return arith::MulFOp::create(b, radius, math::CosOp::create(b, angle));
}

} // namespace snn
