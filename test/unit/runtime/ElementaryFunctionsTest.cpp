#include "ElementaryFunctions.h"
#include "Philox.h"

#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>

using namespace snn::runtime;

/// Distance of `value` from the 80-bit `truth`, in units of the last place of a double.
static double ulps(double value, long double truth) {
  int exponent;
  std::frexp(truth, &exponent);
  return double(std::fabs(value - truth) / std::ldexp(1.0L, std::max(exponent - 53, -1074)));
}

TEST(ElementaryFunctions, LogarithmIsWithinTwoUlp) {
  double worst = 0;
  WordSequence words(1, 1, 1);
  for (int i = 0; i < 1000000; ++i) {
    double u = words.nextOpen();
    double wide = std::ldexp(0.5 + u, int(words.below(2000)) - 1000), nearOne = 1 + (u - 0.5) * 0.1;
    for (double x : {u, wide, nearOne})
      worst = std::max(worst, ulps(logarithm(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 2);
  EXPECT_EQ(logarithm(1), 0);
  RecordProperty("worst_ulp", std::to_string(worst));
}

TEST(ElementaryFunctions, LogarithmHoldsAtTheBordersOfItsReduction) {
  for (double x :
       {DBL_MIN, DBL_MAX, 0.5, 2.0, std::sqrt(0.5), std::sqrt(2.0), std::nextafter(1.0, 0.0), std::nextafter(1.0, 2.0)})
    EXPECT_LT(ulps(logarithm(x), std::log(static_cast<long double>(x))), 2) << x;
}

TEST(ElementaryFunctions, ExponentialIsWithinTwoUlp) {
  double worst = 0;
  WordSequence words(1, 1, 2);
  for (int i = 0; i < 1000000; ++i) {
    double u = words.nextOpen();
    for (double x : {(u - 0.5) * 1416, u - 0.5, (u - 0.5) * 1e-3})
      worst = std::max(worst, ulps(exponential(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 2);
  RecordProperty("worst_ulp", std::to_string(worst));
}

TEST(ElementaryFunctions, ExponentialEndsInZeroAndInfinity) {
  EXPECT_EQ(exponential(0), 1);
  EXPECT_EQ(exponential(-1000), 0);
  EXPECT_TRUE(std::isinf(exponential(710)));
  EXPECT_TRUE(std::isfinite(exponential(709.78)));
  EXPECT_TRUE(std::isnan(exponential(std::nan(""))));
}

TEST(ElementaryFunctions, LogFactorialFollowsTheGammaFunction) {
  for (uint64_t n : {0ull, 1ull, 2ull, 5ull, 22ull, 23ull, 24ull, 100ull, 12345ull, 1000000ull, 3000000000ull}) {
    long double truth = std::lgamma(static_cast<long double>(n) + 1);
    EXPECT_NEAR(logFactorial(n), double(truth), 1e-15 * double(truth) + 1e-300) << n;
  }
}

// The round trip through erfc in 80 bits: its derivative turns the error of p into one of x.
TEST(ElementaryFunctions, InverseNormalInvertsTheDistribution) {
  WordSequence words(1, 1, 3);
  double worst = 0;
  for (int i = 0; i < 200000; ++i) {
    double u = words.nextOpen();
    for (double p : {u, u * 1e-3, u * 1e-10, u * 1e-16}) {
      double x = inverseNormal(p);
      long double back = std::erfc(-x / std::sqrt(2.0L)) / 2,
                  density = std::exp(-x * x / 2.0L) / std::sqrt(2 * 3.14159265358979323846L);
      worst = std::max(worst, double(std::fabs((back - p) / density)) / std::max(1.0, std::fabs(x)));
    }
  }
  EXPECT_LT(worst, 2e-15);
  RecordProperty("worst_relative", std::to_string(worst));
}

TEST(ElementaryFunctions, InverseNormalIsOdd) {
  EXPECT_EQ(inverseNormal(0.5), 0);
  for (double p : {0.25, 0.0625, 0x1p-20})
    EXPECT_EQ(inverseNormal(p), -inverseNormal(1 - p));
}
