// What happens to a neuron besides its equations: `on step`, `every`, shared states, `old`, `since spike`, events it receives.

#include "Precision.h"

#include <cmath>
#include <filesystem>

#include <unistd.h>

using namespace snn::test;

namespace {

class Handlers : public InBothPrecisions {};

} // namespace

TEST_P(Handlers, OfEveryStepMakeAMap) {
  // Rulkov's map (2002, doi:10.1103/PhysRevE.65.041922), of which both variables take the old values.
  const Result result = simulate(R"(
neuron Rulkov {
    param alpha = 4.1
    param mu    = 0.001
    param sigma = -1.6
    state x = -1
    state y = -3
    on step {
        x = alpha / (1 + x^2) + y
        y -= mu * (old(x) - sigma)
    }
}
network One { population N = Rulkov[1] }
simulate One { dt 1 ms;  duration 40 ms;  record x, y of N }
)",
                                 precision());
  double x = -1, y = -3;
  for (uint64_t step = 0; step < 40; ++step) {
    const double before = x;
    x = 4.1 / (1 + x * x) + y;
    y -= 0.001 * (before + 1.6);
    // The map stretches distances by up to 8 alpha / 3^1.5 in a step; in single precision only its beginning is comparable.
    if (isDouble() || step < 8) {
      EXPECT_NEAR(result.trace("x of N").at(step), x, tolerance(1e-9, 1e-3)) << "step " << step;
      EXPECT_NEAR(result.trace("y of N").at(step), y, tolerance(1e-12, 1e-5)) << "step " << step;
    }
  }
}

TEST_P(Handlers, OfAPeriodRunFirstAtTimeZero) {
  const Result result = simulate(R"(
neuron Clock {
    param rest = 2 ms
    state n = 0
    state x = 0
    x' = 1 /ms
    every 0.5 ms { n += 1 }
    every rest { x = 0 }
}
network One { population N = Clock[2] { rest = 1 ms * (1 + i) } }
simulate One { dt 0.1 ms;  duration 3 ms;  record n, x of N }
)",
                                 precision());
  for (uint64_t step = 0; step < 30; ++step) {
    EXPECT_EQ(result.trace("n of N").at(step), double(step / 5 + 1)) << "step " << step;
    for (uint32_t i : {0u, 1u}) // the reset comes before the step's integration
      EXPECT_NEAR(result.trace("x of N").at(step, i), 0.1 * double(step % (10 * (1 + i)) + 1), 1e-5) << "step " << step;
  }
}

TEST_P(Handlers, DrawSharedStatesOnceForAll) {
  const Result result = simulate(R"(
neuron Cell {
    shared state mu = 0
    state own = 0
    state x = 0
    every 1 ms { mu = randn();  own = randn() }
    x' = mu / (1 ms)
}
network One { population N = Cell[50] }
simulate One { dt 0.1 ms;  duration 4 ms;  record mu, own, x of N }
)",
                                 precision());
  double last = 0;
  for (uint64_t step = 0; step < 40; step += 10) {
    const std::vector<double> mu = result.trace("mu of N").row(step), own = result.trace("own of N").row(step);
    for (uint32_t i = 1; i < 50; ++i) {
      EXPECT_EQ(mu[i], mu[0]);
      EXPECT_NE(own[i], own[0]);
    }
    EXPECT_NE(mu[0], last);
    last = mu[0];
    for (uint64_t k = step; k < step + 10; ++k)
      EXPECT_EQ(result.trace("mu of N").at(k), mu[0]) << "it holds until it is drawn again";
  }
  EXPECT_NE(result.trace("x of N").at(39), 0);
}

