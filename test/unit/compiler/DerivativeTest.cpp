// Symbolic derivatives against central differences of every function a right-hand side can have.

#include "compiler/Algebra/Derivative.h"

#include "Expression.h"

#include "mlir/IR/Diagnostics.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace snn;
using namespace snn::test;

namespace {

struct Case {
  const char *name, *code;
  double low, high; ///< of x; y is 1.3
};

constexpr double yValue = 1.3;

void PrintTo(const Case &c, std::ostream *stream) { *stream << c.name; }

class Derivative : public testing::TestWithParam<Case> {};

} // namespace

TEST_P(Derivative, IsTheLimitOfDifferences) {
  Expression e(GetParam().code);
  auto derivative = differentiate(e.builder, e.f, e.x);
  ASSERT_TRUE(succeeded(derivative));
  const int points = 41;
  for (int k = 0; k < points; ++k) {
    double x = GetParam().low + (GetParam().high - GetParam().low) * k / (points - 1);
    // Truncation and rounding of the difference meet near h = cbrt(2^-52): errors of some 1e-10, times higher derivatives.
    double h = 1e-5;
    double difference = (e.evaluate(e.f, x + h, yValue) - e.evaluate(e.f, x - h, yValue)) / (2 * h);
    double value = e.evaluate(*derivative, x, yValue);
    EXPECT_NEAR(value, difference, 1e-7 * std::max(1.0, std::abs(difference))) << "at x = " << x;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Algebra, Derivative,
    testing::Values(
        Case{"identity", "%f = arith.addf %x, %y : f64", -2, 2},
        Case{"difference", "%f = arith.subf %y, %x : f64", -2, 2}, Case{"negation", "%f = arith.negf %x : f64", -2, 2},
        Case{"square", "%f = arith.mulf %x, %x : f64", -2, 2},
        Case{"product", "%e = math.exp %x : f64\n%f = arith.mulf %e, %x : f64", -2, 2},
        Case{"quotient", "%e = math.exp %x : f64\n%f = arith.divf %x, %e : f64", -2, 2},
        Case{"reciprocal", "%f = arith.divf %y, %x : f64", 0.5, 3},
        Case{"fma", "%f = math.fma %x, %x, %x : f64", -2, 2},
        Case{"select",
             "%b = arith.cmpf olt, %x, %y : f64\n%q = arith.mulf %x, %x : f64\n"
             "%f = arith.select %b, %q, %x : f64",
             -2, 1.2},
        Case{"otherBranch",
             "%b = arith.cmpf olt, %x, %y : f64\n%q = arith.mulf %x, %x : f64\n"
             "%f = arith.select %b, %q, %x : f64",
             1.4, 3},
        Case{"chain", "%q = arith.mulf %x, %x : f64\n%s = math.sin %q : f64\n%f = math.exp %s : f64", -2, 2},
        Case{"shared", "%e = math.exp %x : f64\n%a = arith.mulf %e, %e : f64\n%f = arith.addf %a, %e : f64", -1, 1}),
    [](const auto &info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Functions, Derivative,
    testing::Values(
        Case{"exp", "%f = math.exp %x : f64", -3, 3}, Case{"expm1", "%f = math.expm1 %x : f64", -3, 3},
        Case{"log", "%f = math.log %x : f64", 0.1, 5}, Case{"log10", "%f = math.log10 %x : f64", 0.1, 5},
        Case{"log1p", "%f = math.log1p %x : f64", -0.8, 5}, Case{"sqrt", "%f = math.sqrt %x : f64", 0.1, 5},
        Case{"sin", "%f = math.sin %x : f64", -4, 4}, Case{"cos", "%f = math.cos %x : f64", -4, 4},
        Case{"tan", "%f = math.tan %x : f64", -1.2, 1.2}, Case{"sinh", "%f = math.sinh %x : f64", -3, 3},
        Case{"cosh", "%f = math.cosh %x : f64", -3, 3}, Case{"tanh", "%f = math.tanh %x : f64", -3, 3},
        Case{"erf", "%f = math.erf %x : f64", -3, 3}, Case{"exprel", "%f = snn.exprel %x : f64", -5, 5},
        Case{"exprelNearZero", "%f = snn.exprel %x : f64", -2e-3, 2e-3},
        Case{"abs", "%f = math.absf %x : f64", -2, -0.1}, Case{"absPositive", "%f = math.absf %x : f64", 0.1, 2},
        Case{"floor", "%f = math.floor %x : f64", 0.1, 0.9}, Case{"ceil", "%f = math.ceil %x : f64", 0.1, 0.9},
        Case{"round", "%f = math.roundeven %x : f64", 0.6, 1.4}, Case{"power", "%f = math.powf %x, %y : f64", 0.2, 3},
        Case{"exponential", "%f = math.powf %y, %x : f64", -3, 3},
        Case{"tower", "%f = math.powf %x, %x : f64", 0.2, 3}),
    [](const auto &info) { return info.param.name; });

TEST(Derivative, CountsEverythingElseAsConstant) {
  Expression e("%e = math.exp %y : f64\n%f = arith.mulf %x, %e : f64");
  auto derivative = differentiate(e.builder, e.f, e.x);
  ASSERT_TRUE(succeeded(derivative));
  EXPECT_DOUBLE_EQ(e.evaluate(*derivative, 5, yValue), std::exp(yValue));
  auto none = differentiate(e.builder, e.y, e.x);
  ASSERT_TRUE(succeeded(none));
  EXPECT_EQ(e.evaluate(*none, 5, yValue), 0);
}

TEST(Derivative, OfAPowerWithASteadyExponentTakesNegativeBases) {
  // Through exp(y log x) the derivative of x^2 would not be a number at x = -3.
  Expression e("%two = arith.constant 2.0 : f64\n%f = math.powf %x, %two : f64");
  auto derivative = differentiate(e.builder, e.f, e.x);
  ASSERT_TRUE(succeeded(derivative));
  EXPECT_DOUBLE_EQ(e.evaluate(*derivative, -3, yValue), -6);
}

TEST(Derivative, RefusesWhatItDoesNotKnow) {
  Expression e("%a = math.atan %x : f64\n%b = math.exp %a : f64\n%f = arith.addf %b, %x : f64");
  std::string message;
  mlir::ScopedDiagnosticHandler handler(e.builder.getContext(), [&](mlir::Diagnostic &d) { message = d.str(); });
  EXPECT_TRUE(failed(differentiate(e.builder, e.f, e.x)));
  EXPECT_EQ(message, "the derivative of this expression is not known; choose `method euler`, `rk2` or `rk4`");
  EXPECT_TRUE(succeeded(differentiate(e.builder, e.f, e.y))) << "which does not depend on y";
}

TEST(DependsOn, FollowsOperands) {
  Expression e("%a = math.exp %x : f64\n%f = arith.addf %a, %a : f64");
  EXPECT_TRUE(dependsOn(e.f, e.x));
  EXPECT_FALSE(dependsOn(e.f, e.y));
  EXPECT_TRUE(dependsOn(e.x, e.x));
}
