// Sources of the library whose output or rate changes in time, and their statistics.

#include "Moments.h"
#include "Precision.h"

#include <algorithm>
#include <cmath>

using namespace snn::test;

namespace {

class Generator : public InBothPrecisions {
protected:
  /// What a target receives from a generator of its own, per step.
  Trace received(const std::string &generator, unsigned targets = 1, const std::string &duration = "50 ms", const std::string &every = "0.1 ms") {
    return simulate(R"(
neuron Probe {
    state y = 0
    input I: current
    y' = I / (1 pA * 1 ms)
}
network Net {
    population N = Probe[)" + std::to_string(targets) + R"(]
    project )" + generator + R"( -> N.I { weight 2;  synapse Injection }
}
simulate Net { dt 0.1 ms;  duration )" + duration + ";  record I of N every " + every + " }\n",
                    precision())
        .trace("I of N");
  }
};

} // namespace

TEST_P(Generator, TheDrawnCurrentLastsForItsInterval) {
  const Trace trace = received("NoiseGenerator(mean = 5 pA, sd = 30 pA, interval = 0.5 ms)", 1000, "3 ms");
  for (uint64_t step = 2; step < 30; ++step) {
    const bool isNew = (step - 1) % 5 == 0;
    unsigned changed = 0;
    for (unsigned neuron = 0; neuron < 1000; ++neuron)
      changed += trace.at(step, neuron) != trace.at(step - 1, neuron);
    EXPECT_EQ(changed, isNew ? 1000u : 0u) << step;
  }
  const Moments moments = momentsOf(trace.row(13));
  EXPECT_NEAR(moments.mean, 10, 8);
  EXPECT_NEAR(moments.sd * moments.sd / 3600, 1, 0.18);
}

TEST_P(Generator, RatesFollowTheTime) {
  const Result result = simulate(R"(
network Net {
    population S = StepPoisson[2000] { rate = 20 Hz;  peak = 100 Hz;  start = 200 ms;  stop = 300 ms }
    population R = Poisson[2000]
}
simulate Net { dt 0.1 ms;  duration 500 ms;  R.rate = 40 Hz * (t / (250 ms));  record spikes of S;  record spikes of R }
)",
                                 precision());
  auto count = [&](const char *population, uint64_t begin, uint64_t end) {
    double spikes = 0;
    for (const Spike &spike : result.spikesOf(population))
      spikes += spike.step >= begin && spike.step < end;
    return spikes;
  };
  // A Poisson number of n is known to sqrt(n).
  auto expectCount = [](double number, double expected) { EXPECT_NEAR(number, expected, 4 * std::sqrt(expected)); };
  expectCount(count("S", 0, 2000), 8000);
  expectCount(count("S", 2000, 3000), 20000);
  expectCount(count("S", 3000, 5000), 8000);
  expectCount(count("R", 0, 2500), 2000 * 40 * 0.125);
  expectCount(count("R", 2500, 5000), 2000 * 40 * 0.375);
}

TEST_P(Generator, DeadTimeMakesIntervalsRegular) {
  const Result result = simulate(R"(
network Net { population S = DeadTimePoisson[500] { rate = 50 Hz;  dead_time = 10 ms } }
simulate Net { dt 0.1 ms;  duration 5 s;  record spikes of S }
)",
                                 precision());
  std::vector<double> last(500, -1), intervals;
  for (const Spike &spike : result.spikesOf("S")) {
    if (last[spike.neuron] >= 0)
      intervals.push_back(0.1 * (double(spike.step) - last[spike.neuron]));
    last[spike.neuron] = double(spike.step);
  }
  const Moments moments = momentsOf(intervals);
  // A spike waits for the end of its step: half a step more for the dead time, in the mean, and the chance of a second spike in a step.
  EXPECT_NEAR(moments.mean, 20, 0.3);
  EXPECT_NEAR(moments.sd / moments.mean, 0.5, 0.01);
  EXPECT_GE(moments.lowest, 10 - 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Models, Generator, bothPrecisions(), precisionName);