TEST_P(Handlers, CountTheTimeSinceTheLastSpike) {
  const Result result = simulate(R"(
neuron Cell {
    param tau = 1 ms
    state x = 0
    state isi = -1 ms
    state pulse = 0
    state late = 0
    x' = 1 /ms
    on step { pulse = if since spike < 0.5 ms then 1 else 0;  late = if since spike > 1000 s then 1 else 0 }
    spike when x >= 2 - 0.01 { x = 0;  isi = min(since spike, 1 s) }
}
network One { population N = Cell[1] }
simulate One { dt 0.1 ms;  duration 6 ms;  record spikes of N;  record isi, pulse, late of N }
)",
                                 precision());
  const std::vector<Spike> &spikes = result.spikesOf("N");
  ASSERT_GE(spikes.size(), 2u);
  const uint64_t first = spikes[0].step;
  EXPECT_NEAR(result.trace("isi of N").at(spikes[1].step), 0.1 * double(spikes[1].step - first), 1e-5);
  EXPECT_EQ(result.trace("late of N").at(first), 1) << "before the first spike it is infinite";
  EXPECT_EQ(result.trace("late of N").at(first + 1), 0);
  // The five steps behind that of the spike.
  for (uint64_t step = 0; step < spikes[1].step; ++step)
    EXPECT_EQ(result.trace("pulse of N").at(step), step > first && step <= first + 5 ? 1 : 0) << "step " << step;
}

TEST_P(Handlers, OfEventsTakeTheSumOfAStep) {
  // Two sources with weights 1 and 2.5 hit at step 0 and are seen one step later, after the integration.
  const Result result = simulate(R"(
neuron Once { state x = 1;  spike when x > 0.5 { x = 0 } }
neuron Cell {
    param tau = 2 ms
    state g = 0
    state h = 0
    input ex: event number
    g' = -g / tau
    on ex { g += ex;  h -= 2 * ex / tau * (1 ms) }
}
network Pair {
    population A = Once[2]
    population N = Cell[1]
    project A -> N.ex { connect all_to_all;  weight 1 + 1.5 * pre.i }
}
simulate Pair { dt 0.1 ms;  duration 1 ms;  record g, h of N }
)",
                                 precision());
  EXPECT_EQ(result.trace("g of N").at(0), 0);
  EXPECT_NEAR(result.trace("g of N").at(1), 3.5, 1e-6);
  EXPECT_NEAR(result.trace("g of N").at(2), 3.5 * std::exp(-0.05), 1e-6);
  EXPECT_NEAR(result.trace("h of N").at(9), -3.5, 1e-6);
}

namespace {

/// Everything of this file at once, in a network with delays.
const char *const everything = R"(
current Slow {
    param g = 0.02 /ms
    post V: voltage
    state m = 0
    m' = (1 / (1 + exp(-V / 5 mV)) - m) / (5 ms)
    current = -g * m * V
}
neuron Cell {
    param tau = 10 ms
    param q[2] = [0.1, 0.2] mV/ms
    shared state mu = 0 mV
    state V ~ uniform(0 mV, 10 mV)
    state g = 0 mV/ms
    state a[2] = 0 mV/ms
    input ex: event mV/ms
    use Slow as slow
    V' = (12 mV + mu - V) / tau + g - sum(a) + slow.current + 0.1 mV/ms^0.5 * xi   method heun steps 2
    g' = -g / (3 ms)
    a' = -a / (20 ms)
    on ex { g += ex }
    every 5 ms { mu = 1 mV * randn() }
    spike when V >= 10 mV { V -= 10 mV * (1 + 0.1 * exp(-(since spike) / (20 ms)));  a += q }
}
neuron Stiff {
    state V ~ uniform(0 mV, 10 mV)
    input ex: event voltage
    V' = (12 mV - V) / (10 ms) + 0.01 /mV/ms * V^2
    on ex { V += ex }
    spike when V >= 20 mV { V = 0 mV }
    refractory 2 ms holding V
    method adaptive(tolerance = 1e-5)
}
network Net {
    population N = Cell[300]
    population M = Stiff[150]
    project N -> N.ex { connect fixed_indegree(10);  weight ~ normal(0.02 mV/ms, 0.05 mV/ms);  delay ~ uniform(0.1 ms, 3 ms) }
    project M -> N.ex { connect bernoulli(0.1);  weight 0.02 mV/ms }
    project N -> M.ex { connect bernoulli(0.1);  weight 0.1 mV }
}
simulate Net { dt 0.1 ms;  duration 200 ms;  record spikes of N;  record spikes of M;  record V, slow.m of N every 10 ms }
)";

} // namespace

