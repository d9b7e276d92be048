// A delay is the whole latency from the step of the spike to the step that sees it: max(1, round(d / dt)).

#include "Precision.h"

#include <algorithm>

using namespace snn::test;

namespace {

/// Twenty sources that all fire in step 0 onto twenty probes, one to one, with `clauses` in the projection.
Trace arrivals(const std::string &clauses, const RunSettings &run = {}) {
  return simulate(R"(
neuron Once { state x = 1;  spike when x > 0.5 { x = 0 } }
neuron Probe {
    state y = 0
    input I: frequency
    y' = I
}
network Pairs {
    population A = Once[20]
    population B = Probe[20]
    project A -> B.I { connect one_to_one;  weight 1;  )" +
                      clauses + R"( }
}
simulate Pairs { dt 0.1 ms;  duration 20 ms;  precision f64;  record I of B }
)",
                  {}, run)
      .trace("I of B");
}

/// The step whose input is not zero, for a pulse of one step.
uint64_t arrivalOf(const Trace &trace, uint32_t neuron) {
  for (uint64_t step : trace.steps)
    if (trace.at(step, neuron) != 0)
      return step;
  return UINT64_MAX;
}

} // namespace

TEST(Delay, IsOneStepByDefault) { EXPECT_EQ(arrivalOf(arrivals(""), 0), 1u); }

TEST(Delay, CountsWholeSteps) {
  EXPECT_EQ(arrivalOf(arrivals("delay 0.1 ms"), 0), 1u);
  EXPECT_EQ(arrivalOf(arrivals("delay 1.5 ms"), 0), 15u);
  EXPECT_EQ(arrivalOf(arrivals("delay 12.8 ms"), 19), 128u);
}

TEST(Delay, IsRoundedToSteps) {
  EXPECT_EQ(arrivalOf(arrivals("delay 0.01 ms"), 0), 1u);
  EXPECT_EQ(arrivalOf(arrivals("delay 1.46 ms"), 0), 15u);
}

TEST(Delay, MayDifferByConnection) {
  const Trace trace = arrivals("delay 0.3 ms * (pre.i + 1)");
  for (uint32_t neuron = 0; neuron < 20; ++neuron)
    EXPECT_EQ(arrivalOf(trace, neuron), 3 * (neuron + 1)) << "neuron " << neuron;
}

TEST(Delay, DrawnDelaysStayInTheirBounds) {
  const Trace trace = arrivals("delay ~ uniform(1 ms, 3 ms)");
  std::vector<uint64_t> steps;
  for (uint32_t neuron = 0; neuron < 20; ++neuron)
    steps.push_back(arrivalOf(trace, neuron));
  EXPECT_GE(*std::min_element(steps.begin(), steps.end()), 10u);
  EXPECT_LE(*std::max_element(steps.begin(), steps.end()), 30u);
  EXPECT_NE(*std::min_element(steps.begin(), steps.end()), *std::max_element(steps.begin(), steps.end()));
}

TEST(Delay, ReachesAcrossChunksAndWorkers) {
  const std::string clauses = "delay 0.3 ms * (pre.i + 1)";
  const Trace one = arrivals(clauses), other = arrivals(clauses, {.workers = 3, .chunkSteps = 5});
  EXPECT_EQ(one.values, other.values);
}

TEST(Delay, HoldsForEverySpikeOfATrain) {
  // Period 8 steps, delay 25 steps: three spikes are under way at any time.
  const Result result = simulate(R"(
neuron Clock { state x = 1;  spike when x > 0.5;  refractory 0.8 ms holding x }
neuron Counter { state y = 0 }
network Pair {
    population A = Clock[1]
    population B = Counter[1]
    project A -> B.y { connect all_to_all;  weight 1;  delay 2.5 ms }
}
simulate Pair { dt 0.1 ms;  duration 10 ms;  precision f64;  record y of B }
)");
  const Trace &y = result.trace("y of B");
  for (uint64_t step = 0; step < 100; ++step)
    EXPECT_EQ(y.at(step), step < 25 ? 0 : double((step - 25) / 8 + 1)) << "after step " << step;
}
