#include "compiler/Transforms/Solve/ShareExponentials.h"

#include "dialects/snn/SnnDialect.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

#include <cmath>

using namespace mlir;

namespace snn {

/// The polynomial as a number; nothing if it is more than that.
static std::optional<double> asNumber(const Polynomial &p) {
  if (p.empty())
    return 0.0;
  return p.size() == 1 && p.begin()->first.empty() ? std::optional(p.begin()->second) : std::nullopt;
}

/// Moves what computes the value, as far as it stands behind `user` in the block, in front of it.
static void moveBefore(Value value, Operation *user) {
  Operation *op = value.getDefiningOp();
  if (!op || op->getBlock() != user->getBlock() || op->isBeforeInBlock(user))
    return;
  for (Value operand : op->getOperands())
    moveBefore(operand, user);
  op->moveBefore(user);
}

/// A factor k that makes k e^(sign r) the same as the logistic function's k e^x, r being the argument of the rexprel.
static std::optional<double> factorFor(ir::LogisticOp logistic, const Polynomial &x, const Polynomial &r, double sign) {
  std::optional<double> distance = asNumber(x + (-sign) * r);
  if (!distance)
    return std::nullopt;
  double direction = logistic.getDecreasing() ? 1 : -1;
  double k = logistic.getK().convertToDouble() * std::exp(direction * *distance);
  return isLogisticFactor(k) ? std::optional(k) : std::nullopt;
}

static void shareWith(ir::LogisticOp logistic, ArrayRef<ir::RexprelOp> rates, NormalForm &form) {
  Polynomial x = form.collect(logistic.getX());
  for (ir::RexprelOp rate : rates)
    for (double sign : {1.0, -1.0})
      if (auto k = factorFor(logistic, x, form.collect(rate.getX()), sign)) {
        moveBefore(rate.getX(), logistic);
        logistic.getXMutable().assign(rate.getX());
        logistic.setK(APFloat(*k));
        logistic.setDecreasing(logistic.getDecreasing() == (sign > 0));
        return;
      }
}

void shareExponentials(NormalForm &form, Block &block) {
  SmallVector<ir::RexprelOp> rates(block.getOps<ir::RexprelOp>());
  for (ir::LogisticOp logistic : SmallVector<ir::LogisticOp>(block.getOps<ir::LogisticOp>()))
    shareWith(logistic, rates, form);
}

} // namespace snn
