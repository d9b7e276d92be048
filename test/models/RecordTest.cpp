// What is recorded and when: states after a step at multiples of `every`, spikes in the step of their condition.

#include "Precision.h"

using namespace snn::test;

namespace {

/// Ten neurons whose state is the time and which fire at every full millisecond, recorded by `records`.
Result recorded(const std::string &records, const RunSettings &run = {}) {
  return simulate(R"(
neuron Ramp {
    state x = 0 ms
    x' = 1
    let rounded = 1 ms * round(x / 1 ms)
    spike when rounded > 0 ms and abs(x - rounded) < 0.05 ms
}
network One { population N = Ramp[10] }
simulate One { dt 0.1 ms;  duration 10 ms;  precision f64;  )" +
                      records + " }\n",
                  {}, run);
}

} // namespace

TEST(Record, TakesEveryStepByDefault) {
  const Trace trace = recorded("record x of N").trace("x of N");
  ASSERT_EQ(trace.steps.size(), 100u);
  EXPECT_EQ(trace.width, 10u);
  for (uint64_t step = 0; step < 100; ++step)
    EXPECT_NEAR(trace.at(step, 3), 0.1 * double(step + 1), 1e-12);
}

TEST(Record, TakesMultiplesOfItsInterval) {
  const Trace trace = recorded("record x of N[2:5] every 0.5 ms").trace("x of N[2:5]");
  ASSERT_EQ(trace.steps.size(), 20u);
  EXPECT_EQ(trace.width, 3u);
  EXPECT_EQ(trace.steps.front(), 4u) << "the first sample is at 0.5 ms, not at 0";
  EXPECT_EQ(trace.steps.back(), 99u);
  EXPECT_NEAR(trace.at(4), 0.5, 1e-12);
}

TEST(Record, StartsWhereItIsTold) {
  const Trace trace = recorded("record x of N every 0.5 ms from 4 ms").trace("x of N");
  EXPECT_EQ(trace.steps.front(), 39u) << "the state at 4 ms is the one after step 39";
  EXPECT_EQ(trace.steps.size(), 13u);
}

TEST(Record, SpikesStartWhereTheyAreTold) {
  const std::vector<Spike> all = recorded("record spikes of N").spikesOf("N");
  const std::vector<Spike> late = recorded("record spikes of N from 4 ms").spikesOf("N");
  std::vector<Spike> expected;
  for (const Spike &spike : all)
    if (spike.step >= 40)
      expected.push_back(spike);
  EXPECT_EQ(all.size(), 100u) << "once a millisecond";
  EXPECT_EQ(late, expected);
}

TEST(Record, SpikesOfAGroupNameNeuronsOfThePopulation) {
  const std::vector<Spike> spikes = recorded("record spikes of N[4:6]").spikesOf("N[4:6]");
  EXPECT_EQ(spikes.size(), 20u);
  EXPECT_EQ(spikes[0], (Spike{9, 4}));
  EXPECT_EQ(spikes[1], (Spike{9, 5}));
}

TEST(Record, ComesInOrderWhateverTheChunks) {
  const std::string records = "record spikes of N;  record x of N every 0.3 ms";
  const Result one = recorded(records);
  for (uint32_t chunk : {1u, 3u, 64u}) {
    const Result other = recorded(records, {.workers = 2, .chunkSteps = chunk});
    EXPECT_EQ(other.spikesOf("N"), one.spikesOf("N"));
    EXPECT_EQ(other.trace("x of N").steps, one.trace("x of N").steps);
    EXPECT_EQ(other.trace("x of N").values, one.trace("x of N").values);
  }
}
