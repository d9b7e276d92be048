#include "compiler/Math/ExpandMath.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace snn {

static bool hasExpansion(Type type) {
  Type element = getElementTypeOrSelf(type);
  auto vector = dyn_cast<VectorType>(type);
  return (element.isF32() || element.isF64()) && (type == element || (vector && !vector.isScalable()));
}

namespace {

template <typename Op, Value (*emit)(ImplicitLocOpBuilder &, Value)> struct ExpandUnary : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    if (!hasExpansion(op.getType()))
      return rewriter.notifyMatchFailure(op, "only f32, f64 and fixed vectors of them have expansions");
    ImplicitLocOpBuilder builder(op.getLoc(), rewriter);
    rewriter.replaceOp(op, emit(builder, op.getOperand()));
    return success();
  }
};

struct ExpandPow : OpRewritePattern<math::PowFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(math::PowFOp op, PatternRewriter &rewriter) const override {
    if (!hasExpansion(op.getType()))
      return rewriter.notifyMatchFailure(op, "only f32, f64 and fixed vectors of them have expansions");
    ImplicitLocOpBuilder builder(op.getLoc(), rewriter);
    rewriter.replaceOp(op, emitPow(builder, op.getLhs(), op.getRhs()));
    return success();
  }
};

struct ExpandMathPass : PassWrapper<ExpandMathPass, OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ExpandMathPass)

  StringRef getArgument() const override { return "snn-expand-math"; }
  StringRef getDescription() const override { return "expand transcendental functions into polynomials"; }

  void getDependentDialects(DialectRegistry &registry) const override {
    registry.insert<arith::ArithDialect, math::MathDialect, scf::SCFDialect, vector::VectorDialect>();
  }

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateExpandMathPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

void populateExpandMathPatterns(RewritePatternSet &patterns) {
  patterns
      .add<ExpandUnary<math::ExpOp, emitExp>, ExpandUnary<math::ExpM1Op, emitExpm1>, ExpandUnary<math::LogOp, emitLog>,
           ExpandUnary<math::Log10Op, emitLog10>, ExpandUnary<math::Log1pOp, emitLog1p>,
           ExpandUnary<math::SinOp, emitSin>, ExpandUnary<math::CosOp, emitCos>, ExpandUnary<math::TanOp, emitTan>,
           ExpandUnary<math::SinhOp, emitSinh>, ExpandUnary<math::CoshOp, emitCosh>,
           ExpandUnary<math::TanhOp, emitTanh>, ExpandUnary<math::ErfOp, emitErf>, ExpandPow>(patterns.getContext());
}

std::unique_ptr<Pass> createExpandMathPass() { return std::make_unique<ExpandMathPass>(); }

} // namespace snn
