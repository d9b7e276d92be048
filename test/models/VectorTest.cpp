// Vectors of fixed length compute what the same variables written one by one compute, and escape noise has its rate.

#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

class Vectors : public InBothPrecisions {};

} // namespace

TEST_P(Vectors, AreTheirElements) {
  const Result vector = simulate(R"(
neuron Cell {
    const n = 3
    param tau[n] = [1, 2, 5] ms  where > 0 ms
    param q[n] = 1 mV
    state x[n] = [3, -2, 1] mV
    state V = 0 mV
    let slope = -x / tau
    x' = slope
    then V' = (sum(x) + x[2] - V) / (10 ms)
    spike when V >= 2 mV { x += 2 * q;  V = 0 mV }
    refractory 1 ms holding V, x
}
neuron Other = Cell { q = [1, 2, 3] mV }
network One { population N = Other[2] { tau = [1, 2, 5] ms;  x[1] = -2 mV + 1 mV * i } }
simulate One { dt 0.1 ms;  duration 30 ms;  method exp_euler;  record spikes of N;  record x, V of N }
)",
                                 precision());
  const Result written = simulate(R"(
neuron Cell {
    param a = 1 ms;  b = 2 ms;  c = 5 ms
    state x = 3 mV
    state y = -2 mV
    state z = 1 mV
    state V = 0 mV
    x' = -x / a
    y' = -y / b
    z' = -z / c
    then V' = (x + y + z + z - V) / (10 ms)
    spike when V >= 2 mV { x += 2 * 1 mV;  y += 2 * 2 mV;  z += 2 * 3 mV;  V = 0 mV }
    refractory 1 ms holding V, x, y, z
}
network One { population N = Cell[2] { y = -2 mV + 1 mV * i } }
simulate One { dt 0.1 ms;  duration 30 ms;  method exp_euler;  record spikes of N;  record x, y, z, V of N }
)",
                                  precision());
  EXPECT_EQ(vector.spikesOf("N"), written.spikesOf("N"));
  for (auto [element, name] : {std::pair("x[0] of N", "x of N"), {"x[1] of N", "y of N"}, {"x[2] of N", "z of N"}, {"V of N", "V of N"}})
    for (uint64_t step = 0; step < 300; ++step)
      EXPECT_NEAR(vector.trace(element).at(step), written.trace(name).at(step), tolerance(1e-12, 1e-5)) << element << " at " << step;
}

TEST_P(Vectors, MakeEscapeNoise) {
  // NEST's gif_psc_exp without noise, and the rate of 2000 neurons with it: 4.56 Hz.
  const Result quiet = simulate("network One { population N = gif_psc_exp[1] { I_e = 100 pA;  lambda_0 = 0 Hz } }\n"
                                "simulate One { dt 0.1 ms;  duration 500 ms;  record spikes of N;  record V of N }\n",
                                precision());
  EXPECT_TRUE(quiet.spikesOf("N").empty());
  EXPECT_NEAR(quiet.trace("V of N").at(999), -45.168448674977, tolerance(1e-11, 1e-4));
  EXPECT_NEAR(quiet.trace("V of N").at(4999), -45.000000000347, tolerance(1e-11, 1e-3));

  const Result noisy = simulate("network One { population N = gif_psc_exp[2000] { I_e = 140 pA;  lambda_0 = 10 Hz } }\n"
                                "simulate One { dt 0.1 ms;  duration 500 ms;  record spikes of N }\n",
                                precision());
  // 4560 spikes of a process that is a little more regular than Poisson's.
  EXPECT_NEAR(double(noisy.spikesOf("N").size()), 4560, 4 * std::sqrt(4560.0));
}

/// Each element is a port of its own, and the model may sum them.
TEST_P(Vectors, InputsArePortsOneByOne) {
  const Result result = simulate(R"(
neuron Once { state ready = 1;  spike when ready > 0.5 { ready = 0 } }
neuron Dendrites {
    const n = 3
    param gain[n] = [1, 10, 100]
    input I[n]: number
    state total = 0
    state last = 0
    on step { total = sum(gain * I);  last = I[2] }
}
network N {
    const apical = 2
    population A = Once[2]
    population P = Dendrites[2] { gain[1] = 20 }
    project A -> P.I[0] { connect all_to_all;  weight 1 + pre.i;  synapse Hold }
    project A -> P.I[apical] { connect one_to_one;  weight 1 + post.gain[1] + pre.i;  synapse Hold }
}
synapse Hold { weight w;  state g: w = 0;  on pre { g += w };  output g }
simulate N {
    dt 1 ms;  duration 4 ms
    P.I[1] = 2 + i
    P[1:].I += [0.5, 0.25, sum(gain) / gain[2]]
    record total, last of P
    record I of P
}
)", precision());
  const double last[] = {21, 22 + 1.21}; // 121 / 100
  for (uint32_t i = 0; i < 2; ++i) {
    EXPECT_EQ(result.trace("I[0] of P").at(2, i), 3 + 0.5 * i);
    EXPECT_EQ(result.trace("I[1] of P").at(2, i), 2 + 1.25 * i);
    EXPECT_NEAR(result.trace("last of P").at(2, i), last[i], tolerance(1e-14, 1e-5));
    EXPECT_NEAR(result.trace("total of P").at(2, i), 3 + 0.5 * i + 20 * (2 + 1.25 * i) + 100 * last[i], tolerance(1e-11, 1e-2));
  }
}

INSTANTIATE_TEST_SUITE_P(Models, Vectors, bothPrecisions(), precisionName);
