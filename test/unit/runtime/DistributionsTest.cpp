#include "Distributions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using namespace snn::runtime;

namespace {

struct Wanted {
  uint32_t distribution;
  double p[6];
  uint32_t modifiers = 0;
};

} // namespace

static double drawOne(const Wanted &wanted, uint64_t element, uint64_t seed = 42) {
  return drawNumber(seed, {wanted.distribution, wanted.modifiers, 5, element, wanted.p});
}

static std::vector<double> drawMany(const Wanted &wanted, size_t n) {
  std::vector<double> numbers(n);
  for (size_t i = 0; i < n; ++i)
    numbers[i] = drawOne(wanted, i);
  return numbers;
}

static double mean(const std::vector<double> &x) {
  double sum = 0;
  for (double value : x)
    sum += value;
  return sum / double(x.size());
}

static double deviation(const std::vector<double> &x) {
  double m = mean(x), sum = 0;
  for (double value : x)
    sum += (value - m) * (value - m);
  return std::sqrt(sum / double(x.size() - 1));
}

/// Largest distance between the empirical distribution and `cdf`, times sqrt(n). Above 1.95 in one of a thousand
/// samples.
static double kolmogorovSmirnov(std::vector<double> x, const std::function<double(double)> &cdf) {
  std::sort(x.begin(), x.end());
  double n = double(x.size()), largest = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    double p = cdf(x[i]);
    largest = std::max({largest, p - double(i) / n, double(i + 1) / n - p});
  }
  return largest * std::sqrt(n);
}

