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

/// Equations of a system see the values of its start, so one read of a slot serves them all.
static void shareReads(ir::IntegrateOp system) {
  llvm::StringMap<ir::ReadOp> first;
  for (auto read : llvm::make_early_inc_range(system.getBody().front().getOps<ir::ReadOp>())) {
    auto [it, isNew] = first.try_emplace(read.getSlot(), read);
    if (isNew)
      continue;
    read.replaceAllUsesWith(it->second.getValue());
    read.erase();
  }
}

namespace {

struct SolveOdesPass : snn::impl::SolveOdesBase<SolveOdesPass> {
  void runOnOperation() override {
    ir::BodyOp body = getOperation();
    SmallVector<ir::IntegrateOp> systems;
    body.walk([&](ir::IntegrateOp op) { systems.push_back(op); });
    llvm::for_each(systems, shareReads);
    IRRewriter rewriter(body.getContext());
    DominanceInfo dominance(body);
    eliminateCommonSubExpressions(rewriter, dominance, body);
    SmallVector<Value> normals = expandWhiteNoise(body);
    for (ir::IntegrateOp system : systems)
      if (failed(Solver(system, normals).solve()))
        return signalPassFailure();
  }
};

} // namespace
