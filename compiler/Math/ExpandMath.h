// Transcendental functions without a math library.
//
// Every function is emitted as `arith` operations, `math.fma` and bit casts, with no fast-math flags: each is one IEEE
// operation per lane, so a result has the same bits in a scalar, at every vector width and on every target that has a
// fused multiply-add. Methods, ranges and measured errors are in docs/math.md.

#ifndef SNN_COMPILER_MATH_EXPANDMATH_H
#define SNN_COMPILER_MATH_EXPANDMATH_H

#include <cstdint>
#include <memory>

namespace mlir {
class ImplicitLocOpBuilder;
class Pass;
class RewritePatternSet;
class Value;
} // namespace mlir

namespace snn {

// The `emit` functions insert at the builder's insertion point. `x` is an f32, an f64 or a fixed vector of either, and
// the result has the type of `x`. A NaN gives a NaN, infinities and values beyond the range give the limit.

/// e^x. A result below the smallest normal number becomes 0.
mlir::Value emitExp(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);

/// e^x - 1, accurate near 0.
mlir::Value emitExpm1(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);

/// How the arguments of neighbouring lanes compare. It decides on branches, never on results.
enum class Arguments { Alike, Spread };

/// (e^x - 1) / x, and 1 at 0. For arguments that are alike, neither an exponential nor a division is computed where all
/// lanes are in (-1.25, 0.5) or at least in (-5, 0.5), as in an exponential Euler step; for spread ones, both are, but
/// there is no branch to predict while no lane is positive. Emits an `scf.if`.
mlir::Value emitExprel(mlir::ImplicitLocOpBuilder &builder, mlir::Value x, Arguments arguments = Arguments::Alike);

/// x / (e^x - 1), and 1 at 0: the reciprocal of `emitExprel` for one division, and the one function of few operations
/// rather than few errors: up to 1.9 ulp.
mlir::Value emitRexprel(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);

enum class Slope { Rising, Falling };

/// 1 / (1 + k e^-x), or 1 / (1 + k e^x) if falling, for k from e^-20 to e^20; up to 2.5 ulp. Where `emitRexprel` has the
/// same argument, common subexpressions leave one exponential.
mlir::Value emitLogistic(mlir::ImplicitLocOpBuilder &builder, mlir::Value x, double k = 1, Slope slope = Slope::Rising);

/// Natural logarithm; -inf at 0, NaN below.
mlir::Value emitLog(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);

/// Decimal logarithm; -inf at 0, NaN below.
mlir::Value emitLog10(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);

/// log(1 + x), accurate near 0; -inf at -1, NaN below.
mlir::Value emitLog1p(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);

/// x^y with the special cases of C's `pow`; `x` and `y` have one type.
mlir::Value emitPow(mlir::ImplicitLocOpBuilder &builder, mlir::Value x, mlir::Value y);

/// x^exponent by repeated squaring, and a division if the exponent is negative. Each multiplication rounds.
mlir::Value emitIntegerPower(mlir::ImplicitLocOpBuilder &builder, mlir::Value x, int64_t exponent);

/// Circular functions of an angle in radians. NaN beyond |x| = 2^18 (f32) or 2^45 (f64), where neighbouring numbers are
/// too far apart for an angle to mean much.
mlir::Value emitSin(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);
mlir::Value emitCos(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);
mlir::Value emitTan(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);

/// Hyperbolic functions.
mlir::Value emitSinh(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);
mlir::Value emitCosh(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);
mlir::Value emitTanh(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);

/// The error function.
mlir::Value emitErf(mlir::ImplicitLocOpBuilder &builder, mlir::Value x);

/// Replaces `math.exp`, `expm1`, `log`, `log10`, `log1p`, `powf`, `sin`, `cos`, `tan`, `sinh`, `cosh`, `tanh` and `erf`
/// on f32 and f64 by what the functions above emit. Leaves alone what is one instruction, such as `sqrt`.
void populateExpandMathPatterns(mlir::RewritePatternSet &patterns);

/// `snn-expand-math`: applies these patterns to any operation.
std::unique_ptr<mlir::Pass> createExpandMathPass();

} // namespace snn

#endif // SNN_COMPILER_MATH_EXPANDMATH_H
