// Neurons of the library under a constant current, against independent programs that reset at the start of the next step.

#include "NeuronRun.h"

#include <array>
#include <cmath>
#include <functional>
#include <utility>

using namespace snn::test;

namespace {

class NeuronTable : public InBothPrecisions {};

NeuronRun after5000Steps(const std::string &population, const std::string &drive, size_t spikes, uint64_t first,
                         uint64_t last, std::vector<Sample> samples) {
  return {.name = population,
          .population = population,
          .drive = drive,
          .dt = 0.1,
          .steps = 5000,
          .spikes = spikes,
          .first = first,
          .last = last,
          .samples = std::move(samples)};
}

} // namespace

// In single precision a spike may move by a step, after which a state near an upstroke differs by mV.
TEST_P(NeuronTable, LeakyIntegrators) {
  expectRun(after5000Steps("IF[1]", "2 mA", 142, 34, 4969, {{"V", 999, 0.668453561054, 0.1}, {"V", 4999, 0.909821981306, 0.1}}),
            GetParam());
  expectRun(after5000Steps("ALIF[1]", "2 mA", 52, 34, 4949,
                           {{"V", 999, 1.47045407574, 0.1}, {"V", 4999, 1.58428772026, 0.1}, {"a", 4999, 9.22655777485, 0.1}}),
            GetParam());
  expectRun(after5000Steps("Gif[1]", "1.5 mA", 22, 219, 4839,
                           {{"V", 999, -56.4530810943, 0.2}, {"V", 4999, -53.470528803, 0.2}, {"V_th", 4999, -50, 1e-4}}),
            GetParam());
}

TEST_P(NeuronTable, ExponentialAndQuadraticIntegrators) {
  expectRun(after5000Steps("ExpIF[1]", "10 mA", 32, 131, 4998, {{"V", 999, -59.6765416551, 0.5}}), GetParam());
  expectRun(after5000Steps("AdExIF[1]", "20 mA", 52, 51, 4947,
                           {{"V", 999, -58.9751417531, 0.5}, {"V", 4999, -60.9681104992, 0.5}, {"w", 4999, 6.513567243e9, 1e8}}),
            GetParam());
  NeuronRun slow = after5000Steps("QuaIF[1]", "5 mA", 5, 924, 4791, {{"V", 999, -63.6428628293, 0.5}, {"V", 4999, -60.3989822488, 0.5}});
  slow.singleSlack = 5; // close to the bifurcation, where rounding moves the time of the passage
  expectRun(slow, GetParam());
  expectRun(after5000Steps("AdQuaIF[1]", "20 mA", 16, 181, 4871,
                           {{"V", 999, -51.0330672672, 0.5}, {"V", 4999, -57.6851561695, 0.5}, {"w", 4999, 7.4328920962e9, 2e8}}),
            GetParam());
}

TEST_P(NeuronTable, ConductanceNeurons) {
  NeuronRun run = after5000Steps("MorrisLecar[1]", "100 uA", 12, 171, 9516,
                                 {{"V", 999, -12.870294882, 0.5}, {"V", 9999, -44.891818747, 0.5}, {"W", 9999, 0.190617333892, 0.01}});
  run.steps = 10000;
  expectRun(run, GetParam());
  run = after5000Steps("WangBuzsakiHH[1]", "1 uA", 28, 1375, 48293,
                       {{"V", 999, -56.4111011102, 0.5}, {"V", 49999, -43.28825061, 5}, {"h", 49999, 0.3704019935, 0.1}, {"n", 49999, 0.2226107001, 0.05}});
  run.dt = 0.01;
  run.steps = 50000;
  run.singleSlack = 20; // 0.2 ms: rounding moves an oscillator's phase
  expectRun(run, GetParam());
}

namespace {

/// A neuron that takes in events itself, one at the start and then one every 50 steps; that of the start is in its initial value.
std::string takesInEvents(const std::string &population, const std::string &weight) {
  return R"(
neuron Metronome {
    state phase = 0.02
    phase' = 0.2 /ms
    spike when phase >= 0.999 { phase -= 1 }
    method euler
}
network One {
    population M = Metronome[1]
    population N = )" +
         population + R"( }
    project M -> N.syn { connect all_to_all;  weight )" +
         weight + R"( }
}
simulate One { dt 0.1 ms;  duration 200 ms;  record spikes of N;  record V of N;  record spikes of M
)";
}

} // namespace

TEST_P(NeuronTable, NeuronsWithSynapsesOfTheirOwn) {
  // A source spike of step 48 adds its weight at the end of step 49, from which step 50 starts.
  const Result cuba = simulate(takesInEvents("CubaLIF[1] { g = 1 mA", "1 mA") + "N.I = 0.5 mA }\n", precision());
  ASSERT_EQ(cuba.spikesOf("M").front().step, 48u);
  ASSERT_EQ(cuba.spikesOf("M")[1].step, 98u);
  const std::vector<Spike> &spikes = cuba.spikesOf("N");
  EXPECT_NEAR(double(spikes.size()), 36, tolerance(0, 1));
  EXPECT_NEAR(double(spikes[0].step), 70, tolerance(0, 1));
  EXPECT_NEAR(double(spikes[1].step), 128, tolerance(0, 1));
  EXPECT_NEAR(double(spikes.back().step), 1962, tolerance(0, 1));
  EXPECT_NEAR(cuba.trace("V of N").at(999), .08699121225787, tolerance(1e-12, 0.05));

  const std::string coba = "CobaLIF[1] { V_rest = -65 mV;  V_reset = -65 mV;  V_th = -50 mV;  tau = 20 ms;  g = 0.3 S";
  const Result result = simulate(takesInEvents(coba, "0.3 S") + "}\n", precision());
  std::vector<double> steps;
  for (const Spike &spike : result.spikesOf("N"))
    steps.push_back(double(spike.step));
  ASSERT_EQ(steps.size(), 3u);
  for (auto [step, published] : {std::pair(steps[0], 666.), std::pair(steps[1], 1314.), std::pair(steps[2], 1964.)})
    EXPECT_NEAR(step, published, tolerance(0, 1));
  EXPECT_NEAR(result.trace("V of N").at(999), -51.94957949611, tolerance(1e-9, 0.1));
}

