// `delayed(x, d)`: what it reads, against the course of a state that is known, and a delay equation written out.

#include "EdgeFile.h"
#include "Precision.h"

#include <algorithm>
#include <cmath>

using namespace snn::test;

namespace {

class Delayed : public InBothPrecisions {};

} // namespace

TEST_P(Delayed, AStateIsReadAsItWas) {
  const Program program(R"(
neuron Ramp {
    param d = 1 ms
    state V = 3 + i
    state none = 0
    state short = 0
    state long = 0
    V' = 1 /ms
    on step {
        none  = delayed(V, 0 ms)
        short = delayed(V + 1, 2 * d) - 1
        long  = delayed(V, 31.2 ms)
    }
}
network Net { population N = Ramp[100] }
simulate Net { dt 0.1 ms;  duration 60 ms;  record none of N;  record short of N;  record long of N }
)",
                        precision());
  auto expectDelay = [&](const Trace &trace, uint64_t delay) {
    for (uint64_t step = 0; step < 600; ++step)
      for (unsigned neuron : {0u, 17u, 99u})
        ASSERT_NEAR(trace.at(step, neuron), 3 + neuron + 0.1 * double(step - std::min(step, delay)), tolerance(1e-9, 1e-2)) << step; // 600 sums near 100 in single precision
  };
  const Result result = program.run({.workers = 2});
  expectDelay(result.trace("none of N"), 0);
  expectDelay(result.trace("short of N"), 20);
  expectDelay(result.trace("long of N"), 312);
  expectDelay(program.run({.settings = {{"N.d", 3}}}).trace("short of N"), 60);
}

TEST_P(Delayed, ADelayEquationIsThatOfMackeyAndGlass) {
  const Program program(R"(
neuron MackeyGlass {
    ## Mackey & Glass 1977, doi:10.1126/science.267326
    param tau = 17 ms
    state x = 0.5 + 0.1 * i
    let past = delayed(x, tau)
    x' = 0.2 /ms * past / (1 + past^10) - 0.1 /ms * x
    spike when x crosses 1
}
network Net {
    population N = MackeyGlass[70]
    population M = LIF[70]
    project N -> M { connect all_to_all;  weight 0.01 mV;  delay 3 ms;  synapse Delta }
}
simulate Net { dt 0.1 ms;  duration 200 ms;  record x of N;  record V of M every 1 ms }
)",
                        precision());
  const Result one = program.run();
  for (unsigned neuron : {0u, 5u}) {
    std::vector<double> x(171, 0.5 + 0.1 * neuron);
    for (uint64_t step = 0; step < (isDouble() ? 2000u : 500u); ++step) {
      const double past = x[x.size() - 171], target = 2 * past / (1 + std::pow(past, 10));
      x.push_back(target + (x.back() - target) * std::exp(-0.01));
      ASSERT_NEAR(one.trace("x of N").at(step, neuron), x.back(), tolerance(1e-9, 1e-4)) << "step " << step;
    }
  }
  for (uint32_t workers : {2u, 4u}) {
    const Result several = program.run({.workers = workers});
    EXPECT_TRUE(several.trace("x of N").values == one.trace("x of N").values) << workers;
    EXPECT_TRUE(several.trace("V of M").values == one.trace("V of M").values) << workers;
  }
  const TemporaryFolder folder;
  program.run({.workers = 2, .steps = 777, .save = folder.path() / "saved"});
  const std::vector<double> rest = program.run({.workers = 3, .resume = folder.path() / "saved"}).trace("x of N").values;
  const std::vector<double> &all = one.trace("x of N").values;
  ASSERT_LT(rest.size(), all.size());
  EXPECT_TRUE(std::equal(rest.rbegin(), rest.rend(), all.rbegin()));
}

INSTANTIATE_TEST_SUITE_P(Models, Delayed, bothPrecisions(), precisionName);
