// Poisson sources: counts have the mean and the variance of a Poisson process, also where a step holds several events.

#include "Moments.h"
#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

/// Events per neuron over 1 s, from 1000 independent sources of `rate`.
std::vector<double> counts(const std::string &rate, const RunSettings &run = {}) {
  std::vector<double> perNeuron(1000);
  const Result result = simulate(R"(
network One { population N = Poisson[1000] { rate = )" +
                                     rate + R"( } }
simulate One { dt 0.1 ms;  duration 1 s;  seed 5;  record spikes of N }
)",
                                 {}, run);
  for (const Spike &spike : result.spikesOf("N"))
    perNeuron[spike.neuron] += 1;
  return perNeuron;
}

void expectPoisson(const std::vector<double> &values, double mean) {
  const Moments moments = momentsOf(values);
  EXPECT_NEAR(moments.mean, mean, 4 * std::sqrt(mean / 1000)) << "four standard errors of 1000 counts";
  EXPECT_NEAR(moments.sd * moments.sd / mean, 1, 0.18) << "Fano factor, four standard errors";
}

} // namespace

TEST(Poisson, FiresAtItsRate) { expectPoisson(counts("20 Hz"), 20); }

TEST(Poisson, LosesNothingWhereAStepHoldsSeveralEvents) { expectPoisson(counts("12 kHz"), 12000); }

TEST(Poisson, TheLargestUniformNumberHasACountToo) {
  // In single precision the probabilities add up to less than the largest uniform number, which one draw in 2^24 is.
  const Result result = simulate("network Many { population N = Poisson[10000] { rate = 20 kHz } }\n"
                                 "simulate Many { dt 0.1 ms;  duration 250 ms;  record rate of N every 250 ms }\n");
  const double mean = result.trace("rate of N").values.front(); // per ms
  EXPECT_NEAR(mean, 20, 5 * std::sqrt(20.0 / 250 / 10000));
}

TEST(Poisson, IsSilentAtRateZero) { EXPECT_EQ(counts("0 Hz"), std::vector<double>(1000, 0)); }

TEST(Poisson, DoesNotDependOnWorkersOrChunks) {
  EXPECT_EQ(counts("50 Hz", {.workers = 3, .chunkSteps = 11}), counts("50 Hz"));
}

/// Spikes of 200 sources whose rate rises by a half in the middle; with another state to advance, no step can leave them alone.
static std::vector<Spike> spikesOfSources(const std::string &rate, const std::string &state, const RunSettings &run = {}) {
  const Result result = simulate("neuron Source {\n param rate = 1 Hz\n" + state + "\n spike at rate rate * (1 + 0.5 * (t >= 50 ms)), multiple\n}\n" +
                                     "network One { population N = Source[200] { rate = " + rate + " } }\n" +
                                     "simulate One { dt 0.1 ms;  duration 100 ms;  seed 7;  record spikes of N }\n",
                                 {}, run);
  return result.spikesOf("N");
}

TEST(Poisson, LeftAloneUntilItSpikesItSpikesAsIfLookedAtInEveryStep) {
  for (const char *rate : {"0.5 Hz", "40 Hz", "900 Hz", "3 kHz", "25 kHz"}) { // from no spike of a vector to a spike of every lane
    const std::vector<Spike> watched = spikesOfSources(rate, "state x = 0\n x' = 1 Hz");
    EXPECT_EQ(spikesOfSources(rate, ""), watched) << rate;
    EXPECT_EQ(spikesOfSources(rate, "", {.workers = 3, .chunkSteps = 7}), watched) << rate;
  }
}

TEST(Poisson, ASinglePossibleEventPerStepSaturates) {
  // Without `multiple` an event happens with probability 1 - exp(-r dt): 0.6988 at 12 kHz and 0.1 ms.
  const Result result = simulate(R"(
neuron Bernoulli {
    param rate = 12 kHz
    spike at rate rate
}
network One { population N = Bernoulli[1000] }
simulate One { dt 0.1 ms;  duration 100 ms;  seed 5;  record spikes of N }
)");
  const double probability = 1 - std::exp(-1.2), trials = 1e6;
  EXPECT_NEAR(double(result.spikesOf("N").size()), trials * probability,
              4 * std::sqrt(trials * probability * (1 - probability)));
}

TEST(Poisson, GivesEveryTargetAPrivateSource) {
  // Each of 500 targets sums its own source: mean and variance of the count are both 1000.
  const std::vector<double> sums = simulate(R"(
neuron Sum { state x = 0 }
network One {
    population N = Sum[500]
    project Poisson(rate = 10 kHz) -> N.x { weight 1 }
}
simulate One { dt 0.1 ms;  duration 100.1 ms;  precision f64;  seed 5;  record x of N every 100.1 ms }
)")
                                       .trace("x of N")
                                       .row(1000);
  const Moments moments = momentsOf(sums);
  EXPECT_NEAR(moments.mean, 1000, 4 * std::sqrt(1000.0 / 500));
  EXPECT_NEAR(moments.sd * moments.sd / 1000, 1, 0.26);
}
