#include "compiler/Transforms/Instantiate/WeightChange.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Algebra/Derivative.h"
#include "compiler/Report.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace snn {

/// Is `value` the product of `weight` and something that does not depend on it?
static bool isMultipleOf(Value value, Value weight) {
  if (value == weight)
    return true;
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumOperands() == 0)
    return false;
  Value first = op->getOperand(0), second = op->getNumOperands() > 1 ? op->getOperand(1) : Value();
  if (isa<arith::NegFOp>(op))
    return isMultipleOf(first, weight);
  if (isa<arith::DivFOp>(op))
    return isMultipleOf(first, weight) && !dependsOn(second, weight);
  if (isa<arith::MulFOp>(op))
    return (isMultipleOf(first, weight) && !dependsOn(second, weight)) || (isMultipleOf(second, weight) && !dependsOn(first, weight));
  if (isa<arith::AddFOp>(op)) // the state that an event adds to counts as zero
    return (constantOf(first) == 0.0 && isMultipleOf(second, weight)) || (constantOf(second) == 0.0 && isMultipleOf(first, weight));
  return false;
}

FailureOr<Value> buildAmountPerWeight(OpBuilder &builder, Location loc, WeightToAmount toAmount) {
  Value one = Arithmetic(builder, loc).constant(1);
  // What is asked for is known for a weight that stands for any; it is not part of the result.
  Value any = ir::WeightOp::create(builder, loc, builder.getF64Type(), UnitAttr(), UnitAttr());
  Operation *last = &builder.getInsertionBlock()->back();
  bool isMultiple = isMultipleOf(toAmount(builder, any), any);
  while (&builder.getInsertionBlock()->back() != last)
    builder.getInsertionBlock()->back().erase();
  last->erase();
  if (!isMultiple)
    return failure();
  Value ofOne = toAmount(builder, one);
  return constantOf(ofOne) == 1.0 ? Value() : ofOne;
}

LogicalResult buildChangedAmount(OpBuilder &builder, ir::ReweighOp change, Region &amount, StringRef name, const Spelling &spelling,
                                 Settings &settings, Arguments &arguments, WeightToAmount toAmount) {
  Location loc = change.getLoc();
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&amount);
  Arithmetic a(builder, loc);
  Value stored = ir::WeightOp::create(builder, loc, builder.getF64Type(), UnitAttr(), UnitAttr());
  if (!isMultipleOf(toAmount(builder, stored), stored))
    return reject(loc, DiagnosticCode::X3) << "what an event adds is not proportional to the weight, so this weight cannot be changed "
                                              "while the network runs";
  Value one = a.constant(1), ofOne = toAmount(builder, one);
  Value weight = ofOne == one ? stored : a.divide(stored, ofOne);
  auto copy = [&](Region &region, const Twine &as, const Spelling &shown) {
    Block::iterator last = std::prev(builder.getInsertionPoint());
    Value result = copyWithSettings(builder, region, as.str(), shown, settings, arguments, nullptr);
    for (Operation &op : llvm::make_early_inc_range(llvm::make_range(std::next(last), builder.getInsertionPoint())))
      if (auto old = dyn_cast<ir::WeightOp>(op)) {
        if (result == old.getValue())
          result = weight;
        old.getValue().replaceAllUsesWith(weight);
        old.erase();
      }
    return result;
  };
  bool isNumber = constantOf(cast<ir::YieldOp>(change.getValue().front().getTerminator()).getValues().front()).has_value();
  Value changed = toAmount(builder, copy(change.getValue(), name, isNumber ? spelling : Spelling()));
  if (!change.getCondition().empty())
    changed = arith::SelectOp::create(builder, loc, copy(change.getCondition(), name + ".where", {}), changed, stored);
  ir::YieldOp::create(builder, loc, changed);
  return success();
}

} // namespace snn
