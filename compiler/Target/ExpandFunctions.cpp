// `snn-expand-functions`: transcendental functions, and exprel with its reciprocal and the logistic function, as polynomials.

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

struct ExpandExprel : OpRewritePattern<snn::ir::ExprelOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(snn::ir::ExprelOp op, PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder builder(op.getLoc(), rewriter);
    auto arguments = op.getSpread() ? snn::Arguments::Spread : snn::Arguments::Alike;
    rewriter.replaceOp(op, snn::emitExprel(builder, op.getX(), arguments));
    return success();
  }
};

struct ExpandRexprel : OpRewritePattern<snn::ir::RexprelOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(snn::ir::RexprelOp op, PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder builder(op.getLoc(), rewriter);
    rewriter.replaceOp(op, snn::emitRexprel(builder, op.getX()));
    return success();
  }
};

struct ExpandLogistic : OpRewritePattern<snn::ir::LogisticOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(snn::ir::LogisticOp op, PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder builder(op.getLoc(), rewriter);
    auto slope = op.getDecreasing() ? snn::Slope::Falling : snn::Slope::Rising;
    rewriter.replaceOp(op, snn::emitLogistic(builder, op.getX(), op.getK().convertToDouble(), slope));
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
    patterns.add<ExpandExprel, ExpandRexprel, ExpandLogistic>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace

std::unique_ptr<Pass> snn::createExpandFunctionsPass() { return std::make_unique<ExpandFunctionsPass>(); }
