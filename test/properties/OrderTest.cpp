// Methods converge at their order, to what another integrator finds: on generated equations without jumps, in double precision.

#include "SmoothSystem.h"

#include "test/models/Simulate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace snn;
using namespace snn::test;

namespace {

/// As many systems per method as SNN_PROPERTY_PROGRAMS says.
unsigned systems() {
  const char *text = std::getenv("SNN_PROPERTY_PROGRAMS");
  return text ? unsigned(std::strtoul(text, nullptr, 10)) : 2;
}

double largestError(const SmoothSystem &system, const Program &program, double dt) {
  const std::vector<std::vector<double>> exact = system.solution();
  const Result result = program.run({.settings = {{"dt", dt}}});
  double error = 0;
  for (size_t k = 0; k < system.size(); ++k) {
    const Trace &trace = result.trace("x" + std::to_string(k) + " of P");
    for (size_t row = 0; row < exact.size(); ++row)
      error = std::max(error, std::abs(trace.values.at(row) - exact[row][k]));
  }
  return error;
}

struct Case {
  const char *name, *method;
  int order;
  double dt; ///< ms, of the coarsest of three steps; such that errors lie well above rounding
};

class Order : public testing::TestWithParam<Case> {};

} // namespace

/// The order that is seen when the step is halved differs from the true one by terms of the next order: at these steps, some 0.1. It may be larger
/// where the first term happens to be small, so from above only the middle one of all systems is bounded.
TEST_P(Order, IsSeenWhenTheStepIsHalved) {
  const auto [name, method, order, dt] = GetParam();
  std::vector<double> seen;
  for (unsigned seed = 0; seed < systems(); ++seed) {
    Dice dice(7000 + seed);
    const SmoothSystem system(dice, /*isLinear=*/false);
    const Program program(system.program(method));
    const double coarse = largestError(system, program, dt), middle = largestError(system, program, dt / 2),
                 fine = largestError(system, program, dt / 4);
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", errors " << coarse << ", " << middle << ", " << fine
                                    << "\n"
                                    << system.program(method));
    EXPECT_GT(std::log2(coarse / middle), order - 0.4);
    EXPECT_GT(std::log2(middle / fine), order - 0.25);
    EXPECT_GT(fine, 1e-13) << "rounding, not the method";
    seen.push_back(std::log2(middle / fine));
  }
  std::sort(seen.begin(), seen.end());
  EXPECT_LT(seen[seen.size() / 2], order + 0.4);
}

INSTANTIATE_TEST_SUITE_P(GeneratedSystems, Order,
                         testing::Values(Case{"Euler", "method euler", 1, 0.1},
                                         Case{"ExponentialEuler", "method exp_euler", 1, 0.1},
                                         Case{"Milstein", "method milstein", 1, 0.1},
                                         Case{"Midpoint", "method rk2", 2, 0.2}, Case{"Heun", "method heun", 2, 0.2},
                                         Case{"RungeKutta", "method rk4", 4, 0.4},
                                         Case{"Substeps", "method rk2 steps 3", 2, 0.4}),
                         [](const auto &info) { return info.param.name; });

TEST(GeneratedSystems, AreSolvedExactlyWhereTheyAreLinear) {
  for (unsigned seed = 0; seed < systems(); ++seed) {
    Dice dice(7500 + seed);
    const SmoothSystem system(dice, /*isLinear=*/true);
    for (const char *method : {"", "method exact"})
      EXPECT_LT(largestError(system, Program(system.program(method)), 2), 1e-12) << "seed " << seed << "\n"
                                                                                 << system.program(method);
  }
}

/// What sub-steps leave is no more than what as many of them may: each at most the tolerance, and nothing here grows in time.
TEST(GeneratedSystems, AreSolvedAsWellAsTheToleranceSays) {
  for (unsigned seed = 0; seed < systems(); ++seed) {
    Dice dice(7800 + seed);
    const SmoothSystem system(dice, /*isLinear=*/false);
    for (const auto &[method, tolerance] :
         {std::pair("method adaptive(tolerance = 1e-5)", 1e-5), {"method adaptive(tolerance = 1e-9)", 1e-9}})
      EXPECT_LT(largestError(system, Program(system.program(method)), 0.4), 20 * tolerance) << "seed " << seed << "\n"
                                                                                            << system.program(method);
  }
}
