// The squid axon: voltage and gates by exponential Euler from the values of the step's start, spikes at upward
// crossings, gates from the steady state of the initial voltage.

#include "NeuronRun.h"

#include <cmath>

using namespace snn::test;

namespace {

class HodgkinHuxley : public InBothPrecisions {};

double rateRatio(double alpha, double beta) { return alpha / (alpha + beta); }

} // namespace

TEST_P(HodgkinHuxley, FiresRepetitively) {
  expectRun({.name = "HH",
             .population = "HH[1] { V = -65 mV }",
             .drive = "10 uA",
             .dt = 0.1,
             .steps = 5000,
             .spikes = 34,
             .first = 25,
             .last = 4911,
             .samples = {{"V", 999, -67.8517788971, 0.1},
                         {"V", 4999, -66.8920966172, 0.1},
                         {"m", 4999, 0.0394639717562, 1e-3},
                         {"h", 4999, 0.478262849649, 2e-3},
                         {"n", 4999, 0.390801465848, 2e-3}}},
            GetParam());
}

TEST_P(HodgkinHuxley, GatesStartAtTheSteadyStateOfTheOverriddenVoltage) {
  // At a vanishing step the first recorded state is the initial one.
  const Result result = simulate(R"(
network One { population N = HH[2] { V = -70 mV + 20 mV * i } }
simulate One { dt 0.000001 ms;  duration 0.000001 ms;  record m, h, n of N }
)",
                                 precision());
  for (uint32_t neuron : {0u, 1u}) {
    const double V = -70 + 20.0 * neuron;
    const double alphaM = (V + 40) / 10 / (1 - std::exp(-(V + 40) / 10)), betaM = 4 * std::exp(-(V + 65) / 18);
    const double alphaH = 0.07 * std::exp(-(V + 65) / 20), betaH = 1 / (1 + std::exp(-(V + 35) / 10));
    const double alphaN = 0.01 * (V + 55) / (1 - std::exp(-(V + 55) / 10)), betaN = 0.125 * std::exp(-(V + 65) / 80);
    EXPECT_NEAR(result.trace("m of N").at(0, neuron), rateRatio(alphaM, betaM), 1e-5);
    EXPECT_NEAR(result.trace("h of N").at(0, neuron), rateRatio(alphaH, betaH), 1e-5);
    EXPECT_NEAR(result.trace("n of N").at(0, neuron), rateRatio(alphaN, betaN), 1e-5);
  }
}

TEST_P(HodgkinHuxley, RatesArePassedThroughTheirRemovableSingularities) {
  // -40 and -55 mV are where the rates of m and n are 0 / 0 as usually printed.
  const Result result = simulate(R"(
network One { population N = HH[2] { V = -40 mV - 15 mV * i } }
simulate One { dt 0.01 ms;  duration 1 ms;  record V of N }
)",
                                 precision());
  for (double value : result.trace("V of N").values)
    EXPECT_TRUE(std::isfinite(value) && value > -100 && value < 60) << value;
}

INSTANTIATE_TEST_SUITE_P(Models, HodgkinHuxley, bothPrecisions(), precisionName);
