// Inputs that follow an expression of time and position, to the step.

#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

/// The input of four probes under `drive`.
Trace inputUnder(const std::string &drive, const std::string &duration = "10 ms") {
  return simulate(R"(
neuron Probe {
    param gain = 1
    state y = 0 mV
    input I: current
    y' = gain * I * (1 Mohm) / (1 ms)
}
network One { population N = Probe[4] { gain = 1 + i } }
simulate One { dt 0.1 ms;  duration )" +
                  duration + R"(;  precision f64;  record I of N;  )" + drive + R"( }
)")
      .trace("I of N");
}

} // namespace

TEST(Input, SwitchesInTheStepThatStartsAtTheGivenTime) {
  const Trace I = inputUnder("N.I = 20 pA * (t >= 5 ms)");
  EXPECT_EQ(I.at(49), 0);
  EXPECT_EQ(I.at(50), 20);
}

TEST(Input, SwitchesExactlyEvenWhereTheTimeIsNotRepresentable) {
  // 0.3 is not a multiple of 0.1 in binary, and 3 * 0.1 > 0.3.
  const Trace I = inputUnder(
      "N.I = 1 pA * (t >= 0.3 ms) + 1 pA * (t > 0.7 ms) + 1 pA * (t < 0.6 ms) + 1 pA * (t <= 1.7 ms)", "3 ms");
  for (uint64_t step = 0; step < 30; ++step)
    EXPECT_EQ(I.at(step), double((step >= 3) + (step > 7) + (step < 6) + (step <= 17))) << "step " << step;
}

TEST(Input, FollowsTheStartOfTheStep) {
  const Trace I = inputUnder("N.I = 100 pA * sin(2*pi * 100 Hz * t)");
  for (uint64_t step : {0u, 10u, 25u, 99u})
    EXPECT_NEAR(I.at(step), 100 * std::sin(2 * M_PI * 0.1 * (0.1 * double(step))), 1e-10) << "step " << step;
}

TEST(Input, SumsWhatIsAdded) {
  const Trace I = inputUnder("N.I = 1 pA;  N.I += 2 pA;  N.I += 4 pA;  N[:2].I += 8 pA;  N[:2].I += 16 pA");
  EXPECT_EQ(I.row(7), (std::vector<double>{31, 31, 7, 7}));
}

TEST(Input, DependsOnThePosition) {
  const Trace I = inputUnder("N.I = 3 pA * i");
  for (uint32_t neuron = 0; neuron < 4; ++neuron)
    EXPECT_EQ(I.at(7, neuron), 3 * neuron);
}

TEST(Input, DependsOnTheNeuronsOwnValues) {
  const Trace I = inputUnder("N.I = 3 pA * gain");
  for (uint32_t neuron = 0; neuron < 4; ++neuron)
    EXPECT_EQ(I.at(7, neuron), 3 * (neuron + 1));
}

TEST(Input, ReachesAGroupOnly) {
  const Trace I = inputUnder("N[1:3].I = 2 pA");
  for (uint32_t neuron = 0; neuron < 4; ++neuron)
    EXPECT_EQ(I.at(7, neuron), neuron == 1 || neuron == 2 ? 2 : 0) << "neuron " << neuron;
}

TEST(Input, AddsUp) {
  const Trace I = inputUnder("N.I = 2 pA;  N[:2].I += 1 pA * (t >= 1 ms)");
  EXPECT_EQ(I.at(9, 0), 2);
  EXPECT_EQ(I.at(10, 0), 3);
  EXPECT_EQ(I.at(10, 2), 2);
}
