// Refractoriness counts whole steps: after a spike of step k nothing is integrated or emitted before k + round(T / dt).

#include "Precision.h"

using namespace snn::test;

namespace {

std::vector<uint64_t> stepsOf(const std::vector<Spike> &spikes, uint32_t neuron) {
  std::vector<uint64_t> steps;
  for (const Spike &spike : spikes)
    if (spike.neuron == neuron)
      steps.push_back(spike.step);
  return steps;
}

/// Five neurons that would fire in every step, with refractory times of their own.
const char *const eager = R"(
neuron Eager {
    param tau_ref = 0 ms
    state x = 1
    spike when x > 0.5
    refractory tau_ref holding x
}
network N1 {
    population N = Eager[5] {
        tau_ref = (if i == 0 then 0 ms else if i == 1 then 0.1 ms else if i == 2 then 1.7 ms
                   else if i == 3 then 5 ms else 0.26 ms)
    }
}
simulate N1 { dt 0.1 ms;  duration 20 ms;  record spikes of N }
)";

} // namespace

TEST(Refractoriness, CountsWholeSteps) {
  const std::vector<Spike> spikes = simulate(eager).spikesOf("N");
  const uint64_t period[] = {1, 1, 17, 50, 3};
  for (uint32_t neuron = 0; neuron < 5; ++neuron) {
    std::vector<uint64_t> expected;
    for (uint64_t step = 0; step < 200; step += period[neuron])
      expected.push_back(step);
    EXPECT_EQ(stepsOf(spikes, neuron), expected) << "neuron " << neuron;
  }
}

TEST(Refractoriness, CountsMoreStepsThanAByteHolds) {
  // 5 ms at a step of 0.01 ms is 500 steps, of which 499 are held.
  const Program program(eager);
  const std::vector<Spike> spikes = program.run({.settings = {{"dt", 0.01}}}).spikesOf("N");
  EXPECT_EQ(stepsOf(spikes, 3), (std::vector<uint64_t>{0, 500, 1000, 1500}));
}

TEST(Refractoriness, HoldsOnlyTheListedStates) {
  const Result result = simulate(R"(
neuron Two {
    state V = 1 mV
    state a = 0
    V' = 1 mV/ms
    a' = 1 /ms
    spike when V >= 0.95 mV { V = 0 mV }
    refractory 1 ms holding V
}
network One { population N = Two[1] }
simulate One { dt 0.1 ms;  duration 3 ms;  precision f64;  record spikes of N;  record V, a of N }
)");
  EXPECT_EQ(stepsOf(result.spikesOf("N"), 0), (std::vector<uint64_t>{0, 19}));
  const Trace &V = result.trace("V of N"), &a = result.trace("a of N");
  for (uint64_t step = 0; step < 10; ++step)
    EXPECT_EQ(V.at(step), 0) << "held after step " << step;
  EXPECT_NEAR(V.at(10), 0.1, 1e-12) << "step 10 is the first to integrate again";
  EXPECT_NEAR(a.at(29), 3, 1e-12);
}

TEST(Refractoriness, LosesWhatArrivesAtAHeldState) {
  // The first pulse arrives during the hold, the second after it.
  const Result result = simulate(R"(
neuron Trigger { input I: number;  spike when I > 0.5 }
neuron Cell {
    state V = 1 mV
    spike when V >= 1 mV { V = 0 mV }
    refractory 1 ms holding V
}
network Pair {
    population A = Trigger[1]
    population B = Cell[1]
    project A -> B.V { connect all_to_all;  weight 0.25 mV }
}
simulate Pair {
    dt 0.1 ms;  duration 3 ms;  precision f64
    A.I = if (t >= 0.5 ms and t < 0.6 ms) or (t >= 2 ms and t < 2.1 ms) then 1 else 0
    record V of B;  record spikes of A
}
)");
  EXPECT_EQ(stepsOf(result.spikesOf("A"), 0), (std::vector<uint64_t>{5, 20}));
  const Trace &V = result.trace("V of B");
  EXPECT_EQ(V.at(6), 0);
  EXPECT_EQ(V.at(20), 0);
  EXPECT_EQ(V.at(21), 0.25);
}
