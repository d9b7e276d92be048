// Sources and current generators of the library against their closed forms.

#include "Precision.h"

#include <cmath>
#include <numbers>

using namespace snn::test;

namespace {

class Sources : public InBothPrecisions {};

/// Intervals between the spikes of single neurons, in steps.
std::vector<double> intervals(const std::vector<Spike> &spikes, uint32_t neurons) {
  std::vector<double> found;
  std::vector<int64_t> last(neurons, -1);
  for (const Spike &spike : spikes) {
    if (last[spike.neuron] >= 0)
      found.push_back(double(int64_t(spike.step) - last[spike.neuron]));
    last[spike.neuron] = int64_t(spike.step);
  }
  return found;
}

} // namespace

TEST_P(Sources, GammaProcessesHaveTheirRateAndVariability) {
  const Result result = simulate("network One { population N = GammaProcess[500] { rate = 40 Hz;  order = 4 } }\n"
                                 "simulate One { dt 0.1 ms;  duration 2 s;  record spikes of N }\n",
                                 precision());
  const std::vector<Spike> &spikes = result.spikesOf("N");
  // 40000 spikes expected; their number has a variance of 1/order of a Poisson process's.
  EXPECT_NEAR(double(spikes.size()) / 40000, 1, 4 * std::sqrt(1.0 / 4 / 40000) + 1e-3);
  const std::vector<double> found = intervals(spikes, 500);
  double mean = 0, squares = 0;
  for (double interval : found)
    mean += interval / double(found.size());
  for (double interval : found)
    squares += (interval - mean) * (interval - mean) / double(found.size());
  EXPECT_NEAR(mean, 250, 3);
  EXPECT_NEAR(std::sqrt(squares) / mean, 0.5, 0.01);
}

TEST_P(Sources, SinePoissonFollowsItsRate) {
  const Result result = simulate("network One { population N = SinePoisson[4000] { rate = 20 Hz;  amplitude = 20 Hz;  frequency = 10 Hz } }\n"
                                 "simulate One { dt 0.1 ms;  duration 100 ms;  record spikes of N }\n",
                                 precision());
  double first = 0, second = 0;
  for (const Spike &spike : result.spikesOf("N"))
    (spike.step < 500 ? first : second) += 1;
  // Half a period has 50 ms * (20 Hz +- 20 Hz * 2/pi).
  const double up = 4000 * 0.05 * 20 * (1 + 2 / std::numbers::pi), down = 4000 * 0.05 * 20 * (1 - 2 / std::numbers::pi);
  EXPECT_NEAR(first, up, 4 * std::sqrt(up));
  EXPECT_NEAR(second, down, 4 * std::sqrt(down));
}

TEST_P(Sources, ClocksAreRegular) {
  const Result result = simulate("network One { population N = Clock[2] { period = 10 ms + 0.7 ms * i;  start = 3 ms } }\n"
                                 "simulate One { dt 0.1 ms;  duration 1 s;  record spikes of N }\n",
                                 precision());
  for (uint32_t neuron : {0u, 1u}) {
    uint64_t expected = 30;
    for (const Spike &spike : result.spikesOf("N"))
      if (spike.neuron == neuron) {
        EXPECT_EQ(spike.step, expected);
        expected += neuron ? 107 : 100;
      }
    EXPECT_GE(expected, 10000u);
  }
}

TEST_P(Sources, CurrentsHaveTheirShapes) {
  const Result result = simulate(R"(
neuron Meter {
    state x = 0 pA
    state s = 0 pA
    state r = 0 pA
    use StepCurrent(amplitude = 3 pA, start = 2 ms, stop = 5 ms) as step_current
    use RampCurrent(slope = 2 pA/ms, start = 1 ms, stop = 4 ms) as ramp
    use SineCurrent(offset = 1 pA, amplitude = 5 pA, frequency = 50 Hz) as sine
    on step { x = step_current.current;  r = ramp.current;  s = sine.current }
}
network One { population N = Meter[1] }
simulate One { dt 0.1 ms;  duration 10 ms;  record x, r, s of N }
)",
                                 precision());
  for (uint64_t step = 0; step < 100; ++step) {
    const double t = 0.1 * double(step);
    EXPECT_EQ(result.trace("x of N").at(step), step >= 20 && step < 50 ? 3 : 0) << t;
    EXPECT_NEAR(result.trace("r of N").at(step), 2 * (std::min(std::max(t, 1.0), 4.0) - 1), 1e-5) << t;
    EXPECT_NEAR(result.trace("s of N").at(step), 1 + 5 * std::sin(2 * std::numbers::pi * 0.05 * t), 1e-5) << t;
  }
}

TEST_P(Sources, FluctuatingCurrentsHaveTheirVarianceAndCorrelation) {
  const Result result = simulate(R"(
neuron Cell {
    use OUCurrent(mu = 2 pA, sigma = 3 pA, tau = 4 ms) as noise
    state V = 0 mV
    V' = noise.current / (1 pF)
}
network One { population N = Cell[20000] }
simulate One { dt 0.5 ms;  duration 44 ms;  record noise.x of N every 4 ms from 40 ms }
)",
                                 precision());
  const std::vector<double> before = result.trace("noise.x of N").row(79), after = result.trace("noise.x of N").row(87);
  double mean = 0, variance = 0, covariance = 0;
  for (size_t k = 0; k < 20000; ++k) {
    mean += after[k] / 20000;
    variance += (after[k] - 2) * (after[k] - 2) / 20000;
    covariance += (after[k] - 2) * (before[k] - 2) / 20000;
  }
  // Four standard errors of 20000 neurons.
  EXPECT_NEAR(mean, 2, 4 * 3 / std::sqrt(20000.0));
  EXPECT_NEAR(variance / 9, 1, 4 * std::sqrt(2.0 / 20000));
  EXPECT_NEAR(covariance / 9, std::exp(-1), 4 / std::sqrt(20000.0));
}

INSTANTIATE_TEST_SUITE_P(Models, Sources, bothPrecisions(), precisionName);
