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

//===-- What is set every so often -------------------------------------------------------------------------------------===//

TEST(Protocol, WhatEverySetsHoldsUntilItIsSetAgain) {
  const Result result = protocol("duration 4 ms;  every 1 ms { E.I = t / (1 ms) };  every 2 ms { N[4:].I = 7 };  N.I += 1");
  for (uint64_t step = 0; step < 40; ++step) {
    const double held = double(step / 10); // the time at which it was set, the first of them 0
    EXPECT_EQ(inputs(result, step), (Row{held + 1, held + 1, held + 1, held + 1, 8, 8})) << "step " << step;
  }
}

TEST(Protocol, EveryNeuronDrawsAnewEachTime) {
  const std::string text = "duration 10 ms;  every 0.5 ms { N.I = randn() }";
  const Program program([&] {
    return "neuron Cell { state x = 0 ms;  input I: number;  x' = I }\n"
           "network One { population N = Cell[200] }\n"
           "simulate One { dt 0.1 ms;  precision f64;  " + text + "\n record I of N }\n";
  }());
  const Result result = program.run();
  double sum = 0, squares = 0;
  for (uint64_t period = 0; period < 20; ++period) {
    const Row first = inputs(result, 5 * period);
    for (uint64_t step = 5 * period; step < 5 * period + 5; ++step)
      EXPECT_EQ(inputs(result, step), first);
    for (double value : first)
      sum += value, squares += value * value;
  }
  EXPECT_NEAR(sum / 4000, 0, 4 / std::sqrt(4000.0));
  EXPECT_NEAR(squares / 4000, 1, 4 * std::sqrt(2 / 4000.0));
  for (const RunSettings &run : {RunSettings{.workers = 2, .chunkSteps = 7}, RunSettings{.workers = 3}})
    EXPECT_EQ(program.run(run).trace("I of N").values, result.trace("I of N").values);

  const auto file = std::filesystem::temp_directory_path() / ("snn-every-" + std::to_string(getpid()));
  program.run({.steps = 33, .save = file});
  const Result rest = program.run({.resume = file});
  std::filesystem::remove(file);
  EXPECT_EQ(inputs(rest, 33), inputs(result, 33)) << "what was set at 3 ms is in the checkpoint";
}

TEST(Protocol, AParameterThatEverySetsIsTakenFromItsOwnValue) {
  const Result result = protocol("duration 4 ms;  every 1 ms { N.tau = 2 * tau }");
  const Trace &y = result.trace("y of N");
  EXPECT_NEAR(y.at(39, 3) - y.at(38, 3), 0.1 * 40, 1e-9) << "twice 20 ms, however often it is set";
}

//===-- Weights that change ---------------------------------------------------------------------------------------------===//

namespace {

/// Four cells that fire in every step, and three that count what arrives.
std::string counting(const std::string &projection, const std::string &changes, const std::string &extra = "") {
  return extra + R"(
neuron Tick { state n = 0;  spike when n >= 0 }
neuron Count { state x = 0;  input I: number;  x' = I / (1 ms) }
network One { population S = Tick[4];  population T = Count[3];  project S -> T)" +
         projection + R"( }
simulate One { dt 1 ms;  duration 10 ms;  precision f64
    )" + changes + "\n    record x of T }\n";
}

} // namespace

TEST(WeightChange, ReachesTheConnectionsThatItChoosesFromItsStepOn) {
  const Program program(counting(".x as W { connect all_to_all;  weight 1 }",
                                 "at 5 ms { W.w *= 3 where pre.i < 2 and post.i == 1;  W.w = 0 where pre.i == 3 }"));
  const Result result = program.run();
  const Trace &x = result.trace("x of T");
  for (uint64_t step = 0; step < 10; ++step) { // a spike of a step arrives in the next
    const double before = double(std::min<uint64_t>(step, 4)) * 4, after = step >= 5 ? double(step - 4) : 0;
    EXPECT_EQ(x.row(step), (Row{before + 3 * after, before + 7 * after, before + 3 * after})) << "step " << step;
  }
  for (const RunSettings &run : {RunSettings{.workers = 2}, RunSettings{.workers = 3, .chunkSteps = 1}, RunSettings{.chunkSteps = 4}})
    EXPECT_EQ(program.run(run).trace("x of T").values, x.values);

  for (uint64_t steps : {3u, 5u, 7u}) {
    const auto file = std::filesystem::temp_directory_path() / ("snn-change-" + std::to_string(getpid()));
    program.run({.steps = steps, .save = file});
    const Result rest = program.run({.resume = file});
    std::filesystem::remove(file);
    EXPECT_EQ(rest.trace("x of T").row(9), x.row(9)) << "saved after " << steps << " steps";
  }
}

TEST(WeightChange, TellsTheWeightFromWhatAnEventAdds) {
  // An event adds 4 w; the weight is drawn, so that every connection has its own.
  const std::string synapse = "synapse Four { weight w;  state g = 0;  g' = 0 * g / (1 ms);  on pre { g += 4 * w };  output g }\n";
  auto run = [&](const std::string &weight, const std::string &changes) {
    return simulate(counting(".I as W { connect all_to_all;  weight " + weight + ";  synapse Four }", changes, synapse))
        .trace("x of T").row(9);
  };
  const Row plain = run("~ uniform(1, 2)", ""), moved = run("~ uniform(1, 2)", "at 0 ms { W.w = 2 * w + 1 }"), ones = run("1", "");
  for (size_t k = 0; k < 3; ++k)
    EXPECT_NEAR(moved[k], 2 * plain[k] + ones[k], 1e-9);
}

TEST(WeightChange, OfAWeightThatEntersInAnotherWayIsRefused) {
  const std::string synapse = "synapse Squared { weight w;  state g = 0;  g' = 0 * g / (1 ms);  on pre { g += w * w };  output g }\n";
  try {
    simulate(counting(".I as W { connect all_to_all;  weight 1;  synapse Squared }", "at 1 ms { W.w *= 2 }", synapse));
    FAIL() << "nothing tells the weight from its square";
  } catch (const std::runtime_error &error) {
    EXPECT_NE(std::string(error.what()).find("error[X3]: what an event adds is not proportional to the weight"), std::string::npos)
        << error.what();
  }
}

TEST(WeightChange, ComesInTheOrderOfTimesAndThenOfTheText) {
  const Result result = simulate(counting(".x as W { connect all_to_all;  weight 1 }",
                                          "at 6 ms { W.w = 0 };  at 3 ms { W.w += 1;  W.w *= 10 };  then for 2 ms { W.w = 5 }"));
  const Trace &x = result.trace("x of T");
  EXPECT_EQ(x.at(2), 8);
  EXPECT_EQ(x.at(5), 8 + 3 * 80);
  EXPECT_EQ(x.at(9), 8 + 3 * 80) << "nothing arrives any more";
  EXPECT_EQ(x.at(11), 8 + 3 * 80 + 2 * 20);
}
