// Expressions as MLIR text, for tests that take them apart and put them together.

#ifndef SNN_TEST_UNIT_COMPILER_EXPRESSION_H
#define SNN_TEST_UNIT_COMPILER_EXPRESSION_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <map>
#include <string>

namespace snn::test {

/// Straight-line code over the inputs %x and %y that defines %f, for instance "%f = arith.mulf %x, %y : f64".
class Expression {
public:
  explicit Expression(const std::string &code);

  mlir::Value x, y, f;
  mlir::OpBuilder builder; ///< at the end of the code

  /// The value of any expression of the module where the inputs have these values.
  double evaluate(mlir::Value value, double atX, double atY) const;

private:
  explicit Expression(std::unique_ptr<mlir::MLIRContext> context, const std::string &code);

  std::unique_ptr<mlir::MLIRContext> context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace snn::test

#endif // SNN_TEST_UNIT_COMPILER_EXPRESSION_H
