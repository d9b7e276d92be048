// Builds f64 arithmetic that is already simplified: constants fold, zeros and ones disappear.
//
// Equations are real-number algebra until they become a step, so `x * 0` is 0 here whatever x is; floating-point folders
// may not assume that.

#ifndef SNN_COMPILER_ALGEBRA_ARITHMETIC_H
#define SNN_COMPILER_ALGEBRA_ARITHMETIC_H

#include "mlir/IR/ImplicitLocOpBuilder.h"

#include <optional>

namespace snn {

class Arithmetic {
public:
  Arithmetic(mlir::OpBuilder &builder, mlir::Location location) : b(location, builder) {}

  mlir::Value constant(double number);
  mlir::Value add(mlir::Value x, mlir::Value y);
  mlir::Value subtract(mlir::Value x, mlir::Value y);
  mlir::Value multiply(mlir::Value x, mlir::Value y);
  mlir::Value divide(mlir::Value x, mlir::Value y);
  mlir::Value negate(mlir::Value x);
  /// x * y + z in one rounding.
  mlir::Value multiplyAdd(mlir::Value x, mlir::Value y, mlir::Value z);
  mlir::Value select(mlir::Value condition, mlir::Value x, mlir::Value y);

  mlir::ImplicitLocOpBuilder &builder() { return b; }

private:
  mlir::ImplicitLocOpBuilder b;
};

/// The number, if the value is a floating-point constant.
std::optional<double> constantOf(mlir::Value value);

} // namespace snn

#endif // SNN_COMPILER_ALGEBRA_ARITHMETIC_H
