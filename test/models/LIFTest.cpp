// Leaky integrate-and-fire neurons at 2 mA and 1 ohm: the subthreshold solution is known in closed form, the spikes
// from an independent program.

#include "NeuronRun.h"

#include <cmath>

using namespace snn::test;

namespace {

class LIF : public InBothPrecisions {};

// A spike that moves by one step shifts the sawtooth: dt * (2 mV - V) / tau < 0.03 mV.
constexpr double oneStep = 0.03;

const NeuronRun softReset{
    .name = "LIF",
    .population = "LIF[1]",
    .drive = "2 mA",
    .dt = 0.1,
    .steps = 5000,
    .spikes = 142,
    .first = 34,
    .last = 4969,
    .samples = {{"V", 999, 0.668453561054, oneStep}, {"V", 4999, 0.909821981306, oneStep}},
};

const NeuronRun refractory{
    .name = "LIFRef",
    .population = "LIFRef[1]",
    .drive = "2 mA",
    .dt = 0.1,
    .steps = 5000,
    .spikes = 60,
    .first = 34,
    .last = 4990,
    .samples = {{"V", 999, 0.0135630857848, oneStep}, {"V", 4999, 0.0135661363655, oneStep}},
};

const NeuronRun hardReset{
    .name = "LIF with hard reset",
    .definition = R"(
neuron HardLIF {
    param tau = 5 ms;  V_th = 1 mV;  R = 1 ohm
    state V = 0 mV
    input I: current
    V' = (R*I - V) / tau
    spike when V >= V_th { V = 0 mV }
})",
    .population = "HardLIF[1]",
    .drive = "2 mA",
    .dt = 0.1,
    .steps = 5000,
    .spikes = 142,
    .first = 34,
    .last = 4969,
    .samples = {{"V", 999, 0.659359907929, oneStep}, {"V", 4999, 0.902376727812, oneStep}},
};

} // namespace

TEST_P(LIF, SubtractsTheDistanceToReset) { expectRun(softReset, GetParam()); }

TEST_P(LIF, IsHeldForItsRefractoryPeriod) { expectRun(refractory, GetParam()); }

TEST_P(LIF, MayResetToAValue) { expectRun(hardReset, GetParam()); }

TEST_P(LIF, FollowsTheClosedFormBelowThreshold) {
  const Result result = simulate(R"(
network One { population N = LIF[1] { V_rest = -65 mV;  V_reset = -65 mV;  V_th = -50 mV;  tau = 10 ms;  V = -60 mV } }
simulate One { dt 0.1 ms;  duration 50 ms;  N.I = 10 mA;  record V of N }
)",
                                 precision());
  // A linear equation is solved exactly: -55 - 5 exp(-t / tau), whatever the step.
  for (uint64_t step : {0u, 9u, 99u, 499u})
    EXPECT_NEAR(result.trace("V of N").at(step), -55 - 5 * std::exp(-0.01 * double(step + 1)), tolerance(1e-12, 2e-5))
        << "after step " << step;
}

INSTANTIATE_TEST_SUITE_P(Models, LIF, bothPrecisions(), precisionName);
