// Two neurons and one conductance synapse between them, value by value.

#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

class Projection : public InBothPrecisions {};

// The projection is written first, so that nothing here depends on the order of declarations.
const char *const pair = R"(
network Pair {
    project A -> B as AB {
        connect all_to_all
        weight  0.05 S
        synapse Expon(tau = 5 ms)
        output  COBA(E = 0 mV)
    }
    population A = Cell[1]
    population B = Cell[1]
}
neuron Cell = LIFRef { V_rest = -60 mV;  V_th = -50 mV;  V_reset = -60 mV;  tau = 20 ms;  tau_ref = 5 ms }

simulate Pair {
    dt 0.1 ms
    duration 100 ms
    A.I = 20 mA
    B.I = 5 mA
    record spikes of A
    record spikes of B
    record V of B
    record g of AB
}
)";

} // namespace

TEST_P(Projection, DrivesItsTargetThroughAConductance) {
  const Result result = simulate(pair, precision());
  EXPECT_EQ(result.spikesOf("A"), (std::vector<Spike>{{138, 0}, {326, 0}, {514, 0}, {702, 0}, {890, 0}}));
  EXPECT_TRUE(result.spikesOf("B").empty());

  const Trace &g = result.trace("g of AB");
  EXPECT_EQ(g.at(138), 0);
  EXPECT_NEAR(g.at(139), 5e7, tolerance(1e-4, 10)) << "nS: a spike of step 138 is seen undecayed in step 139";
  EXPECT_NEAR(g.at(189) / 5e7, std::exp(-1.0), tolerance(1e-12, 1e-5));

  const Trace &V = result.trace("V of B");
  EXPECT_NEAR(V.at(139), -57.4685918956, tolerance(1e-9, 1e-4));
  EXPECT_NEAR(V.at(140), -57.4422354576, tolerance(1e-9, 1e-4));
  EXPECT_NEAR(V.at(200), -56.40447871, tolerance(1e-7, 1e-4));
  EXPECT_NEAR(V.at(999), -54.2757826454, tolerance(1e-9, 1e-4));
}

TEST_P(Projection, EqualKineticsOfTwoProjectionsAddUp) {
  // The same conductance in two halves: one state or two, the result is the same.
  const std::string halves = R"(
network Pair {
    population A = Cell[1]
    population B = Cell[1]
    project A -> B { connect all_to_all;  weight 0.03 S;  synapse Expon(tau = 5 ms);  output COBA(E = 0 mV) }
    project A -> B { connect all_to_all;  weight 0.02 S;  synapse Expon(tau = 5 ms);  output COBA(E = 0 mV) }
}
neuron Cell = LIFRef { V_rest = -60 mV;  V_th = -50 mV;  V_reset = -60 mV;  tau = 20 ms;  tau_ref = 5 ms }
simulate Pair { dt 0.1 ms;  duration 100 ms;  A.I = 20 mA;  B.I = 5 mA;  record V of B }
)";
  const Result result = simulate(halves, precision());
  EXPECT_NEAR(result.trace("V of B").at(999), -54.2757826454, tolerance(1e-9, 1e-4));
}

TEST_P(Projection, SeveralPortsOfOneNeuron) {
  const Result result = simulate(R"(
neuron Once { state x = 1;  spike when x > 0.5 { x = 0 } }
neuron TwoPorts {
    state a = 0 mV
    state b = 0 mV
    input fast: mV/ms
    input slow: mV/ms
    a' = fast
    b' = slow
}
network Ports {
    population S = Once[1]
    population T = TwoPorts[1]
    project S -> T.fast { connect all_to_all;  weight 1 mV/ms;  synapse Expon(tau = 1 ms) }
    project S -> T.slow { connect all_to_all;  weight -2 mV/ms;  synapse Expon(tau = 10 ms);  delay 1 ms }
}
simulate Ports { dt 0.1 ms;  duration 5 ms;  record fast, slow of T }
)",
                                 precision());
  const Trace &fast = result.trace("fast of T"), &slow = result.trace("slow of T");
  EXPECT_NEAR(fast.at(1), 1, 1e-6);
  EXPECT_NEAR(fast.at(11), std::exp(-1.0), 1e-6);
  EXPECT_EQ(slow.at(9), 0);
  EXPECT_NEAR(slow.at(10), -2, 1e-6);
  EXPECT_NEAR(slow.at(20), -2 * std::exp(-0.1), 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Models, Projection, bothPrecisions(), precisionName);
