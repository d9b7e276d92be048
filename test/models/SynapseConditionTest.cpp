// `on <condition>` of a synapse, against sequences computed by hand.

#include "EdgeFile.h"
#include "NpyFile.h"
#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

/// Neuron i spikes in the steps 1, 2, 3, 11 and 12 behind step i; what an `Ear` hears is what the synapses put into it.
const char *const neurons = R"(
neuron Bursts {
    state age = 0
    on step { age += 1 }
    spike when (age - i == 2) or (age - i == 3) or (age - i == 4) or (age - i == 12) or (age - i == 13)
}
neuron Ear {
    param level = 0
    state heard = 0
    state mood  = 0
    input I: number
    on step { heard = I;  mood += level }
}
)";

constexpr uint64_t steps = 20;

std::string network(const std::string &synapse, const std::string &clauses, const std::string &precision = "f64") {
  return neurons + synapse + "\nnetwork N {\n population A = Bursts[2]\n population B = Ear[3] { level = 0.25 * i }\n project A -> B { " +
         clauses + " }\n}\nsimulate N { dt 1 ms;  duration 20 ms;  precision " + precision + ";  record heard of B }\n";
}

/// The vesicle fills with every event. Where it is seen to be full when a step begins, two are gone.
const char *const emptying = R"(
synapse Emptying {
    param full = 3
    weight w
    state fill = 0
    state emptied = 0
    on pre { fill += 1 }
    on fill >= full { emptied += 1;  fill -= 2 }
    output w * (10 * emptied + fill)
}
)";

/// The output of `Emptying` after events in steps 2, 3, 4, 12 and 13 have been counted.
double emptyingOf(uint64_t step, double full) {
  double fill = 0, emptied = 0;
  bool held = true; // the first step only looks
  for (uint64_t k = 0; k <= step; ++k) {
    bool holds = fill >= full;
    if (holds && !held)
      ++emptied, fill -= 2;
    held = holds;
    fill += (k >= 2 && k <= 4) || k == 12 || k == 13;
  }
  return 10 * emptied + fill;
}

} // namespace

TEST(SynapseCondition, ActsOncePerSourceWhereItComesToHold) {
  // Counted by hand: full in step 4, emptied when step 5 begins, full again in step 13.
  for (auto [step, value] : {std::pair<uint64_t, double>{1, 0}, {2, 1}, {4, 3}, {5, 11}, {11, 11}, {12, 12}, {13, 13}, {14, 21}})
    ASSERT_EQ(emptyingOf(step, 3), value) << step;
  for (const char *precision : {"f64", "f32"})
    for (uint32_t workers : {1u, 2u, 3u}) {
      const Result result = simulate(network(emptying, "connect all_to_all;  weight 1 + post.i;  synapse Emptying", precision), {}, {.workers = workers});
      for (uint64_t step = 0; step < steps; ++step) {
        double both = emptyingOf(step, 3) + (step > 0 ? emptyingOf(step - 1, 3) : 0);
        EXPECT_EQ(result.trace("heard of B").row(step), (std::vector<double>{both, 2 * both, 3 * both})) << step;
      }
    }
}

/// Thresholds from a file make the states those of connections.
TEST(SynapseCondition, ActsOnEveryConnection) {
  TemporaryFolder folder;
  const std::vector<double> full = {1, 2, 3, 4, 5, 100};
  writeNumbers(folder.path() / "full.npy", {2, 3}, full);
  for (uint32_t workers : {1u, 2u}) {
    const Result result = simulate(network(emptying, "connect all_to_all;  weight 1;  synapse Emptying(full = load(\"full.npy\"))"),
                                   {.folder = folder.path()}, {.workers = workers});
    for (uint64_t step = 0; step < steps; ++step)
      for (uint32_t target = 0; target < 3; ++target)
        EXPECT_EQ(result.trace("heard of B").at(step, target),
                  emptyingOf(step, full[target]) + (step > 0 ? emptyingOf(step - 1, full[3 + target]) : 0))
            << step << ", " << target;
  }
}

/// What decays is looked at after it has decayed to the step and before its events.
TEST(SynapseCondition, SeesStatesAsTheStepBegins) {
  const std::string refreshed = R"(
synapse Refreshed {
    weight w
    state g = 1.5
    g' = -g / (2 ms)
    on pre { g += 0.125 }
    on g < 0.5 { g = 2 }
    output w * g
}
)";
  for (const char *precision : {"f64", "f32"}) {
    const double tolerance = precision[1] == '6' ? 1e-14 : 1e-6; // a few roundings of values of order one
    const Program program(network(refreshed, "connect bernoulli(1);  weight 1;  synapse Refreshed", precision));
    const Result result = program.run();
    double g[2] = {1.5, 1.5};
    bool held[2] = {true, true};
    for (uint64_t step = 0; step < steps; ++step) {
      for (uint64_t source = 0; source < 2; ++source) {
        g[source] *= std::exp(-0.5);
        bool holds = g[source] < 0.5;
        if (holds && !held[source])
          g[source] = 2;
        held[source] = holds;
        uint64_t since = step - source;
        if ((since >= 2 && since <= 4) || since == 12 || since == 13)
          g[source] += 0.125;
      }
      EXPECT_NEAR(result.trace("heard of B").at(step, 1), g[0] + g[1], tolerance) << step;
    }
    TemporaryFolder folder;
    const std::filesystem::path saved = folder.path() / "half.checkpoint";
    const Result first = program.run({.steps = 7, .save = saved}), second = program.run({.workers = 2, .resume = saved});
    std::vector<double> joined = first.trace("heard of B").values;
    const std::vector<double> &rest = second.trace("heard of B").values;
    joined.insert(joined.end(), rest.begin(), rest.end());
    EXPECT_EQ(joined, result.trace("heard of B").values);
  }
}

/// A condition may look at the target, of which it finds what the step before has left.
TEST(SynapseCondition, ReadsTheTarget) {
  const std::string heeding = R"(
synapse Heeding {
    weight w
    post mood: number
    state noticed = 0
    on mood > 1 { noticed = 1 }
    output w * noticed
}
)";
  const Result result = simulate(network(heeding, "connect all_to_all;  weight 1;  synapse Heeding"));
  for (uint64_t step = 0; step < steps; ++step) // `mood` is 0.25 * i * step when a step begins
    EXPECT_EQ(result.trace("heard of B").row(step), (std::vector<double>{0, 0.25 * double(step) > 1 ? 2.0 : 0.0, 0.5 * double(step) > 1 ? 2.0 : 0.0}))
        << step;
}
