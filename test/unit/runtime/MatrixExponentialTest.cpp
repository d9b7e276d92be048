#include "MatrixExponential.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using snn::runtime::propagator;

namespace {
struct Result {
  std::vector<double> P, Q;
};
} // namespace

static Result exponentials(const std::vector<double> &A) {
  auto n = uint32_t(std::sqrt(double(A.size())));
  Result result{std::vector<double>(A.size()), std::vector<double>(A.size())};
  propagator(n, A.data(), result.P.data(), result.Q.data());
  return result;
}

static double exprel(double x) { return x == 0 ? 1 : std::expm1(x) / x; }

static void expectClose(double value, double truth, double relative) {
  EXPECT_NEAR(value, truth, relative * std::fabs(truth) + 1e-300);
}

TEST(MatrixExponential, OfANumber) {
  for (double a : {-1e3, -40.0, -1.0, -0.1, -1e-3, -1e-6, 0.0, 1e-6, 0.5, 5.0}) {
    Result r = exponentials({a});
    // Repeated squaring loses digits of a number that is as good as nothing.
    EXPECT_NEAR(r.P[0], std::exp(a), 1e-13 * std::exp(a) + 1e-16) << a;
    expectClose(r.Q[0], exprel(a), 1e-13);
  }
}

// A membrane (time constant m) that a current (time constant s) of capacity c charges: entries are dt over time
// constants.
TEST(MatrixExponential, OfTwoTimeConstants) {
  for (auto [m, s] :
       {std::pair(-0.01, -0.2), {-0.2, -0.01}, {-1e-6, -1e3}, {-1e3, -1e-6}, {-1e-6, -2e-6}, {-1.0, -1.0001}}) {
    double c = 0.004;
    Result r = exponentials({m, c, 0, s});
    EXPECT_NEAR(r.P[0], std::exp(m), 1e-13);
    EXPECT_NEAR(r.P[3], std::exp(s), 1e-13);
    // (e^m - e^s)/(m - s), written so that close constants cancel nothing.
    double truth = std::fabs(m - s) < 1 ? std::exp(s) * exprel(m - s) : (std::exp(m) - std::exp(s)) / (m - s);
    expectClose(r.P[1], c * truth, 1e-12);
    EXPECT_EQ(r.P[2], 0);
  }
}

TEST(MatrixExponential, OfCoincidingTimeConstants) {
  for (double a : {-1e-6, -0.01, -1.0, -20.0}) {
    double c = 0.004;
    Result r = exponentials({a, c, 0, a});
    expectClose(r.P[1], c * std::exp(a), 1e-12);
    // d/da exprel(a), by its series where the closed form cancels.
    double derivative = std::fabs(a) < 1e-2 ? 0.5 + a / 3 + a * a / 8 : (std::exp(a) - exprel(a)) / a;
    expectClose(r.Q[1], c * derivative, 1e-6);
  }
}

TEST(MatrixExponential, OfAnOscillator) {
  double decay = -0.3, frequency = 2;
  Result r = exponentials({decay, -frequency, frequency, decay});
  double e = std::exp(decay);
  EXPECT_NEAR(r.P[0], e * std::cos(frequency), 1e-14);
  EXPECT_NEAR(r.P[1], -e * std::sin(frequency), 1e-14);
  EXPECT_NEAR(r.P[2], e * std::sin(frequency), 1e-14);
}

TEST(MatrixExponential, OfAnIntegratorChain) {
  // x1' = x2, x2' = x3, x3' = 0: P has 1, 1, 1/2 and Q 1, 1/2, 1/6 on the diagonals.
  Result r = exponentials({0, 1, 0, 0, 0, 1, 0, 0, 0});
  EXPECT_NEAR(r.P[1], 1, 1e-15);
  EXPECT_NEAR(r.P[2], 0.5, 1e-15);
  EXPECT_NEAR(r.Q[0], 1, 1e-15);
  EXPECT_NEAR(r.Q[1], 0.5, 1e-15);
  EXPECT_NEAR(r.Q[2], 1.0 / 6, 1e-15);
}

// A Q = P - I holds whatever A is; the matrix has no structure.
TEST(MatrixExponential, SatisfiesItsDefinitionAtTwentyStates) {
  constexpr size_t n = 20;
  std::vector<double> A(n * n);
  for (size_t i = 0; i < n * n; ++i)
    A[i] = std::sin(double(i * i % 101)) * 0.3 - (i % (n + 1) == 0 ? 1 : 0);
  Result r = exponentials(A);
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j < n; ++j) {
      double sum = i == j ? 1 : 0;
      for (size_t k = 0; k < n; ++k)
        sum += A[i * n + k] * r.Q[k * n + j];
      EXPECT_NEAR(sum, r.P[i * n + j], 1e-13);
    }
}

TEST(MatrixExponential, OfWhatIsNotFiniteIsNaN) {
  Result r = exponentials({1, INFINITY, 0, NAN});
  for (double x : r.P)
    EXPECT_TRUE(std::isnan(x));
  for (double x : r.Q)
    EXPECT_TRUE(std::isnan(x));
}
