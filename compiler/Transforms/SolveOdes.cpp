#include "compiler/Transforms/Passes.h"

#include "compiler/Transforms/Solve/Solver.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/CSE.h"

namespace snn {
#define GEN_PASS_DEF_SOLVEODES
#include "compiler/Transforms/Passes.h.inc"
} // namespace snn

using namespace mlir;
using namespace snn;

namespace {

struct SolveOdesPass : snn::impl::SolveOdesBase<SolveOdesPass> {
  void runOnOperation() override {
    ir::BodyOp body = getOperation();
    IRRewriter rewriter(body.getContext());
    DominanceInfo dominance(body);
    eliminateCommonSubExpressions(rewriter, dominance, body);
    SmallVector<ir::IntegrateOp> systems;
    body.walk([&](ir::IntegrateOp op) { systems.push_back(op); });
    for (ir::IntegrateOp system : systems)
      if (failed(Solver(system).solve()))
        return signalPassFailure();
  }
};

} // namespace
