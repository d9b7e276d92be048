// Spikes from outside: lists and files of an experiment, and what the network makes of them.

#include "EdgeFile.h"
#include "NpyFile.h"
#include "Precision.h"

#include <algorithm>

using namespace snn::test;

namespace {

/// What fails, as the user reads it.
std::string failureOf(const std::string &source, const CompileSettings &settings = {}) {
  try {
    simulate(source, settings);
  } catch (const std::exception &failure) {
    return failure.what();
  }
  return "nothing failed";
}

std::vector<Spike> sorted(std::vector<Spike> spikes) {
  std::sort(spikes.begin(), spikes.end());
  return spikes;
}

testing::AssertionResult says(const std::string &failure, const std::string &wanted) {
  if (failure.find(wanted) != std::string::npos)
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << failure;
}

const char *const relay = R"(
network Relay {
    source inp[5]
    population out = LIF[5]
    project inp -> out.V { connect one_to_one;  weight 0.25 mV;  delay 0.3 ms }
}
)";

} // namespace

using ListsOfSpikes = InBothPrecisions;
INSTANTIATE_TEST_SUITE_P(GivenSpikes, ListsOfSpikes, bothPrecisions(), precisionName);

TEST_P(ListsOfSpikes, GiveSpikesInTheStepsOfTheirTimes) {
  const Result result = simulate(std::string(relay) + R"(
simulate Relay {
    dt 0.1 ms;  duration 3 ms
    inp[1].spikes = [2, 0.14, 1e3] ms    # in any order, rounded to steps, the last one behind the end
    inp[3:].spikes = [0] ms
    inp[1:4].spikes += [1 ms]
    record spikes of inp
    record V of out
}
)",
                                 precision());
  EXPECT_EQ(sorted(result.spikesOf("inp")),
            (std::vector<Spike>{{0, 3}, {0, 4}, {1, 1}, {10, 1}, {10, 2}, {10, 3}, {20, 1}}));
  // The spike of step 0 is seen in step 3, and one of step 20 in step 23.
  const Trace &V = result.trace("V of out");
  EXPECT_EQ(V.row(2), (std::vector<double>{0, 0, 0, 0, 0}));
  EXPECT_EQ(V.at(3, 4), 0.25);
  EXPECT_EQ(V.at(3, 0), 0);
  EXPECT_GT(V.at(23, 1), V.at(22, 1) + 0.2);
}

TEST(GivenSpikes, AFileGivesEachNeuronItsOwn) {
  TemporaryFolder folder;
  writeNumbers(folder.path() / "spikes.npy", {4, 2}, {2, 1.5, 0, 0.3, 2, 0.04, 1, 0.3}); // neuron, ms
  const std::string source = std::string(relay) + R"(
simulate Relay { dt 0.1 ms;  duration 3 ms;  inp[1:4].spikes = load("spikes.npy");  record spikes of inp }
)";
  const Program program(source, {.folder = folder.path()});
  const std::vector<Spike> expected = {{0, 3}, {3, 1}, {3, 2}, {15, 3}};
  for (uint32_t workers : {1u, 2u, 4u})
    for (uint32_t chunk : {0u, 1u, 7u})
      EXPECT_EQ(sorted(program.run({.workers = workers, .chunkSteps = chunk}).spikesOf("inp")), expected)
          << workers << " " << chunk;
}

