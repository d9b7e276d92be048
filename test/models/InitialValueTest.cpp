// Initial values and parameters: as expressions, and as draws whose moments must be those of their distributions.
//
// Of 10,000 draws the sample mean is within 4 standard errors, sd / 100 each; the sample sd within 5 %.

#include "Moments.h"
#include "Precision.h"

#include <algorithm>

using namespace snn::test;

namespace {

constexpr uint32_t count = 10000;

/// State x of every neuron before anything happens, given `settings` of its population.
std::vector<double> initial(const std::string &settings, const RunSettings &run = {}) {
  return simulate(R"(
neuron Cell {
    param p = 0 mV
    state x = 0 mV
    state y = p
    x' = 0 mV/ms
    y' = 0 mV/ms
}
network One { population N = Cell[10000] { )" +
                      settings + R"( } }
simulate One { dt 0.1 ms;  duration 0.1 ms;  precision f64;  seed 7;  record x of N;  record y of N }
)",
                  {}, run)
      .trace("x of N")
      .row(0);
}

void expectMoments(const std::string &settings, double mean, double sd) {
  SCOPED_TRACE(settings);
  const Moments moments = momentsOf(initial(settings));
  EXPECT_NEAR(moments.mean, mean, 4 * sd / std::sqrt(double(count)));
  EXPECT_NEAR(moments.sd, sd, 0.05 * sd);
}

} // namespace

TEST(InitialValue, HasTheMomentsOfItsDistribution) {
  expectMoments("x ~ normal(-55 mV, 2 mV)", -55, 2);
  expectMoments("x ~ uniform(-70 mV, -60 mV)", -65, 10 / std::sqrt(12.0));
  expectMoments("x ~ lognormal(3 mV, 1 mV)", 3, 1);
  expectMoments("x ~ exponential(4 mV)", 4, 4);
  expectMoments("x ~ gamma(4 mV, 2 mV)", 4, 2);
  expectMoments("x ~ weibull(4 mV, 2)", 4 * std::sqrt(M_PI) / 2, 4 * std::sqrt(1 - M_PI / 4));
}

TEST(InitialValue, TruncatedNormalStaysInside) {
  const Moments moments = momentsOf(initial("x ~ truncated_normal(0 mV, 1 mV, -1 mV, 1 mV)"));
  EXPECT_GE(moments.lowest, -1);
  EXPECT_LE(moments.highest, 1);
  EXPECT_NEAR(moments.sd, 0.5396, 0.02) << "of a standard normal between -1 and 1";
}

TEST(InitialValue, DrawsFillTheirRange) {
  const Moments moments = momentsOf(initial("x ~ uniform(-70 mV, -60 mV)"));
  EXPECT_GE(moments.lowest, -70);
  EXPECT_LT(moments.lowest, -69.99);
  EXPECT_LT(moments.highest, -60);
  EXPECT_GT(moments.highest, -60.01);
}

TEST(InitialValue, BoundsRedrawOrClip) {
  const std::vector<double> redrawn = initial("x ~ normal(0 mV, 1 mV) at least 0 mV");
  const std::vector<double> clipped = initial("x ~ normal(0 mV, 1 mV) at least 0 mV clip");
  EXPECT_GE(momentsOf(redrawn).lowest, 0);
  EXPECT_NEAR(momentsOf(redrawn).mean, std::sqrt(2 / M_PI), 0.03) << "of a half normal";
  EXPECT_EQ(momentsOf(clipped).lowest, 0);
  EXPECT_NEAR(double(std::count(clipped.begin(), clipped.end(), 0.0)), count / 2, 250)
      << "half of the draws lie at the bound";
}

TEST(InitialValue, MayBeAnExpressionOfThePosition) {
  const std::vector<double> x = initial("x = 1 mV * i");
  for (uint32_t neuron : {0u, 1u, 77u, 9999u})
    EXPECT_EQ(x[neuron], neuron);
}

TEST(InitialValue, DependsOnTheSeedAndOnNothingElse) {
  const std::string settings = "x ~ normal(0 mV, 1 mV)";
  const std::vector<double> one = initial(settings);
  EXPECT_EQ(initial(settings, {.workers = 3}), one);
  EXPECT_NE(initial(settings, {.seed = 8}), one);
}

TEST(InitialValue, FollowsAnOverriddenParameter) {
  const Result result = simulate(R"(
neuron Cell {
    param p = 0 mV
    state y = 2 * p
    y' = 0 mV/ms
}
network One { population N = Cell[3] { p = 1 mV + 1 mV * i } }
simulate One { dt 0.1 ms;  duration 0.1 ms;  precision f64;  record y of N }
)");
  EXPECT_EQ(result.trace("y of N").values, (std::vector<double>{2, 4, 6}));
}