TEST_P(NeuronTable, RefractoryVariantsHoldTheirStates) {
  for (const char *model : {"ExpIFRef", "AdExIFRef", "AdQuaIFRef", "GifRef", "IzhikevichRef"}) {
    SCOPED_TRACE(model);
    const bool isIzhikevich = std::string(model) == "IzhikevichRef";
    const Result result = simulate("network One { population N = " + std::string(model) +
                                       "[1] { tau_ref = 3 ms } }\nsimulate One { dt 0.1 ms;  duration 200 ms;  N.I = " +
                                       (isIzhikevich ? "10 mV/ms" : "25 mA") + ";  record spikes of N;  record V of N }\n",
                                   precision());
    const std::vector<Spike> &spikes = result.spikesOf("N");
    ASSERT_GE(spikes.size(), 2u);
    const uint64_t step = spikes[0].step;
    const double reset = result.trace("V of N").at(step);
    for (uint64_t k = step; k < step + 30; ++k)
      EXPECT_EQ(result.trace("V of N").at(k), reset) << "step " << k - step;
    EXPECT_NE(result.trace("V of N").at(step + 30), reset);
  }
}

TEST_P(NeuronTable, LevelsOfGeneralisedIntegrators) {
  // Teeter et al. 2018; levels 1 and 3 as NEST's glif_psc gives them, 2, 4 and 5 an independent program.
  const std::array<size_t, 5> counts = {49, 71, 22, 22, 20};
  for (size_t level = 1; level <= 5; ++level) {
    const Result result = simulate("network One { population N = GLIF" + std::to_string(level) +
                                       "[1] }\nsimulate One { dt 0.1 ms;  duration 500 ms;  N.I = 400 pA;  record spikes of N;  record V of N }\n",
                                   precision());
    const std::vector<Spike> &spikes = result.spikesOf("N");
    EXPECT_NEAR(double(spikes.size()), double(counts[level - 1]), tolerance(0, 1)) << "level " << level;
    if (level == 1 || level == 3) {
      EXPECT_NEAR(0.1 * double(spikes.front().step + 1), 6.4, tolerance(1e-9, 0.1001));
    }
    if (level == 1) {
      EXPECT_NEAR(0.1 * double(spikes.back().step + 1), 496.0, tolerance(1e-9, 0.1001));
      EXPECT_NEAR(result.trace("V of N").at(4999), -77.509248913804, tolerance(1e-9, 2));
    }
  }
}

namespace {

using State = std::array<double, 3>;

/// Classical Runge-Kutta with steps of 1/1000 ms.
State integrate(State s, double time, const std::function<State(const State &)> &derivative) {
  const double h = 1e-3;
  auto shifted = [](const State &s, const State &k, double by) {
    return State{s[0] + by * k[0], s[1] + by * k[1], s[2] + by * k[2]};
  };
  for (long step = std::lround(time / h); step > 0; --step) {
    const State a = derivative(s), b = derivative(shifted(s, a, h / 2)), c = derivative(shifted(s, b, h / 2)),
                d = derivative(shifted(s, c, h));
    for (int k = 0; k < 3; ++k)
      s[k] += h / 6 * (a[k] + 2 * b[k] + 2 * c[k] + d[k]);
  }
  return s;
}

} // namespace

TEST(NeuronEquations, CellsWithoutUnitsFollowTheirEquations) {
  const Result nagumo = simulate("network One { population N = FitzHughNagumo[1] { method rk4 } }\n"
                                 "simulate One { dt 0.01 ms;  duration 100 ms;  precision f64;  N.I = 0.5;  record V, w of N every 100 ms }\n");
  const State expected = integrate({-1.2, -0.62, 0}, 100, [](const State &s) {
    return State{s[0] - s[0] * s[0] * s[0] / 3 - s[1] + 0.5, (s[0] + 0.7 - 0.8 * s[1]) / 12.5, 0};
  });
  EXPECT_NEAR(nagumo.trace("V of N").at(9999), expected[0], 1e-6);
  EXPECT_NEAR(nagumo.trace("w of N").at(9999), expected[1], 1e-6);

  const Result rose = simulate("network One { population N = HindmarshRose[1] { method rk4 } }\n"
                               "simulate One { dt 0.01 ms;  duration 100 ms;  precision f64;  N.I = 1;  record V, z of N every 100 ms }\n");
  const State burst = integrate({-1.6, -10, 0}, 100, [](const State &s) {
    return State{s[1] - s[0] * s[0] * s[0] + 3 * s[0] * s[0] - s[2] + 1, 1 - 5 * s[0] * s[0] - s[1], 0.006 * (4 * (s[0] + 1.6) - s[2])};
  });
  EXPECT_NEAR(rose.trace("V of N").at(9999), burst[0], 1e-5);
  EXPECT_NEAR(rose.trace("z of N").at(9999), burst[2], 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Models, NeuronTable, bothPrecisions(), precisionName);