TEST_P(Handlers, OfEventsTellTheirSigns) {
  // Five sources fire in every step; their weights have both signs, and cancel in the sum.
  const Result result = simulate(R"(
neuron Clock { state x = 1;  spike when x > 0.5 }
neuron Split {
    state up = 0
    state down = 0
    state size = 0
    state both = 0
    input ex: event number
    on ex {
        up   += max(ex, 0)
        down += 2 * min(0, ex)
        size += abs(ex) + (if ex > 0 then ex else 0)
        both += ex
    }
}
network Net {
    population A = Clock[5]
    population N = Split[3]
    project A -> N.ex { connect all_to_all;  weight (pre.i - 1) * (1 + post.i) }
    project A[:1] -> N.ex { connect all_to_all;  weight -3;  delay 0.3 ms }
}
simulate Net { dt 0.1 ms;  duration 1 ms;  record up of N;  record down of N;  record size of N;  record both of N }
)",
                                 precision());
  for (uint64_t step = 0; step < 10; ++step)
    for (unsigned neuron : {0u, 1u, 2u}) {
      // From step 1 on -1, 0, 1, 2, 3 times (1 + neuron), from step 3 on also -3.
      const double first = double(step), second = step < 3 ? 0 : double(step - 2), factor = 1 + neuron;
      EXPECT_NEAR(result.trace("up of N").at(step, neuron), 6 * factor * first, 1e-5);
      EXPECT_NEAR(result.trace("down of N").at(step, neuron), -2 * factor * first - 6 * second, 1e-5);
      EXPECT_NEAR(result.trace("size of N").at(step, neuron), 13 * factor * first + 3 * second, 1e-4);
      EXPECT_NEAR(result.trace("both of N").at(step, neuron), 5 * factor * first - 3 * second, 1e-5);
    }
}

TEST_P(Handlers, MechanismsMayBeCalledLikeWhatTheCompilerAdds) {
  const Result result = simulate(R"(
current Slow { param tau = 5 ms;  state g = 1;  state V = 1;  state events = 1;  g' = -g / tau;  V' = 0 /ms;  events' = 0 /ms;  current = g * 1 pA }
neuron Cell {
    state V = 0 mV
    input I: current
    use Slow as tap
    use Slow(tau = 10 ms) as Expon0
    V' = (tap.current + Expon0.current + I) / (1 pF)
    spike when V > 1000 V
}
network Net {
    population N = Cell[2]
    project N -> N.I { connect all_to_all;  weight 1 pA;  synapse Expon }
}
simulate Net { dt 0.1 ms;  duration 2 ms;  record tap.g of N;  record Expon0.g of N;  record I of N;  record V of N }
)",
                                 precision());
  EXPECT_NEAR(result.trace("tap.g of N").at(19), std::exp(-2. / 5), 1e-5);
  EXPECT_NEAR(result.trace("Expon0.g of N").at(19), std::exp(-2. / 10), 1e-5);
  EXPECT_EQ(result.trace("I of N").at(19), 0);
}

TEST_P(Handlers, HaveTheSameBitsWithAnyNumberOfWorkers) {
  const Program program(everything, precision());
  const Result one = program.run({.workers = 1});
  EXPECT_GT(one.spikesOf("N").size(), 500u);
  EXPECT_GT(one.spikesOf("M").size(), 500u);
  for (uint32_t workers : {2u, 4u}) {
    const Result several = program.run({.workers = workers});
    EXPECT_EQ(several.spikeRecords, one.spikeRecords);
    EXPECT_EQ(several.trace("V of N").values, one.trace("V of N").values);
  }
}

TEST_P(Handlers, GoOnFromACheckpoint) {
  const Program program(everything, precision());
  const Result whole = program.run();
  const std::filesystem::path file = std::filesystem::temp_directory_path() / ("snn-handlers-" + std::to_string(getpid()));
  program.run({.workers = 2, .steps = 1037, .save = file});
  const Result rest = program.run({.workers = 1, .resume = file});
  std::filesystem::remove(file);
  for (const char *population : {"N", "M"}) {
    std::vector<Spike> expected;
    for (const Spike &spike : whole.spikesOf(population))
      if (spike.step >= 1037)
        expected.push_back(spike);
    EXPECT_EQ(rest.spikesOf(population), expected) << population;
  }
  EXPECT_EQ(rest.trace("slow.m of N").row(1999), whole.trace("slow.m of N").row(1999));
}

INSTANTIATE_TEST_SUITE_P(Models, Handlers, bothPrecisions(), precisionName);