TEST(GivenSpikes, AreJudgedWhenTheNetworkIsBuilt) {
  TemporaryFolder folder;
  auto failure = [&](const std::vector<uint64_t> &shape, const std::vector<double> &values) {
    writeNumbers(folder.path() / "s.npy", shape, values);
    return failureOf(std::string(relay) + "simulate Relay { duration 3 ms;  inp[:4].spikes = load(\"s.npy\") }",
                     {.folder = folder.path()});
  };
  EXPECT_TRUE(says(failure({1, 2}, {4, 1}), "is of neuron 4, but `inp` has the neurons from 0 to 3"));
  EXPECT_TRUE(says(failure({1, 2}, {0.5, 1}), "is of neuron 0.5, but"));
  EXPECT_TRUE(says(failure({2, 2}, {0, 1, 0, -1}), "spike 1 (from 0) of `"));
  EXPECT_TRUE(says(failure({2, 2}, {0, 1, 0, -1}), "is at -1 ms, before the start of the run"));
  EXPECT_TRUE(
      says(failure({4}, {0, 1, 2, 3}), "has the shape (4); spikes are an array of rows (neuron, time), or two arrays"));
  EXPECT_TRUE(says(failure({2, 2}, {3, 1.01, 3, 1.04}),
                   "neuron 3 of `inp` is given two spikes in one step of 0.1 ms, at 1.01 ms and at 1.04 ms"));
  EXPECT_TRUE(says(failureOf(std::string(relay) + "simulate Relay { duration 3 ms;  inp.spikes = load(\"none.npy\") }",
                             {.folder = folder.path()}),
                   "none.npy"));
}

/// A rule keeps a trace of the source, which has to see given spikes as it sees those of a clock.
TEST(GivenSpikes, AreSeenByPlasticityRules) {
  const std::string tail = R"(
    population out = Clock[20] { period = 7 ms;  start = 2 ms }
    project inp -> out.spur as W { connect all_to_all;  weight 1 nS;  delay 0.5 ms;  synapse Tap;  plasticity STDP(w_max = 3 nS) }
}
simulate N { dt 0.1 ms;  duration 60 ms;  precision f64;  record w of W every 10 ms)";
  const std::string models = R"(
neuron Clock {
    param period = 5 ms
    param start = 1 ms
    input spur: conductance
    spike when t >= start and since spike >= period
}
synapse Tap {
    weight w
    state g: w = 0
    g' = -g / (5 ms)
    on pre { g += w }
    output g
}
network N {
)";
  const Result clocked = simulate(models + "population inp = Clock[3] { period = 10 ms;  start = 5 ms }" + tail + " }");
  const std::string given = models + "source inp[3]" + tail + ";  inp.spikes = [5 15 25 35 45 55] ms }";
  const Program program(given);
  const Trace expected = clocked.trace("w of W");
  EXPECT_NE(expected.values.front(), expected.values.back()) << "the rule acts";
  for (uint32_t workers : {1u, 2u, 4u})
    EXPECT_EQ(program.run({.workers = workers}).trace("w of W").values, expected.values) << workers;
}

TEST(GivenSpikes, GoOnFromACheckpoint) {
  TemporaryFolder folder;
  const Program program(std::string(relay) + R"(
simulate Relay {
    dt 0.1 ms;  duration 4 ms
    inp.spikes = [0.5 1.9 2 2.1 3] ms
    record spikes of inp
    record V of out
}
)");
  const Result whole = program.run();
  program.run({.steps = 20, .save = folder.path() / "half"});
  const Result rest = program.run({.workers = 2, .resume = folder.path() / "half"});
  const Trace &V = rest.trace("V of out");
  ASSERT_EQ(V.steps.front(), 20u);
  for (uint64_t step = 20; step < 40; ++step)
    EXPECT_EQ(V.row(step), whole.trace("V of out").row(step)) << step;
  EXPECT_EQ(rest.spikesOf("inp").size(), 15u) << "those of 2, 2.1 and 3 ms";
}

/// The rule is not the library's alone.
TEST(GivenSpikes, AModelMayMakeOfThemWhatItLikes) {
  const Result result = simulate(R"(
neuron Half {
    input given: number
    state count = 0
    on step { count += given }
    spike when count >= 2 { count -= 2 }
}
network N { population S = Half[2] }
simulate N { dt 1 ms;  duration 10 ms;  S.spikes = [1 3 4 8] ms;  record spikes of S }
)");
  EXPECT_EQ(sorted(result.spikesOf("S")), (std::vector<Spike>{{3, 0}, {3, 1}, {8, 0}, {8, 1}}));
}
