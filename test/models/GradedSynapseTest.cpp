// Synapses that read the neurons they join in every step: states per source and per connection against sums written out by hand, and
// conductances that differ between connections against conductances that do not.

#include "Precision.h"

#include <algorithm>
#include <cmath>

using namespace snn::test;

namespace {

class GradedSynapse : public InBothPrecisions {};

/// Neurons whose voltage is known: it rises by a mV per ms, from a value that depends on the neuron. The rest is what they receive.
const char *const ramp = R"(
neuron Ramp {
    state V = -60 mV + 5 mV * i
    state q = 1
    V' = 1 mV/ms
}
neuron Probe {
    state V = -65 mV + 2 mV * i
    state y = 0
    input I: number
    V' = 0.5 mV/ms
    y' = I / (1 ms)
}
)";

double voltage(double source, int64_t step) { return -60 + 5 * source + 0.1 * double(std::max<int64_t>(step, 0)); }
double targetVoltage(double target, int64_t step) { return -65 + 2 * target + 0.05 * double(step); }

/// s' = a (1 - s) - b s, by exponential Euler with a held over the step.
double gate(double s, double a, double b) {
  const double rest = a / (a + b);
  return rest + (s - rest) * std::exp(-0.1 * (a + b));
}

} // namespace

TEST_P(GradedSynapse, StatesPerSourceFollowTheVoltageADelayAgo) {
  for (int64_t delay : {1, 4}) {
    const Result result = simulate(std::string(ramp) + R"(
synapse Graded {
    param b = 0.2 /ms
    weight w
    pre V: voltage
    state s = 0.1
    s' = 1 /ms / (1 + exp(-(V + 50 mV) / 5 mV)) * (1 - s) - b * s
    output w * s
}
network Pairs {
    population A = Ramp[5]
    population B = Probe[3]
    project A[1:] -> B.I { connect all_to_all;  weight (1 + pre.i) * (1 + post.i);  synapse Graded;  delay )" +
                                       std::to_string(0.1 * double(delay)) + R"( ms }
}
simulate Pairs { dt 0.1 ms;  duration 10 ms;  record I of B }
)",
                                   precision());
    std::vector<double> s(5, 0.1);
    for (int64_t step = 0; step < 100; ++step)
      for (double target : {0., 1., 2.}) {
        double sum = 0;
        for (unsigned source = 1; source < 5; ++source) {
          if (target == 0) // the voltage after step `step - delay`, which is that of the time (step - delay + 1) dt
            s[source] = gate(s[source], 1 / (1 + std::exp(-(voltage(source, step - delay + 1) + 50) / 5)), 0.2);
          sum += (1 + source) * (1 + target) * s[source];
        }
        ASSERT_NEAR(result.trace("I of B").at(uint64_t(step), unsigned(target)), sum, tolerance(1e-9, 1e-3)) << step;
      }
  }
}

TEST_P(GradedSynapse, StatesPerConnectionReadBothEnds) {
  // The event comes after the state has advanced, and finds it as it is then.
  const std::string source = std::string(ramp) + R"(
synapse Both {
    weight w
    pre V: voltage
    post V: voltage
    state s = 0
    s' = 1 /ms / (1 + exp(-(pre.V - post.V) / 5 mV)) * (1 - s) - 0.2 /ms * s
    output w * s
}
network Pairs {
    population A = Ramp[70]
    population B = Probe[3]
    project A -> B.I { connect all_to_all;  weight 1 + 0.1 * pre.i + post.i;  synapse Both }
}
simulate Pairs { dt 0.1 ms;  duration 5 ms;  record I of B }
)";
  const Program program(source, precision());
  const Result one = program.run();
  for (unsigned target : {0u, 1u, 2u}) {
    std::vector<double> s(70, 0);
    for (int64_t step = 0; step < 50; ++step) {
      double sum = 0;
      for (unsigned source = 0; source < 70; ++source) {
        const double difference = voltage(source, step) - targetVoltage(target, step);
        s[source] = gate(s[source], 1 / (1 + std::exp(-difference / 5)), 0.2);
        sum += (1 + 0.1 * source + target) * s[source];
      }
      ASSERT_NEAR(one.trace("I of B").at(uint64_t(step), target), sum, tolerance(1e-8, 3e-3)) << "target " << target << ", step " << step;
    }
  }
  EXPECT_TRUE(program.run({.workers = 3}).trace("I of B").values == one.trace("I of B").values);
  const Result narrow = simulate(source, {.precision = GetParam(), .cpu = "x86-64-v3"});
  EXPECT_TRUE(narrow.trace("I of B").values == one.trace("I of B").values) << "with narrower vectors";
}

