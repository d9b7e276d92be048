// Membrane mechanisms and ports `at` a state compute what the same equations written out compute, bit for bit.

#include "Precision.h"

using namespace snn::test;

namespace {

class Mechanisms : public InBothPrecisions {};

} // namespace

TEST_P(Mechanisms, MakeAHodgkinHuxleyNeuron) {
  const std::string experiment = R"(
network One { population N = Cell[3] { V = -65 mV + 1 mV * i } }
simulate One { dt 0.05 ms;  duration 100 ms;  N.I = 10 uA;  record spikes of N;  record V of N every 1 ms }
)";
  const Result composed = simulate(R"(
neuron Cell {
    param C = 1 uF
    state V = -65 mV
    input I: current
    use HHSodium(g = 120 mS)   as na
    use HHPotassium(g = 36 mS) as k
    use Leak(g = 0.03 mS, E = -54.387 mV) as leak
    V' = (na.current + k.current + leak.current + I) / C
    spike when V crosses 20 mV
}
)" + experiment,
                                   precision());
  const Result written = simulate("neuron Cell = HH\n" + experiment, precision());
  EXPECT_EQ(composed.spikesOf("N"), written.spikesOf("N"));
  ASSERT_GT(composed.spikesOf("N").size(), 10u);
  for (uint64_t step = 19; step < 2000; step += 20)
    // The terms of the sum are ordered alike, but not every product is rounded alike.
    EXPECT_NEAR(composed.trace("V of N").at(step), written.trace("V of N").at(step), tolerance(1e-9, 1.0)) << "step " << step;
}

TEST_P(Mechanisms, AreSetDrivenAndRecordedByTheirNames) {
  const Program program(R"(
neuron Cell {
    state V = 0 mV
    use Leak(g = 10 nS, E = -10 mV) as leak
    V' = leak.current / (100 pF)   method euler
}
network One { population N = Cell[2] { leak.g = 20 nS * (1 + i) } }
simulate One { dt 0.1 ms;  duration 1 ms;  N.leak.E = -10 mV - 10 mV * (t >= 0.5 ms);  record V of N }
)",
                        precision());
  const Result result = program.run();
  for (uint32_t i : {0u, 1u}) {
    double V = 0;
    for (uint64_t step = 0; step < 10; ++step) {
      V += 0.1 * 20 * (1 + i) * ((step < 5 ? -10 : -20) - V) / 100;
      EXPECT_NEAR(result.trace("V of N").at(step, i), V, 1e-5);
    }
  }
}

TEST_P(Mechanisms, ReadTheStateBehindAt) {
  const Result result = simulate(R"(
neuron Once { state x = 1;  spike when x > 0.5 { x = 0 } }
neuron Two {
    state V  = 0 mV
    state Vd = -50 mV
    input I: current
    input Id: current at Vd
    use Leak(g = 10 nS, E = 0 mV) as leak at Vd
    V'  = I / (100 pF)                     method euler
    Vd' = (leak.current + Id) / (100 pF)   method euler
}
network Pair {
    population S = Once[1]
    population N = Two[1]
    project S -> N.Id { connect all_to_all;  weight 10 nS;  synapse Expon(tau = 1e9 ms);  output COBA(E = 0 mV) }
    project S -> N.I  { connect all_to_all;  weight 10 nS;  synapse Expon(tau = 1e9 ms);  output COBA(E = -100 mV) }
}
simulate Pair { dt 0.1 ms;  duration 0.3 ms;  record V, Vd of N }
)",
                                 precision());
  double V = 0, Vd = -50;
  for (uint64_t step = 0; step < 3; ++step) {
    const double g = step == 0 ? 0 : 10; // the synapses open one step after the spike
    V += 0.1 * g * (-100 - V) / 100;
    Vd += 0.1 * (10 * (0 - Vd) + g * (0 - Vd)) / 100;
    EXPECT_NEAR(result.trace("V of N").at(step), V, 1e-4);
    EXPECT_NEAR(result.trace("Vd of N").at(step), Vd, 1e-4);
  }
}

INSTANTIATE_TEST_SUITE_P(Models, Mechanisms, bothPrecisions(), precisionName);
