// Every integration method converges at its order on a smooth nonlinear system, and `exact` needs no small step.
//
// The slope between two steps that differ by a factor of two must lie within 0.1 of the order. The error of the coarsest
// run is that of an independent program, so that a method of the same order cannot stand in for another.

#include "Precision.h"

#include <array>
#include <cmath>

using namespace snn::test;

namespace {

/// A van der Pol oscillator, 2 ms from (2, 0), with the derivative as text and as C++.
std::string oscillator(const std::string &method) {
  return R"(
neuron Oscillator {
    param tau = 1 ms
    state x = 2
    state y = 0
    x' = y / tau
    y' = ((1 - x^2)*y - x) / tau
    method )" +
         method + R"(
}
network One { population N = Oscillator[1] }
simulate One { dt 0.1 ms;  duration 2 ms;  precision f64;  record x of N }
)";
}

using State = std::array<double, 2>;

State derivative(const State &s) { return {s[1], (1 - s[0] * s[0]) * s[1] - s[0]}; }

/// The solution at 2 ms by classical Runge-Kutta with a step that leaves an error below 1e-12.
double reference() {
  State s{2, 0};
  const int steps = 20000;
  const double h = 2.0 / steps;
  auto shifted = [](const State &s, const State &k, double by) { return State{s[0] + by * k[0], s[1] + by * k[1]}; };
  for (int step = 0; step < steps; ++step) {
    const State a = derivative(s), b = derivative(shifted(s, a, h / 2)), c = derivative(shifted(s, b, h / 2)),
                d = derivative(shifted(s, c, h));
    for (int k = 0; k < 2; ++k)
      s[k] += h / 6 * (a[k] + 2 * b[k] + 2 * c[k] + d[k]);
  }
  return s[0];
}

/// Error of x at 2 ms with a step of 2 ms / `steps`.
double errorAfter(const Program &program, uint64_t steps, double exact) {
  const Result result = program.run({.settings = {{"dt", 2.0 / double(steps)}}});
  return std::abs(result.trace("x of N").at(steps - 1) - exact);
}

struct Order {
  const char *method;
  double order;
  uint64_t steps; ///< coarsest, fine enough for the leading term of the error to dominate
  double error;   ///< with that many steps
};

void PrintTo(const Order &order, std::ostream *output) { *output << order.method; }

class Method : public testing::TestWithParam<Order> {};

} // namespace

TEST_P(Method, ConvergesAtItsOrder) {
  const Program program(oscillator(GetParam().method));
  const double exact = reference();
  double coarse = errorAfter(program, GetParam().steps, exact);
  EXPECT_NEAR(coarse / GetParam().error, 1, 1e-4);
  for (uint64_t refinement : {2u, 4u, 8u}) {
    const double fine = errorAfter(program, GetParam().steps * refinement, exact);
    EXPECT_NEAR(std::log2(coarse / fine), GetParam().order, 0.1) << "from error " << coarse << " to " << fine;
    coarse = fine;
  }
}

INSTANTIATE_TEST_SUITE_P(Models, Method,
                         testing::Values(Order{"euler", 1, 100, 0.0213386403}, Order{"exp_euler", 1, 100, 0.0416889494},
                                         Order{"rk2", 2, 50, 9.121228216e-4}, Order{"heun", 2, 100, 1.038404553e-4}, Order{"rk4", 4, 40, 1.01206226e-6}),
                         [](const auto &info) { return info.param.method; });

TEST(ExactMethod, SolvesALinearSystemAtAnyStep) {
  // A damped oscillation, x'' + 2 d x' + x = 1 with d = 0.2 per ms, from rest; also with steps longer than its period.
  const Program program(R"(
neuron Damped {
    param tau = 1 ms;  d = 0.2
    state x = 0
    state y = 0
    x' = y / tau
    y' = (1 - x - 2*d*y) / tau
    method exact
}
network One { population N = Damped[1] }
simulate One { dt 0.1 ms;  duration 20 ms;  precision f64;  record x of N }
)");
  const double omega = std::sqrt(1 - 0.2 * 0.2);
  for (double dt : {0.1, 1.0, 10.0}) {
    const Result result = program.run({.settings = {{"dt", dt}}});
    for (double t : {10.0, 20.0}) {
      const double x = 1 - std::exp(-0.2 * t) * (std::cos(omega * t) + 0.2 / omega * std::sin(omega * t));
      EXPECT_NEAR(result.trace("x of N").at(uint64_t(std::lround(t / dt)) - 1), x, 1e-12)
          << "dt " << dt << " ms, t " << t;
    }
  }
}

TEST(ExactMethod, HoldsWhereTimeConstantsCoincide) {
  // A chain of two equal time constants: t exp(-t), which the general formula cannot be evaluated for.
  const Program program(R"(
neuron Chain {
    param tau = 1 ms
    state a = 1
    state b = 0
    a' = -a / tau
    b' = (a - b) / tau
    method exact
}
network One { population N = Chain[1] }
simulate One { dt 0.1 ms;  duration 5 ms;  precision f64;  record b of N }
)");
  const Result result = program.run();
  for (uint64_t step : {0u, 9u, 49u}) {
    const double t = 0.1 * double(step + 1);
    EXPECT_NEAR(result.trace("b of N").at(step), t * std::exp(-t), 1e-13);
  }
}

TEST(ExactMethod, TakesACurrentThatDecaysWithinTheStep) {
  // A synaptic current of 0.5 ms at a step of 0.1 ms: the charge it delivers is w tau, not w dt / (1 - exp(-dt/tau)).
  const std::string source = R"(
neuron Once { state x = 1;  spike when x > 0.5 { x = 0 } }
neuron Integrator {
    param tau = 10 ms
    state V = 0 mV
    input I: mV/ms
    V' = -V / tau + I
}
network Pair {
    population A = Once[1]
    population B = Integrator[1]
    project A -> B { connect all_to_all;  weight 1 mV/ms;  synapse Expon(tau = 0.5 ms) }
}
simulate Pair { dt 0.1 ms;  duration 5 ms;  precision f64;  record V of B }
)";
  const Result result = simulate(source);
  for (uint64_t step : {1u, 5u, 40u}) {
    const double t = 0.1 * double(step); // since the event, at the end of the step
    const double V = (std::exp(-t / 10) - std::exp(-t / 0.5)) / (1 / 0.5 - 1.0 / 10);
    EXPECT_NEAR(result.trace("V of B").at(step), V, 1e-12) << "after step " << step;
  }
}
