// `weight ... normalised per target to W`: sums are W, and weights keep their proportions.

#include "Precision.h"

#include <cmath>
#include <numeric>

using namespace snn::test;

namespace {

class WeightTotal : public InBothPrecisions {};

/// Every source spikes once, in step 0 or in the step of its index, so that each event is heard alone or all together.
std::string network(const std::string &clauses, const std::string &more = "") {
  return R"(
neuron Once {
    param when = 0
    state age = -1
    state heard = 0
    on step { age += 1 }
    spike when age == when
}
network N {
    param J = 6
    population A = Once[40] { when = i }
    population B = Once[30] { when = -5 }
    project A -> B.heard as P { )" + clauses + R"( }
}
simulate N { dt 1 ms;  duration 42 ms;  record heard of B;  )" + more + "}\n";
}

} // namespace

TEST_P(WeightTotal, IsTheSumOfTheWeightsOfATarget) {
  const std::string drawn = "connect bernoulli(0.4);  weight ~ uniform(1, 3)";
  const Result plain = simulate(network(drawn), precision());
  for (uint32_t workers : {1u, 2u, 3u}) {
    const Result scaled = simulate(network(drawn + " normalised per target to 2 * J + post.i"), precision(), {.workers = workers});
    for (uint32_t target = 0; target < 30; ++target) {
      const double sum = plain.trace("heard of B").at(41, target), wanted = 12 + target;
      ASSERT_GT(sum, 0);
      for (uint64_t step = 0; step < 42; ++step) // contact by contact, as the sources spike one after the other
        EXPECT_NEAR(scaled.trace("heard of B").at(step, target), plain.trace("heard of B").at(step, target) * wanted / sum,
                    wanted * tolerance(1e-14, 40 * 0x1p-24)); // a rounding of each of at most 40 weights
    }
  }
}

TEST_P(WeightTotal, FollowsAParameterWithoutCompilingAgain) {
  const Program program(network("connect fixed_indegree(4);  weight 1 normalised per target to J"), precision());
  EXPECT_EQ(program.run().trace("heard of B").row(41), std::vector<double>(30, 6)); // quarters are exact
  EXPECT_EQ(program.run({.settings = {{"J", 8}}}).trace("heard of B").row(41), std::vector<double>(30, 8));
}

TEST_P(WeightTotal, IsThatOfTheAmountWhereASynapseScalesIt) {
  const Result result = simulate(R"(
neuron Once { state ready = 1;  spike when ready > 0.5 { ready = 0 } }
neuron Ear { state heard = 0;  input I: number;  on step { heard = I } }
synapse Twice { weight w;  state g: w = 0;  g' = -g / (1 s);  on pre { g += 2 * w };  output g }
network N {
    population A = Once[10]
    population B = Ear[3]
    project A -> B { connect all_to_all;  weight 1 + pre.i normalised per target to 0.5;  synapse Twice }
}
simulate N { dt 1 ms;  duration 3 ms;  record heard of B }
)", precision());
  for (double heard : result.trace("heard of B").row(1)) // `on step` comes when the conductance has decayed by a step
    EXPECT_NEAR(heard, std::exp(-1e-3), tolerance(1e-14, 1e-6));
}

TEST_P(WeightTotal, OfWeightsThatRulesChangeIsThatOfTheStart) {
  const Result result = simulate(network("connect all_to_all;  weight ~ uniform(1, 2) normalised per target to 8;  plasticity Still", "record w of P every 1 ms") +
                                     "plasticity Still { weight w;  on pre { w += 0 * w } }\n", precision());
  const std::vector<double> weights = result.trace("w of P").row(0);
  ASSERT_EQ(weights.size(), 40u * 30);
  for (uint32_t target = 0; target < 30; ++target)
    EXPECT_NEAR(std::accumulate(weights.begin() + 40 * target, weights.begin() + 40 * (target + 1), 0.0), 8, tolerance(1e-13, 1e-5));
}

TEST_P(WeightTotal, ThatNoFactorLeadsToIsToldWithTheNeuron) {
  auto failure = [&](const std::string &clauses) -> std::string {
    try {
      simulate(network(clauses), precision());
    } catch (const std::runtime_error &error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(failure("connect all_to_all;  weight -1 normalised per target to J").find("the weights of `P` onto neuron 0 add up to -40, which cannot be scaled to 6"),
            std::string::npos);
  EXPECT_NE(failure("connect all_to_all;  weight 0 normalised per target to J").find("add up to 0"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Models, WeightTotal, bothPrecisions(), precisionName);
