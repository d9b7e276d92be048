// The kinetics of library synapses after one event, and exprel, which every rate function and exponential Euler need.
//
// A neuron that starts above threshold fires in step 0; with the default delay its event arrives in step 1. A value
// after n further steps is therefore recorded in step n + 1.

#include "Precision.h"

#include <algorithm>
#include <cmath>
#include <tuple>

using namespace snn::test;

namespace {

class Synapse : public InBothPrecisions {
protected:
  /// The input that one event of weight 1 produces through `clauses`, step by step.
  Trace response(const std::string &clauses, const std::string &definitions = "") {
    return simulate(definitions + R"(
neuron Once {
    state x = 1
    spike when x > 0.5 { x = 0 }
}
neuron Probe {
    param tau = 10 ms
    state y = 0
    input I: number
    y' = (I - y) / tau
}
network Pair {
    population A = Once[1]
    population B = Probe[1]
    project A -> B.I { connect all_to_all;  weight 1;  )" +
                        clauses + R"( }
}
simulate Pair { dt 0.1 ms;  duration 40 ms;  record I of B }
)",
                    precision())
        .trace("I of B");
  }
};

/// `Alpha` as in the library, but with another method.
std::string alphaBy(const std::string &method) {
  return R"(
synapse Rise {
    param tau = 8 ms
    weight w
    state g: w = 0
    state h: w = 0
    g' = (h - g) / tau
    h' = -h / tau
    on pre { h += w }
    output g
    method )" +
         method + "\n}\n";
}

} // namespace

TEST_P(Synapse, ExponentialDecaysFromTheUndecayedEvent) {
  const Trace g = response("synapse Expon(tau = 8 ms)");
  EXPECT_EQ(g.at(0), 0);
  EXPECT_NEAR(g.at(1), 1, tolerance(1e-12, 1e-6));
  EXPECT_NEAR(g.at(100), 0.290108583564, tolerance(1e-11, 1e-5));
  EXPECT_NEAR(g.at(200), 0.0831175008013, tolerance(1e-11, 1e-5));
}

TEST_P(Synapse, AlphaFollowsItsClosedForm) {
  const Trace g = response("synapse Alpha(tau = 8 ms)");
  for (uint64_t step : {1u, 41u, 81u, 201u, 399u}) {
    const double x = 0.1 * double(step - 1) / 8;
    EXPECT_NEAR(g.at(step), x * std::exp(-x), tolerance(1e-11, 1e-5)) << "in step " << step;
  }
}

TEST_P(Synapse, AlphaBySeparateExponentialEuler) {
  const Trace g = response("synapse Rise(tau = 8 ms)", alphaBy("exp_euler"));
  EXPECT_NEAR(g.at(81), 0.370188297886, tolerance(1e-11, 1e-5));
  EXPECT_NEAR(g.at(100), 0.361262559228, tolerance(1e-11, 1e-5));
  EXPECT_LT(g.at(80), g.at(81));
  EXPECT_LT(g.at(82), g.at(81));
}

TEST_P(Synapse, DifferenceOfExponentialsPeaksAtItsWeight) {
  const Trace g = response("synapse DualExpon");
  EXPECT_NEAR(g.at(27), 0.9999148914351, tolerance(1e-11, 1e-5));
  EXPECT_NEAR(g.at(100), 0.5331610530256, tolerance(1e-11, 1e-5));
  EXPECT_NEAR(response("synapse DualExpon(amplitude = 3)").at(100), 3 * 0.5331610530256, tolerance(1e-10, 3e-5));
}

/// An event of step 0 opens receptors in steps 1 to 5.
TEST_P(Synapse, ReceptorsOpenWhileTheTransmitterLasts) {
  const Trace ampa = response("synapse AMPA");
  EXPECT_EQ(ampa.at(1), 0);
  EXPECT_NEAR(ampa.at(101), 0.0376536496918, tolerance(1e-12, 1e-7));
  // In closed form: towards alpha T / (alpha T + beta) during the pulse, then away.
  for (auto [clauses, rate, pulse] : {std::tuple("synapse AMPA", .98 * .5, 5), std::tuple("synapse GABAa", .53, 10)}) {
    const Trace g = response(clauses);
    auto opened = [rate = rate](double time) { return rate / (rate + .18) * (1 - std::exp(-(rate + .18) * time)); };
    for (int step : {1, 3, 5, 10, 11, 50, 300}) {
      const double expected = opened(.1 * std::min(step, pulse)) * std::exp(-.18 * .1 * std::max(0, step - pulse));
      EXPECT_NEAR(g.at(uint64_t(step) + 1), expected, tolerance(1e-12, 1e-6)) << clauses << " step " << step;
    }
  }
}

