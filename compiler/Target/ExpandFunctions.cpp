// `snn-expand-functions`: transcendental functions, and exprel with its reciprocal, as polynomials.

#include "compiler/Math/ExpandMath.h"
#include "compiler/Target/LowerToLlvm.h"
#include "dialects/snn/SnnDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

using namespace mlir;

namespace {

template <typename OpT, Value (*emit)(ImplicitLocOpBuilder &, Value)> struct Expand : OpRewritePattern<OpT> {
  using OpRewritePattern<OpT>::OpRewritePattern;
  LogicalResult matchAndRewrite(OpT op, PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder builder(op.getLoc(), rewriter);
    rewriter.replaceOp(op, emit(builder, op.getX()));
    return success();
  }
};

struct ExpandFunctionsPass : PassWrapper<ExpandFunctionsPass, OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ExpandFunctionsPass)

  StringRef getArgument() const override { return "snn-expand-functions"; }
  StringRef getDescription() const override { return "Expand transcendental functions into polynomials"; }
  void getDependentDialects(DialectRegistry &registry) const override {
    registry.insert<arith::ArithDialect, math::MathDialect, scf::SCFDialect, vector::VectorDialect>();
  }
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    snn::populateExpandMathPatterns(patterns);
    patterns.add<Expand<snn::ir::ExprelOp, snn::emitExprel>, Expand<snn::ir::RexprelOp, snn::emitRexprel>>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace

std::unique_ptr<Pass> snn::createExpandFunctionsPass() { return std::make_unique<ExpandFunctionsPass>(); }
