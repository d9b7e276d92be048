// What changes while an experiment runs: phases, changes at given times, the condition that ends it.

#include "Precision.h"

#include <cmath>
#include <filesystem>

#include <unistd.h>

using namespace snn::test;

namespace {

/// A cell that shows its input and its parameter, recorded in every step.
Result protocol(const std::string &statements, const RunSettings &run = {}) {
  return simulate(R"(
neuron Cell { param tau = 20 ms;  state x = 0 ms;  state y = 0 ms;  input I: number;  x' = I;  y' = tau / (1 ms) }
network One { population N = Cell[6] { tau = 20 ms };  group E = N[:4] }
simulate One { dt 0.1 ms;  precision f64;  )" + statements +
                      "\n    record I of N;  record x, y of N }\n",
                  {}, run);
}

std::vector<double> inputs(const Result &result, uint64_t step) { return result.trace("I of N").row(step); }

using Row = std::vector<double>;

} // namespace

TEST(Protocol, APhaseBeginsWithTheStepAfterTheLastOfTheOneBefore) {
  const Result result = protocol("duration 10 ms;  N.I = 2;  then for 5 ms { N.I = 3 };  then for 1 ms { N.I = 0 }");
  const Trace &trace = result.trace("I of N");
  ASSERT_EQ(trace.steps.size(), 160u) << "the experiment lasts as long as its phases together, and recording goes on";
  EXPECT_EQ(trace.at(99), 2);
  EXPECT_EQ(trace.at(100), 3);
  EXPECT_EQ(trace.at(149), 3);
  EXPECT_EQ(trace.at(150), 0);
}

TEST(Protocol, APhaseKeepsWhatItDoesNotReplace) {
  const Result result = protocol("duration 10 ms;  N.I = 1;  N.I += 4;  then for 5 ms { E.I = 3;  N[5:].I += 7 }");
  EXPECT_EQ(inputs(result, 99), (Row{5, 5, 5, 5, 5, 5}));
  EXPECT_EQ(inputs(result, 100), (Row{3, 3, 3, 3, 5, 12})) << "`=` replaces all that its neurons got, `+=` adds";
}

TEST(Protocol, ChangesComeInTheOrderOfTheirTimes) {
  const Result result =
      protocol("duration 10 ms;  at 6 ms { E.I = 1 };  at 2 ms { N.I = 5 };  then for 2 ms { N[2:].I = t / (1 ms) }");
  EXPECT_EQ(inputs(result, 19), Row(6, 0));
  EXPECT_EQ(inputs(result, 20), Row(6, 5));
  EXPECT_EQ(inputs(result, 60), (Row{1, 1, 1, 1, 5, 5}));
  const Row last = inputs(result, 110);
  EXPECT_EQ(last[1], 1);
  EXPECT_NEAR(last[3], 11, 1e-12);
}

TEST(Protocol, ParametersChangeAndTheRestKeepTheirs) {
  const Result result = protocol("duration 10 ms;  at 4 ms { E.tau = 10 ms };  then for 10 ms { N.tau = 2 * tau }");
  const Trace &y = result.trace("y of N");
  auto slope = [&](uint64_t step, uint32_t neuron) { return (y.at(step, neuron) - y.at(step - 1, neuron)) / 0.1; };
  EXPECT_NEAR(slope(39, 0), 20, 1e-9);
  EXPECT_NEAR(slope(40, 0), 10, 1e-9);
  EXPECT_NEAR(slope(40, 5), 20, 1e-9);
  EXPECT_NEAR(slope(100, 5), 40, 1e-9) << "its own name is what it would be without: 20 ms";
}

TEST(Protocol, ChunksAndWorkersDoNotMoveAChange) {
  const std::string text = "duration 10 ms;  N.I = 2;  at 3.3 ms { E.I = 1 };  then for 5 ms { N.I = 3 }";
  const Result one = protocol(text);
  for (const RunSettings &run : {RunSettings{.workers = 2, .chunkSteps = 7}, RunSettings{.chunkSteps = 1}})
    EXPECT_EQ(protocol(text, run).trace("I of N").values, one.trace("I of N").values);
}

namespace {

const char *const ending = R"(
network Many { population N = Poisson[500] { rate = 10 Hz };  group E = N[:400] }
simulate Many { dt 0.1 ms;  duration 500 ms
    N.rate = 10 Hz + 0.2 Hz * t / (1 ms)
    record spikes of E
    stop when rate of E over 20 ms > 40 Hz }
)";

/// The first full millisecond at which the condition holds, from the spikes themselves; 0: none.
uint64_t expectedEnd(const std::vector<Spike> &spikes) {
  for (uint64_t done = 200; done <= 5000; done += 10) {
    uint64_t count = 0;
    for (const Spike &spike : spikes)
      count += spike.step >= done - 200 && spike.step < done;
    if (double(count) / 400 / 20 > 0.040)
      return done;
  }
  return 0;
}

} // namespace

TEST(Protocol, ARateEndsTheRunInTheSameStepWhateverTheChunks) {
  const Program program(ending);
  const Program endless([] {
    std::string text = ending;
    return text.replace(text.find("stop when"), std::string("stop when rate of E over 20 ms > 40 Hz").size(), "");
  }());
  const Result all = endless.run();
  const uint64_t end = expectedEnd(all.spikesOf("E"));
  ASSERT_GT(end, 200u);
  for (const RunSettings &run : {RunSettings{}, RunSettings{.workers = 3}, RunSettings{.chunkSteps = 7}}) {
    const Result result = program.run(run);
    EXPECT_EQ(result.figures.steps, end);
    EXPECT_NE(result.ended.find("the rate of `E` over 20 ms was above 40 Hz"), std::string::npos) << result.ended;
    std::vector<Spike> before;
    for (const Spike &spike : all.spikesOf("E"))
      if (spike.step < end)
        before.push_back(spike);
    EXPECT_EQ(result.spikesOf("E"), before);
  }
}

TEST(Protocol, ACheckpointKeepsTheWindowOfTheCondition) {
  const Program program(ending);
  const uint64_t end = program.run().figures.steps;
  const auto file = std::filesystem::temp_directory_path() / ("snn-stop-" + std::to_string(getpid()));
  program.run({.steps = end - 57, .save = file});
  const Result rest = program.run({.resume = file});
  std::filesystem::remove(file);
  EXPECT_EQ(rest.figures.steps, 57u) << "a window of 200 steps, of which 143 are before the checkpoint";
}
