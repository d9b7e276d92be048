#include "compiler/Transforms/Solve/LazyStates.h"

#include "compiler/Report.h"
#include "compiler/Transforms/Solve/Solver.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace snn {

Value timeSinceUpdate(OpBuilder &builder, ir::IntegrateOp system) {
  Location loc = system.getLoc();
  ir::EventStepOp now;
  for (Operation *op = system->getNextNode(); op && !now; op = op->getNextNode())
    now = dyn_cast<ir::EventStepOp>(op);
  now->moveBefore(system);
  Value before = ir::ReadOp::create(builder, loc, now.getType(), lazyField);
  Value steps = arith::SubIOp::create(builder, loc, now, before);
  Value count = arith::UIToFPOp::create(builder, loc, builder.getF64Type(), steps);
  return arith::MulFOp::create(builder, loc, count, ir::StepSizeOp::create(builder, loc, builder.getF64Type()));
}

/// Any number of steps at once takes a closed form, here of equations that can be taken one by one.
LogicalResult Solver::requireClosedForm() {
  Indices members = withMethod(ir::Method::Exact);
  LinearSystem linear(form, statesOf(members));
  for (Equation &equation : equations) {
    auto refuse = [&](const Twine &why) {
      return reject(equation.op.getLoc(), DiagnosticCode::P6)
             << "`" << StringRef(equation.state).rsplit('.').second
             << "` is kept for every connection, where only an equation is supported yet that "
             << "can be solved over any time: " << why;
    };
    if (equation.method != ir::Method::Exact)
      return refuse("this one is not linear with coefficients that do not change in time");
    std::optional<LinearRow> row = linear.row(equation.form);
    if (row && row->coefficients.size() > 1)
      return refuse("this one depends on other states");
  }
  return success();
}

} // namespace snn
