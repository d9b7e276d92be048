// pow against the C library, on random and on all special pairs; and integer powers.

#include "Functions.h"

#include "compiler/Math/ExpandMath.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>

namespace snn::test {
namespace {

template <typename T> using Exact = std::conditional_t<std::is_same_v<T, float>, double, long double>;

template <typename T> void checkRandomPairs(size_t count) {
  std::mt19937_64 random(11);
  std::vector<T> x, y;
  double largestLog = std::numeric_limits<T>::max_exponent * 0.7;
  for (size_t i = 0; i < count; ++i) {
    // Bases from all binades or near 1; exponents that use the whole range of results, or small ones as in models.
    T base = i % 2 ? std::exp(std::uniform_real_distribution<T>(-largestLog, largestLog)(random))
                   : std::uniform_real_distribution<T>(0.5, 2)(random);
    T reach = i % 4 < 2 ? T(largestLog) / std::max(std::abs(std::log(base)), T(1e-6)) : T(4);
    x.push_back(base);
    y.push_back(std::uniform_real_distribution<T>(-reach, reach)(random));
  }
  std::vector<T> computed = Kernel(emitPowOfTwoArguments(), {precisionOf<T>})(x, y);
  double worst = 0;
  size_t at = 0;
  for (size_t i = 0; i < count; ++i)
    if (double error = ulpError(computed[i], std::pow(Exact<T>(x[i]), Exact<T>(y[i])), Underflow::Gradual);
        error > worst) {
      worst = error;
      at = i;
    }
  std::printf("  %-8s %s: %.2f ulp at (%.17g, %.17g)\n", "pow", std::is_same_v<T, float> ? "f32" : "f64", worst,
              double(x[at]), double(y[at]));
  EXPECT_LE(worst, 3);
}

TEST(Pow, RandomPairsF32) { checkRandomPairs<float>(2'000'000); }
TEST(Pow, RandomPairsF64) { checkRandomPairs<double>(600'000); }

template <typename T> void checkSpecialPairs() {
  using Limits = std::numeric_limits<T>;
  std::vector<T> values;
  for (T magnitude : {T(0),
                      Limits::denorm_min(),
                      Limits::min(),
                      T(0.3),
                      T(0.5),
                      std::nextafter(T(1), T(0)),
                      T(1),
                      std::nextafter(T(1), T(2)),
                      T(1.5),
                      T(2),
                      T(3),
                      T(4),
                      T(5),
                      T(101),
                      T(1) / Limits::epsilon(),
                      T(1) / Limits::epsilon() - 1,
                      T(4) / Limits::epsilon(),
                      Limits::max(),
                      Limits::infinity(),
                      Limits::quiet_NaN()})
    for (T sign : {T(1), T(-1)})
      values.push_back(std::copysign(magnitude, sign));
  std::vector<T> x, y;
  for (T base : values)
    for (T exponent : values) {
      x.push_back(base);
      y.push_back(exponent);
    }
  std::vector<T> computed = Kernel(emitPowOfTwoArguments(), {precisionOf<T>})(x, y);
  for (size_t i = 0; i < x.size(); ++i) {
    T expected = static_cast<T>(std::pow(Exact<T>(x[i]), Exact<T>(y[i])));
    EXPECT_LE(ulpError(computed[i], Exact<T>(expected), Underflow::Gradual), 3)
        << "pow(" << x[i] << ", " << y[i] << ") = " << computed[i];
    EXPECT_EQ(std::signbit(computed[i]) && !std::isnan(computed[i]), std::signbit(expected) && !std::isnan(expected))
        << "pow(" << x[i] << ", " << y[i] << ") = " << computed[i];
  }
}

TEST(Pow, SpecialPairsF32) { checkSpecialPairs<float>(); }
TEST(Pow, SpecialPairsF64) { checkSpecialPairs<double>(); }

template <int exponent> mlir::Value emitFixedPower(mlir::ImplicitLocOpBuilder &builder, mlir::Value x, mlir::Value) {
  return emitIntegerPower(builder, x, exponent);
}

template <int exponent> void checkIntegerPower(double limit) {
  std::vector<double> x;
  for (int i = -4000; i <= 4000; ++i)
    x.push_back(i * 0.00123);
  std::vector<double> computed = Kernel(emitFixedPower<exponent>, {Precision::F64})(x);
  for (size_t i = 0; i < x.size(); ++i) {
    long double exact = exponent == 0 ? 1 : std::pow((long double)x[i], (long double)exponent);
    EXPECT_LE(ulpError(computed[i], exact, Underflow::Gradual), limit) << x[i] << "^" << exponent;
  }
}

// Every multiplication adds at most one unit, and doubles what a squared factor brings along.
TEST(IntegerPower, RoundsOncePerMultiplication) {
  checkIntegerPower<0>(0);
  checkIntegerPower<1>(0);
  checkIntegerPower<2>(0.5);
  checkIntegerPower<3>(1.5);
  checkIntegerPower<4>(1.5 + 0.5);
  checkIntegerPower<7>(6);
  checkIntegerPower<-1>(0.5);
  checkIntegerPower<-3>(2);
}

} // namespace
} // namespace snn::test
