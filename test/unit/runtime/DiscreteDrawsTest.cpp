#include "DiscreteDraws.h"
#include "Philox.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

using namespace snn::runtime;

/// Draws many numbers and compares their counts with `probability`: chi-squared over the values expected at least ten
/// times.
static double chiSquaredExcess(const std::function<uint64_t(double)> &draw,
                               const std::function<double(uint64_t)> &probability, uint64_t largest) {
  constexpr int draws = 200000;
  std::vector<int> counts(largest + 1);
  WordSequence words(9, 9, 9);
  for (int i = 0; i < draws; ++i)
    ++counts.at(draw(words.nextOpen()));
  double chiSquared = 0, cells = 0;
  for (uint64_t k = 0; k <= largest; ++k) {
    double expected = draws * probability(k);
    if (expected < 10)
      continue;
    chiSquared += (counts[k] - expected) * (counts[k] - expected) / expected;
    ++cells;
  }
  return (chiSquared - (cells - 1)) / std::sqrt(2 * (cells - 1)); // in standard deviations
}

static double choose(double n, double k) {
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1));
}

TEST(DiscreteDraws, BinomialHasItsProbabilities) {
  for (auto [n, p] : {std::pair(10ull, 0.5), {100ull, 0.03}, {1000ull, 0.9}}) {
    auto probability = [&](uint64_t k) {
      return choose(double(n), double(k)) * std::pow(p, k) * std::pow(1 - p, double(n - k));
    };
    EXPECT_LT(std::abs(chiSquaredExcess([&](double u) { return binomial(n, p, u); }, probability, n)), 5)
        << n << " " << p;
  }
}

TEST(DiscreteDraws, HypergeometricHasItsProbabilities) {
  struct Case {
    uint64_t marked, unmarked, n;
  };
  for (auto [marked, unmarked, n] : {Case{5, 5, 5}, {100, 300, 50}, {30, 10, 20}, {1000, 1000, 1900}}) {
    auto probability = [&](uint64_t k) {
      if (k > n || n - k > unmarked || k > marked)
        return 0.0;
      return choose(double(marked), double(k)) * choose(double(unmarked), double(n - k)) /
             choose(double(marked + unmarked), double(n));
    };
    EXPECT_LT(std::abs(chiSquaredExcess([&](double u) { return hypergeometric(marked, unmarked, n, u); }, probability,
                                        marked)),
              5)
        << marked << " " << unmarked << " " << n;
  }
}

TEST(DiscreteDraws, HasTheRightSpreadForLargeNumbers) {
  WordSequence words(9, 9, 10);
  constexpr double n = 1e9;
  double sum = 0, squares = 0;
  constexpr int draws = 2000;
  for (int i = 0; i < draws; ++i) {
    double z = (double(binomial(uint64_t(n), 0.25, words.nextOpen())) - n / 4) / std::sqrt(n * 3 / 16);
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / draws, 0, 5 / std::sqrt(draws));
  EXPECT_NEAR(squares / draws, 1, 5 * std::sqrt(2.0 / draws));
}

TEST(DiscreteDraws, CertainCases) {
  for (double u : {1e-16, 0.5, 1 - 1e-16}) {
    EXPECT_EQ(binomial(0, 0.5, u), 0u);
    EXPECT_EQ(binomial(10, 0, u), 0u);
    EXPECT_EQ(binomial(10, 1, u), 10u);
    EXPECT_LE(binomial(10, 0.5, u), 10u);
    EXPECT_EQ(hypergeometric(5, 0, 3, u), 3u);
    EXPECT_EQ(hypergeometric(0, 5, 3, u), 0u);
    EXPECT_EQ(hypergeometric(4, 6, 10, u), 4u);
  }
}
