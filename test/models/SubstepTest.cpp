// Sub-steps: `steps n` is the same as a smaller `dt` where nothing else changes, holds everything else, and draws noise anew.

#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

/// A van der Pol oscillator with a method clause for the model, of which x is recorded every ms.
std::string oscillator(const std::string &method, const std::string &dt, const std::string &settings = "") {
  return R"(
neuron Oscillator {
    param tau = 1 ms
    state x = 2
    state y = 0
    x' = y / tau
    y' = ((1 - x^2)*y - x) / tau
    )" + method +
         R"(
}
network One { population N = Oscillator[3] { )" +
         settings + R"( } }
simulate One { dt )" +
         dt + R"( ms;  duration 10 ms;  precision f64;  record x of N every 1 ms }
)";
}

std::vector<double> xOf(const std::string &source) { return simulate(source).trace("x of N").values; }

void expectSame(const std::vector<double> &a, const std::vector<double> &b, double tolerance) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t k = 0; k < a.size(); ++k)
    EXPECT_NEAR(a[k], b[k], tolerance) << "sample " << k;
}

} // namespace

TEST(Substeps, OfAModelAreSmallerSteps) {
  // The order of operations differs by the factor 1/n of dt alone, so all digits but the last agree.
  for (const char *method : {"euler", "exp_euler", "rk2", "rk4", "heun"}) {
    SCOPED_TRACE(method);
    expectSame(xOf(oscillator("method " + std::string(method) + " steps 4", "0.1")),
               xOf(oscillator("method " + std::string(method), "0.025")), 1e-12);
  }
}

TEST(Substeps, MayBeGivenToAPopulationOrAnExperiment) {
  const std::vector<double> expected = xOf(oscillator("method euler steps 5", "0.1"));
  expectSame(xOf(oscillator("", "0.1", "method euler steps 5")), expected, 0);
  std::string whole = oscillator("", "0.1");
  whole.insert(whole.rfind("}"), ";  method euler steps 5 ");
  expectSame(xOf(whole), expected, 0);
}

TEST(Substeps, OfAPopulationReplaceThoseOfItsModel) {
  expectSame(xOf(oscillator("method euler steps 5", "0.1", "method rk4")), xOf(oscillator("method rk4", "0.1")), 0);
}

TEST(Substeps, OfOneEquationHoldAllElse) {
  // x decays towards y, which is 1 at the start of the first step; y itself takes one step.
  const Result result = simulate(R"(
neuron Pair {
    param tau = 1 ms
    state x = 0
    state y = 1
    x' = (y - x) / tau   method euler steps 4
    y' = -y / tau        method euler
}
network One { population N = Pair[1] }
simulate One { dt 0.5 ms;  duration 1 ms;  precision f64;  record x, y of N }
)");
  double x = 0, y = 1;
  for (uint64_t step : {0u, 1u}) {
    for (int k = 0; k < 4; ++k)
      x += 0.125 * (y - x);
    y -= 0.5 * y;
    EXPECT_NEAR(result.trace("x of N").at(step), x, 1e-15);
    EXPECT_NEAR(result.trace("y of N").at(step), y, 1e-15);
  }
}

TEST(Substeps, KeepInputsAndPulsesOfTheStep) {
  // A Dirac pulse is w/dt throughout the step of its arrival, so four Euler steps take in four quarters of it.
  const Result result = simulate(R"(
neuron Once { state x = 1;  spike when x > 0.5 { x = 0 } }
neuron Sum {
    state V = 0 mV
    input I: mV/ms
    V' = I   method euler steps 4
}
network Pair {
    population A = Once[1]
    population B = Sum[1]
    project A -> B.I { connect all_to_all;  weight 3 mV }
}
simulate Pair { dt 0.1 ms;  duration 1 ms;  precision f64;  record V of B }
)");
  EXPECT_NEAR(result.trace("V of B").at(9), 3, 1e-12);
}

TEST(Substeps, DrawNoiseOfTheirOwn) {
  // The variance of Brownian motion does not depend on the number of sub-steps, and neither do two agree.
  const Result result = simulate(R"(
neuron Walk {
    param sigma = 1 /ms^0.5
    state x = 0
    state y = 0
    x' = sigma*xi   method euler steps 4
    y' = sigma*xi   method euler
}
network One { population N = Walk[20000] }
simulate One { dt 0.5 ms;  duration 2 ms;  precision f64;  record x, y of N }
)");
  for (const char *name : {"x of N", "y of N"}) {
    double squares = 0;
    for (double value : result.trace(name).row(3))
      squares += value * value;
    // The variance of a mean of n squares of normal numbers is 2/n: four standard deviations.
    EXPECT_NEAR(squares / 20000 / 2, 1, 4 * std::sqrt(2.0 / 20000)) << name;
  }
}