TEST_P(GradedSynapse, EventsFindStatesThatHaveAdvanced) {
  const Result result = simulate(std::string(ramp) + R"(
neuron Clock { state x = 1;  state V = -50 mV;  spike when x > 0.5;  refractory 2 ms holding x }
synapse Mixed {
    weight w
    pre V: voltage
    post V: voltage
    state s = 0
    s' = -s / (4 ms) * (1 + (V_ahead) / (100 mV))
    let V_ahead = pre.V - post.V
    on pre { s += 0.5 * (1 - s) }
    output w * s
}
network Pairs {
    population A = Clock[1]
    population B = Probe[2]
    project A -> B.I { connect all_to_all;  weight 2;  synapse Mixed }
}
simulate Pairs { dt 0.1 ms;  duration 8 ms;  record I of B }
)",
                                 precision());
  for (unsigned target : {0u, 1u}) {
    double s = 0;
    for (int64_t step = 0; step < 80; ++step) {
      s *= std::exp(-0.1 / 4 * (1 + (-50 - targetVoltage(target, step)) / 100));
      if (step >= 1 && (step - 1) % 20 == 0)
        s += 0.5 * (1 - s);
      ASSERT_NEAR(result.trace("I of B").at(uint64_t(step), target), 2 * s, tolerance(1e-10, 1e-4)) << step;
    }
  }
}

TEST_P(GradedSynapse, ParametersAndDerivedQuantitiesOfNeuronsAreRead) {
  const Result result = simulate(R"(
neuron Source {
    param gain = 2 + i
    state x = 1
    let doubled = 2 * x * gain
    x' = x / (10 ms)
}
neuron Probe {
    param share = 1 + i
    param common = 3
    state y = 0
    let both = share * common
    input I: number
    y' = I / (1 ms)
}
synapse Reading {
    weight w
    pre doubled: number
    pre gain: number
    post both: number
    output w * doubled * gain * both
}
network Pairs {
    population A = Source[2]
    population B = Probe[2]
    project A -> B.I { connect all_to_all;  weight 1;  synapse Reading }
}
simulate Pairs { dt 0.1 ms;  duration 1 ms;  record I of B }
)",
                                 precision());
  for (uint64_t step = 0; step < 10; ++step)
    for (unsigned target : {0u, 1u}) {
      const double x = std::exp(0.01 * double(step)), expected = 2 * x * (2 * 2 + 3 * 3) * (1 + target) * 3;
      ASSERT_NEAR(result.trace("I of B").at(step, target), expected, tolerance(1e-9, 1e-3)) << step;
    }
}

TEST_P(GradedSynapse, ReversalPotentialsPerConnectionEnterTheEquationOfTheTarget) {
  // Equal for all connections, but not known to be: the same numbers as with one conductance per target.
  auto run = [&](const std::string &reversal) {
    return simulate(R"(
neuron Passive {
    state V = -70 mV + 1 mV * i
    input I: current
    V' = (10 nS * (-70 mV - V) + I) / (100 pF)
}
network Net {
    population A = Poisson[80] { rate = 500 Hz }
    population B = Passive[40]
    project A -> B.I { connect bernoulli(0.5);  weight 8 nS;  synapse Expon(tau = 3 ms);  output COBA(E = )" +
                        reversal + R"() }
}
simulate Net { dt 0.1 ms;  duration 50 ms;  seed 3;  record V of B }
)",
                    precision());
  };
  const std::vector<double> shared = run("0 mV").trace("V of B").values, own = run("0 mV * pre.i").trace("V of B").values;
  ASSERT_EQ(shared.size(), own.size());
  double least = 0;
  for (size_t k = 0; k < shared.size(); ++k) {
    ASSERT_NEAR(shared[k], own[k], tolerance(1e-9, 2e-3)) << k;
    least = std::min(least, shared[k]);
  }
  EXPECT_GT(*std::max_element(shared.begin(), shared.end()), -30) << "the conductance is too small to tell";
}

INSTANTIATE_TEST_SUITE_P(Models, GradedSynapse, bothPrecisions(), precisionName);