TEST_P(Synapse, SlowReceptorsFollowTheTransmitterInTwoSteps) {
  const Trace g = response("synapse BioNMDA");
  EXPECT_NEAR(g.at(68), 0.754373481403, tolerance(1e-11, 1e-5));
  EXPECT_LT(g.at(67), g.at(68) + tolerance(0, 1e-6));
  EXPECT_LT(g.at(69), g.at(68) + tolerance(0, 1e-6));
  EXPECT_NEAR(g.at(101), 0.742047495708, tolerance(1e-11, 1e-5));
}

/// Equations behind `then` see the new values of those above, wherever the states live.
TEST_P(Synapse, EquationsBehindThenSeeNewValues) {
  for (const char *drawn : {"", "(tau ~ uniform(8 ms, 8 ms))"}) {
    const Trace g = response(std::string("synapse Chain") + drawn, R"(
synapse Chain {
    param tau = 8 ms
    weight w
    state h: w = 0
    state g: w = 0
    h' = -h / tau
    then g' = (h - g) / tau
    on pre { h += w }
    output g
}
)");
    const double decay = std::exp(-.1 / 8);
    double h = 1, expected = 0;
    for (uint64_t step = 2; step < 100; ++step) {
      h *= decay;
      expected = h + (expected - h) * decay;
      ASSERT_NEAR(g.at(step), expected, tolerance(1e-12, 1e-6)) << "step " << step << drawn;
    }
  }
}

TEST_P(Synapse, MagnesiumBlocksAtLowVoltage) {
  const double voltages[] = {-80, -60, -40, -20, 0, 20};
  const double open[] = {.02043707226, .06724775644, .1994467191, .4626308231, .748427673, .9113510547}; // from an independent program
  const Result result = simulate(R"(
neuron Once {
    state x = 1
    spike when x > 0.5 { x = 0 }
}
neuron Clamped {
    state V = 0 mV
    state q = 0 pA*ms
    input I: current
    q' = I
}
network Pair {
    population A = Once[1]
    population B = Clamped[6] { V = -80 mV + i * 20 mV }
    project A -> B.I { connect all_to_all;  weight 1 nS;  synapse Expon;  output MgBlock(E = 30 mV) }
}
simulate Pair { dt 0.1 ms;  duration 0.2 ms;  record I of B }
)",
                                 precision());
  for (uint32_t i = 0; i < 6; ++i)
    EXPECT_NEAR(result.trace("I of B").at(1, i), open[i] * (30 - voltages[i]), tolerance(1e-8, 2e-5)) << voltages[i] << " mV";
}

TEST_P(Synapse, DeltaIsAPulseOfOneStepOnAPort) {
  // A Dirac pulse of 1 ms times a number is an input of 1 ms / dt during the step of its arrival.
  const Trace I = simulate(R"(
neuron Once {
    state x = 1
    spike when x > 0.5 { x = 0 }
}
neuron Probe {
    param tau = 10 ms
    state y = 0
    input I: number
    y' = (I - y) / tau
}
network Pair {
    population A = Once[1]
    population B = Probe[1]
    project A -> B.I { connect all_to_all;  weight 1 ms }
}
simulate Pair { dt 0.1 ms;  duration 1 ms;  record I of B;  record y of B }
)",
                           precision())
                      .trace("I of B");
  for (uint64_t step = 0; step < 10; ++step)
    EXPECT_NEAR(I.at(step), step == 1 ? 10 : 0, tolerance(1e-12, 1e-5)) << "in step " << step;
}

TEST_P(Synapse, ExprelIsSafeAtZero) {
  const Result result = simulate(R"(
neuron Function {
    param x = 0
    state z = 0
    z' = exprel(x) / (1 ms)
    method euler
}
network Points {
    population N = Function[6] {
        x = (if i == 0 then -5 else if i == 1 then -0.1 else if i == 2 then 0.1 else if i == 3 then 5
             else if i == 4 then 0 else 1e-9)
    }
}
simulate Points { dt 1 ms;  duration 1 ms;  record z of N }
)",
                                 precision());
  const double expected[] = {0.198652410600183, 0.951625819640404, 1.05170918075648, 29.4826318205153, 1, 1.0000000005};
  for (uint32_t neuron = 0; neuron < 6; ++neuron)
    EXPECT_NEAR(result.trace("z of N").at(0, neuron) / expected[neuron], 1, tolerance(1e-14, 4e-7))
        << "point " << neuron;
}

INSTANTIATE_TEST_SUITE_P(Models, Synapse, bothPrecisions(), precisionName);
