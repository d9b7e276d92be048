// `method adaptive`: the error follows the tolerance, spikes happen within a step, and neurons do not feel each other's steps.

#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

/// A pendulum-like oscillator of energy 1/2, whose phase after 20 ms is known.
double errorWith(const std::string &tolerance) {
  const Result result = simulate(R"(
neuron Circle {
    param tau = 1 ms
    state x = 1
    state y = 0
    x' = y / tau
    y' = -x / tau
    method adaptive(tolerance = )" +
                                 tolerance + R"()
}
network One { population N = Circle[1] }
simulate One { dt 20 ms;  duration 20 ms;  precision f64;  record x of N }
)");
  return std::abs(result.trace("x of N").at(0) - std::cos(20.0));
}

class Adaptive : public InBothPrecisions {};

} // namespace

TEST(AdaptiveMethod, IsOfFifthOrder) {
  // The error of a sub-step of length h is estimated as h^5 and is h^6, so the tolerance goes with h^5, and the error of the
  // whole, which adds up to h^5, with the tolerance.
  const double coarse = errorWith("1e-4"), fine = errorWith("1e-7"), finest = errorWith("1e-10");
  EXPECT_NEAR(std::log10(coarse / fine), 3, 0.6) << coarse << " and " << fine;
  EXPECT_NEAR(std::log10(fine / finest), 3, 0.6) << fine << " and " << finest;
  EXPECT_LT(finest, 1e-8);
}

TEST(AdaptiveMethod, FollowsAStiffUpstroke) {
  // x' = x^2 from 1 reaches 1/(1 - t) shortly before it diverges; an early error grows by x^2, so by 10^6.
  const Result result = simulate(R"(
neuron Blowup {
    state x = 1
    x' = x^2 / (1 ms)
    method adaptive(tolerance = 1e-9)
}
network One { population N = Blowup[1] }
simulate One { dt 0.999 ms;  duration 0.999 ms;  precision f64;  record x of N }
)");
  EXPECT_NEAR(result.trace("x of N").at(0), 1000, 1);
}

TEST(AdaptiveMethod, SpikesWithinAStep) {
  // x' = 1 + x^2 takes 2 atan(100) ms from -100 to 100, so a step of 10 ms has three spikes.
  const Result result = simulate(R"(
neuron Quadratic {
    state x = -100
    state count = 0
    x' = (1 + x^2) / (1 ms)
    spike when x >= 100 { x = -100;  count += 1 }
    method adaptive(tolerance = 1e-8)
}
network One { population N = Quadratic[5] }
simulate One { dt 10 ms;  duration 100 ms;  precision f64;  record spikes of N;  record count of N }
)");
  const double expected = std::floor(100 / (2 * std::atan(100.0)));
  EXPECT_NEAR(result.trace("count of N").at(9), expected, 1);
  EXPECT_EQ(double(result.spikesOf("N").size()), 5 * result.trace("count of N").at(9));
}

TEST(AdaptiveMethod, HoldsAfterASpikeWithinAStep) {
  const Result result = simulate(R"(
neuron Ramp {
    state x = 0
    state y = 0
    x' = 1 /ms
    y' = 1 /ms
    spike when x >= 1 { x = 0 }
    refractory 1 ms holding x
    method adaptive
}
network One { population N = Ramp[1] }
simulate One { dt 0.1 ms;  duration 3 ms;  precision f64;  record spikes of N;  record x, y of N }
)");
  ASSERT_GE(result.spikesOf("N").size(), 1u);
  const uint64_t step = result.spikesOf("N")[0].step;
  EXPECT_NEAR(double(step), 9, 1);
  for (uint64_t k = step; k < step + 10; ++k)
    EXPECT_EQ(result.trace("x of N").at(k), 0) << "step " << k;
  EXPECT_GT(result.trace("x of N").at(step + 10), 0);
  EXPECT_NEAR(result.trace("y of N").at(29), 3, 1e-9);
}

TEST_P(Adaptive, GivesEveryNeuronStepsOfItsOwn) {
  // What the neighbours do changes nothing, whichever of them needs many sub-steps.
  auto source = [](int size) {
    return R"(
neuron Up {
    param k = 1 /ms
    state x = 1
    x' = k * x^2
    spike when x >= 100 { x = 1 }
    method adaptive(tolerance = 1e-5)
}
network One { population N = Up[)" +
           std::to_string(size) + R"(] { k = 0.1 /ms * (1 + i) } }
simulate One { dt 0.1 ms;  duration 20 ms;  record x of N every 1 ms }
)";
  };
  const Result alone = simulate(source(1), precision()), together = simulate(source(40), precision());
  for (uint64_t step = 9; step < 200; step += 10)
    EXPECT_EQ(alone.trace("x of N").at(step), together.trace("x of N").at(step));
}

INSTANTIATE_TEST_SUITE_P(Models, Adaptive, bothPrecisions(), precisionName);