static double normalCdf(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

constexpr size_t many = 200000;
// The mean of n numbers is off by at most five standard errors; a failure by chance has a probability of 6e-7.
static double fiveErrors(double sd) { return 5 * sd / std::sqrt(double(many)); }

TEST(Distributions, Normal) {
  auto x = drawMany({SNN_NORMAL, {-55, 2}}, many);
  EXPECT_NEAR(mean(x), -55, fiveErrors(2));
  EXPECT_NEAR(deviation(x), 2, fiveErrors(2));
  EXPECT_LT(kolmogorovSmirnov(x, [](double v) { return normalCdf((v + 55) / 2); }), 1.95);
}

TEST(Distributions, Uniform) {
  auto x = drawMany({SNN_UNIFORM, {-70, -60}}, many);
  EXPECT_GE(*std::min_element(x.begin(), x.end()), -70);
  EXPECT_LE(*std::max_element(x.begin(), x.end()), -60);
  EXPECT_LT(kolmogorovSmirnov(x, [](double v) { return (v + 70) / 10; }), 1.95);
}

TEST(Distributions, LognormalHasTheMeanAndDeviationOfTheNumberItself) {
  auto x = drawMany({SNN_LOGNORMAL, {3, 1.5}}, many);
  EXPECT_NEAR(mean(x), 3, fiveErrors(1.5));
  EXPECT_NEAR(deviation(x), 1.5, 0.03); // its error involves the fourth moment, here about 0.005
  double variance = std::log(1.25), location = std::log(3.0) - variance / 2;
  EXPECT_LT(kolmogorovSmirnov(x, [&](double v) { return normalCdf((std::log(v) - location) / std::sqrt(variance)); }),
            1.95);
}

TEST(Distributions, Exponential) {
  auto x = drawMany({SNN_EXPONENTIAL, {4}}, many);
  EXPECT_NEAR(mean(x), 4, fiveErrors(4));
  EXPECT_LT(kolmogorovSmirnov(x, [](double v) { return 1 - std::exp(-v / 4); }), 1.95);
}

/// The distribution of the sum of n exponentials is known in closed form, and so is that of a gamma number of shape n.
TEST(Distributions, GammaOfWholeShape) {
  auto x = drawMany({SNN_GAMMA, {6, 6 / std::sqrt(3.0)}}, many); // shape 3, scale 2
  EXPECT_LT(kolmogorovSmirnov(x, [](double v) { return 1 - std::exp(-v / 2) * (1 + v / 2 + v * v / 8); }), 1.95);
}

TEST(Distributions, GammaOfShapeBelowOne) {
  auto x = drawMany({SNN_GAMMA, {0.5, std::sqrt(0.5)}}, many); // shape 1/2, scale 1: half a squared normal number
  EXPECT_NEAR(mean(x), 0.5, fiveErrors(std::sqrt(0.5)));
  EXPECT_LT(kolmogorovSmirnov(x, [](double v) { return std::erf(std::sqrt(v)); }), 1.95);
}

TEST(Distributions, Weibull) {
  auto x = drawMany({SNN_WEIBULL, {4, 1.7}}, many);
  EXPECT_LT(kolmogorovSmirnov(x, [](double v) { return 1 - std::exp(-std::pow(v / 4, 1.7)); }), 1.95);
}

TEST(Distributions, Beta) {
  auto x = drawMany({SNN_BETA, {2, 3}}, many);
  EXPECT_LT(kolmogorovSmirnov(x, [](double v) { return v * v * (6 - 8 * v + 3 * v * v); }), 1.95);
  auto arcsine = drawMany({SNN_BETA, {0.5, 0.5}}, many);
  EXPECT_LT(kolmogorovSmirnov(arcsine, [](double v) { return 2 / M_PI * std::asin(std::sqrt(v)); }), 1.95);
}

TEST(Distributions, TruncatedNormal) {
  auto x = drawMany({SNN_TRUNCATED_NORMAL, {0, 1, -0.5, 2}}, many);
  double low = normalCdf(-0.5), all = normalCdf(2) - low;
  EXPECT_LT(kolmogorovSmirnov(x, [&](double v) { return (normalCdf(v) - low) / all; }), 1.95);
}

TEST(Distributions, BoundsRedraw) {
  auto x = drawMany({SNN_NORMAL, {1.5, 0.75, 0, 0, 0.1, 2}, SNN_AT_LEAST | SNN_AT_MOST}, many);
  double low = normalCdf((0.1 - 1.5) / 0.75), all = normalCdf((2 - 1.5) / 0.75) - low;
  EXPECT_LT(kolmogorovSmirnov(x, [&](double v) { return (normalCdf((v - 1.5) / 0.75) - low) / all; }), 1.95);
}

TEST(Distributions, BoundsLeaveWhatIsWithinThemAlone) {
  for (uint64_t element = 0; element < 1000; ++element) {
    double free = drawOne({SNN_NORMAL, {0, 1}}, element),
           bounded = drawOne({SNN_NORMAL, {0, 1, 0, 0, -1, 0}, SNN_AT_LEAST}, element);
    EXPECT_GE(bounded, -1);
    if (free >= -1) {
      EXPECT_EQ(bounded, free);
    }
  }
}

TEST(Distributions, KeepsTheSignOfTheMean) {
  for (double sign : {1.0, -1.0}) {
    auto x = drawMany({SNN_NORMAL, {sign, 2}, SNN_KEEPING_SIGN}, 10000);
    EXPECT_TRUE(std::all_of(x.begin(), x.end(), [&](double v) { return v * sign > 0; }));
  }
}

TEST(Distributions, ClipsInsteadOfRedrawing) {
  Wanted clipped{SNN_NORMAL, {0, 1, 0, 0, -0.5, 1}, SNN_AT_LEAST | SNN_AT_MOST | SNN_CLIP};
  for (uint64_t element = 0; element < 1000; ++element)
    EXPECT_EQ(drawOne(clipped, element), std::clamp(drawOne({SNN_NORMAL, {0, 1}}, element), -0.5, 1.0));
}

TEST(Distributions, DependsOnSeedAndElementOnly) {
  Wanted wanted{SNN_NORMAL, {0, 1}};
  EXPECT_EQ(drawOne(wanted, 3), drawOne(wanted, 3));
  EXPECT_NE(drawOne(wanted, 3), drawOne(wanted, 4));
  EXPECT_NE(drawOne(wanted, 3, 42), drawOne(wanted, 3, 43));
}

TEST(Distributions, DegenerateCases) {
  EXPECT_EQ(drawOne({SNN_NORMAL, {7, 0}}, 1), 7);
  EXPECT_EQ(drawOne({SNN_UNIFORM, {7, 7}}, 1), 7);
  EXPECT_NEAR(drawOne({SNN_LOGNORMAL, {7, 0}}, 1), 7, 1e-14);
  EXPECT_EQ(drawOne({SNN_EXPONENTIAL, {0}}, 1), 0);
  EXPECT_EQ(drawOne({SNN_GAMMA, {7, 0}}, 1), 7);
  EXPECT_EQ(drawOne({SNN_WEIBULL, {0, 2}}, 1), 0);
}

TEST(Distributions, ImpossibleNumbersAreNaN) {
  const Wanted impossible[] = {{SNN_NORMAL, {0, -1}},
                               {SNN_NORMAL, {NAN, 1}},
                               {SNN_UNIFORM, {1, 0}},
                               {SNN_LOGNORMAL, {-1, 1}},
                               {SNN_GAMMA, {0, 1}},
                               {SNN_GAMMA, {1, -1}},
                               {SNN_WEIBULL, {1, 0}},
                               {SNN_BETA, {1, -1}},
                               {SNN_TRUNCATED_NORMAL, {0, 1, 2, 1}},
                               {SNN_TRUNCATED_NORMAL, {0, 1, 30, 31}},
                               {SNN_NORMAL, {0, 1, 0, 0, 2, 1}, SNN_AT_LEAST | SNN_AT_MOST},
                               {SNN_UNIFORM, {0, 1, 0, 0, 2, 0}, SNN_AT_LEAST},
                               {99, {0, 1}}};
  for (const Wanted &wanted : impossible)
    EXPECT_TRUE(std::isnan(drawOne(wanted, 1)));
}
