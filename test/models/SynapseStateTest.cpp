// Synapses with states of their own: parameters, delays, initial values and output clauses that differ from connection to
// connection, against sums over connections written out by hand; and the same bits from any number of workers.

#include "ClockAndProbe.h"
#include "EdgeFile.h"
#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

constexpr uint32_t sources = 4, targets = 3;
constexpr uint64_t steps = 200;

/// One connection of the sum by hand.
struct Connection {
  double source, target, weight;
  uint64_t delay = 1; ///< steps
  double state = 0;
};

class SynapseState : public InBothPrecisions {
protected:
  /// Input of three targets from four sources, of which source s fires first in step 0 and then every 20 + 7 s steps.
  Trace input(const std::string &clauses, const std::string &definitions) {
    return simulate(clockAndProbe + definitions + R"(
network Pairs {
    population A = Clock[4] { period = 2 ms + 0.7 ms * i }
    population B = Probe[3]
    project A -> B.I { connect all_to_all;  )" +
                        clauses + R"( }
}
simulate Pairs { dt 0.1 ms;  duration 20 ms;  record I of B }
)",
                    precision())
        .trace("I of B");
  }

  /// `describe` fills in weight, delay and initial state; `advance` moves the state over a step, `receive` adds an event.
  template <typename Describe, typename Advance, typename Receive, typename Output>
  void expectSum(const Trace &trace, Describe describe, Advance advance, Receive receive, Output output) {
    for (uint32_t target = 0; target < targets; ++target) {
      std::vector<Connection> connections;
      for (uint32_t source = 0; source < sources; ++source) {
        connections.push_back({double(source), double(target), (1.0 + source) * (1 + target)});
        describe(connections.back());
      }
      for (uint64_t step = 0; step < steps; ++step) {
        double sum = 0;
        for (Connection &c : connections) {
          c.state = advance(c);
          uint64_t period = 20 + 7 * uint64_t(c.source);
          if (step >= c.delay && (step - c.delay) % period == 0)
            c.state = receive(c);
          sum += output(c);
        }
        ASSERT_NEAR(trace.at(step, target), sum, tolerance(1e-10, 1e-4)) << "target " << target << " in step " << step;
      }
    }
  }
};

const char *saturating = R"(
synapse Kinetics {
    param tau = 4 ms
    weight w
    state g: w = 0
    g' = -g / tau
    on pre { g += w * (1 - g / (10 * w)) }
    output g
})";

const char *gating = R"(
synapse Kinetics {
    param tau = 4 ms
    weight w
    state s = 0
    s' = -s / tau
    on pre { s += 0.5 * (1 - s) }
    output w * s
})";

const std::string weight = "weight (1 + pre.i) * (1 + post.i);  ";

double decay(double tau) { return std::exp(-0.1 / tau); }
double saturate(const Connection &c) { return c.state + c.weight * (1 - c.state / (10 * c.weight)); }
double gate(const Connection &c) { return c.state + 0.5 * (1 - c.state); }

} // namespace

TEST_P(SynapseState, ParametersDifferBetweenConnections) {
  const Trace trace = input(weight + "synapse Expon(tau = 1 ms * (1 + pre.i + 2 * post.i))", "");
  expectSum(
      trace, [](Connection &) {}, [](const Connection &c) { return c.state * decay(1 + c.source + 2 * c.target); },
      [](const Connection &c) { return c.state + c.weight; }, [](const Connection &c) { return c.state; });
}

TEST_P(SynapseState, InitialValuesDifferBetweenConnections) {
  // A state that starts with something advances once before it is first seen.
  const Trace trace = input(weight + "synapse Kinetics(g = 1 + pre.i)", saturating);
  expectSum(
      trace, [](Connection &c) { c.state = 1 + c.source; }, [](const Connection &c) { return c.state * decay(4); },
      saturate, [](const Connection &c) { return c.state; });
}

TEST_P(SynapseState, DelaysDifferBetweenConnections) {
  const Trace trace = input(weight + "delay 0.1 ms * (1 + 3 * pre.i + post.i);  synapse Kinetics", saturating);
  expectSum(
      trace, [](Connection &c) { c.delay = uint64_t(1 + 3 * c.source + c.target); },
      [](const Connection &c) { return c.state * decay(4); }, saturate, [](const Connection &c) { return c.state; });
}

TEST_P(SynapseState, SourcesWaitForTheirOneDelay) {
  const Trace trace = input(weight + "delay 0.5 ms;  synapse Kinetics", gating);
  expectSum(
      trace, [](Connection &c) { c.delay = 5; }, [](const Connection &c) { return c.state * decay(4); }, gate,
      [](const Connection &c) { return c.weight * c.state; });
}

TEST_P(SynapseState, SourcesWithSeveralDelaysAreKeptPerConnection) {
  const Trace trace = input(weight + "delay 0.1 ms * (1 + 3 * pre.i + post.i);  synapse Kinetics", gating);
  expectSum(
      trace, [](Connection &c) { c.delay = uint64_t(1 + 3 * c.source + c.target); },
      [](const Connection &c) { return c.state * decay(4); }, gate,
      [](const Connection &c) { return c.weight * c.state; });
}

TEST_P(SynapseState, OneWeightServesAllConnections) {
  const Trace perConnection = input("weight 2;  synapse Kinetics", saturating);
  expectSum(
      perConnection, [](Connection &c) { c.weight = 2; }, [](const Connection &c) { return c.state * decay(4); },
      saturate, [](const Connection &c) { return c.state; });
  const Trace perSource = input("weight 2;  synapse Kinetics", gating);
  expectSum(
      perSource, [](Connection &c) { c.weight = 2; }, [](const Connection &c) { return c.state * decay(4); }, gate,
      [](const Connection &c) { return c.weight * c.state; });
}

TEST_P(SynapseState, NonlinearOutputsAreEvaluatedPerConnection) {
  const Trace trace = input(weight + "synapse Expon(tau = 4 ms);  output Square", R"(
output Square {
    input g
    current = g * g / 10
})");
  expectSum(
      trace, [](Connection &) {}, [](const Connection &c) { return c.state * decay(4); },
      [](const Connection &c) { return c.state + c.weight; },
      [](const Connection &c) { return c.state * c.state / 10; });
}

TEST_P(SynapseState, OutputClauseScalesTheSum) {
  const Trace trace = input(weight + "synapse Kinetics;  output Scale(factor = 3)", std::string(saturating) + R"(
output Scale {
    param factor = 1
    input g
    current = g * factor
})");
  expectSum(
      trace, [](Connection &) {}, [](const Connection &c) { return c.state * decay(4); }, saturate,
      [](const Connection &c) { return 3 * c.state; });
}

TEST_P(SynapseState, NonlinearEquationsAreSolvedForEveryState) {
  // The midpoint rule, stage by stage; one state per source, then, with several delays, one per connection.
  const char *quadratic = R"(
synapse Kinetics {
    weight w
    state s = 0
    s' = -s * s / (4 ms)
    on pre { s += 0.5 * (1 - s) }
    output w * s
    method rk2
})";
  auto slope = [](double s) { return -s * s / 4; };
  for (bool severalDelays : {false, true}) {
    const std::string delay = severalDelays ? "delay 0.1 ms * (1 + post.i);  " : "";
    expectSum(
        input(weight + delay + "synapse Kinetics", quadratic),
        [&](Connection &c) { c.delay = severalDelays ? uint64_t(1 + c.target) : 1; },
        [&](const Connection &c) { return c.state + 0.1 * slope(c.state + 0.05 * slope(c.state)); }, gate,
        [](const Connection &c) { return c.weight * c.state; });
  }
}

TEST_P(SynapseState, BitsDoNotDependOnWorkersAndLanes) {
  for (const char *delay : {"", "delay ~ uniform(0.1 ms, 2 ms);  "})
    for (const char *synapse :
         {"synapse Expon(tau ~ uniform(2 ms, 8 ms), g ~ uniform(0 mV/ms, 0.1 mV/ms))", "synapse Gating"}) {
      const std::string source = R"(
synapse Gating {
    weight w
    state s = 0
    s' = -s / (4 ms)
    on pre { s += 0.5 * (1 - s) }
    output w * s
}
neuron Cell {
    param tau = 10 ms
    state V = 0 mV
    input I: mV/ms
    V' = -V / tau + I
    spike when V >= 10 mV { V = 0 mV }
}
network Loop {
    population N = Cell[500] { V ~ uniform(0 mV, 10 mV) }
    project N -> N.I { connect bernoulli(0.2);  weight ~ uniform(0 mV/ms, 0.05 mV/ms);  )" +
                                 std::string(delay) + synapse + R"( }
}
simulate Loop { dt 0.1 ms;  duration 20 ms;  N.I += 1.2 mV/ms;  record spikes of N;  record V of N }
)";
      const Program program(source, precision());
      const Result one = program.run();
      EXPECT_GT(one.spikesOf("N").size(), 500u) << delay << synapse;
      for (uint32_t workers : {2u, 3u}) {
        const Result several = program.run({.workers = workers});
        EXPECT_TRUE(several.spikesOf("N") == one.spikesOf("N"))
            << delay << synapse << " with " << workers << " workers";
        EXPECT_TRUE(several.trace("V of N").values == one.trace("V of N").values) << delay << synapse;
        EXPECT_EQ(several.figures.events, one.figures.events);
      }
      const Result narrow = simulate(source, {.precision = GetParam(), .cpu = "x86-64-v3"}, {.workers = 2});
      EXPECT_TRUE(narrow.trace("V of N").values == one.trace("V of N").values)
          << delay << synapse << " with narrower vectors";
    }
}

TEST_P(SynapseState, TargetsBeyondOneBlockAreReached) {
  // A block has 65 536 targets. One event of each of two sources arrives in step 1.
  for (const char *kinetics : {saturating, gating}) {
    const Program program(std::string(kinetics) + R"(
neuron Once {
    state x = 1
    spike when x > 0.5 { x = 0 }
}
neuron Probe {
    state y = 0
    input I: number
    y' = I / (1 ms)
}
network Pairs {
    population A = Once[2]
    population B = Probe[70000]
    project A -> B.I { connect all_to_all;  weight (1 + pre.i) * (1 + post.i);  synapse Kinetics }
}
simulate Pairs { dt 0.1 ms;  duration 1 ms;  record I of B[65530:65545] }
)",
                          precision());
    const double released = kinetics == saturating ? 1 : 0.5;
    for (uint32_t workers : {1u, 3u}) {
      const Result result = program.run({.workers = workers});
      const Trace &trace = result.trace("I of B[65530:65545]");
      for (uint64_t step = 1; step < 10; ++step)
        for (uint32_t column = 0; column < trace.width; ++column) {
          const double expected = 3 * released * (1 + 65530 + column) * std::pow(decay(4), double(step - 1));
          ASSERT_NEAR(trace.at(step, column) / expected, 1, tolerance(1e-12, 1e-5)) << "target " << 65530 + column;
        }
    }
  }
}

/// States per connection come in order of target, then source; states per source in order of the source. Both are as the step has used them, so that
/// weighed and summed they are what reaches the target.
TEST_P(SynapseState, RecordsAreOfWhatTheStatesAreKeptFor) {
  const std::string network = std::string(clockAndProbe) + R"(
network Pairs {
    population A = Clock[4] { period = 2 ms + 0.7 ms * i }
    population B = Probe[3]
    project A -> B.I as P { connect all_to_all;  weight (1 + pre.i) * (1 + post.i);  synapse Kinetics }
}
simulate Pairs { dt 0.1 ms;  duration 20 ms;  record I of B;  )";
  auto summed = [](const Result &result, const char *record, uint64_t step, uint32_t target, bool perSource, bool isWeighted) {
    double sum = 0;
    for (uint32_t source = 0; source < sources; ++source)
      sum += (isWeighted ? (1.0 + source) * (1 + target) : 1) * result.trace(record).at(step, perSource ? source : target * sources + source);
    return sum;
  };
  for (uint32_t workers : {1u, 2u, 3u}) {
    const Result connections = simulate(saturating + network + "record g of P;  record g of P[5:9] every 1 ms }", precision(), {.workers = workers}),
                 ofSources = simulate(gating + network + "record s of P;  record s of P[2] every 1 ms }", precision(), {.workers = workers});
    ASSERT_EQ(connections.trace("g of P").width, sources * targets);
    ASSERT_EQ(ofSources.trace("s of P").width, sources);
    for (uint64_t step = 0; step < steps; ++step)
      for (uint32_t target = 0; target < targets; ++target) {
        ASSERT_NEAR(summed(connections, "g of P", step, target, false, false), connections.trace("I of B").at(step, target), tolerance(1e-12, 1e-4));
        ASSERT_NEAR(summed(ofSources, "s of P", step, target, true, true), ofSources.trace("I of B").at(step, target), tolerance(1e-12, 1e-4));
      }
    for (uint64_t step = 9; step < steps; step += 10) {
      const std::vector<double> all = connections.trace("g of P").row(step);
      EXPECT_EQ(connections.trace("g of P[5:9]").row(step), std::vector<double>(all.begin() + 5, all.begin() + 9));
      EXPECT_EQ(ofSources.trace("s of P[2:3]").at(step), ofSources.trace("s of P").at(step, 2));
    }
  }
}

/// What is recorded is looked at, and moves nothing.
TEST_P(SynapseState, RecordsChangeNothing) {
  auto program = [](const char *record) {
    return std::string(saturating) + "\nnetwork N {\n population A = Poisson[50] { rate = 100 Hz }\n population B = LIF[40] { tau = 10 ms }\n"
           " project A -> B as P { connect bernoulli(0.3);  weight ~ normal(0.2 nA, 0.05 nA);  synapse Kinetics }\n}\n"
           "simulate N { duration 100 ms;  record V of B every 5 ms\n" + record + "}\n";
  };
  const Trace without = simulate(program(""), precision()).trace("V of B"), with = simulate(program("record g of P[:7] every 1 ms"), precision()).trace("V of B");
  EXPECT_EQ(without.values, with.values);
  // Nor does a checkpoint hold what is recorded.
  TemporaryFolder folder;
  const std::filesystem::path saved = folder.path() / "half.checkpoint";
  Program(program("record g of P[:7] every 1 ms"), precision()).run({.steps = 400, .save = saved});
  const Trace rest = Program(program(""), precision()).run({.workers = 2, .resume = saved}).trace("V of B");
  EXPECT_EQ(rest.values, std::vector<double>(without.values.begin() + 8 * 40, without.values.end()));
}

TEST_P(SynapseState, RecordsStayWithinWhatThereIs) {
  auto failure = [&](const std::string &synapse, const std::string &record) -> std::string {
    try {
      simulate(synapse + "\nnetwork N {\n population A = Poisson[5]\n population B = LIF[3]\n project A -> B as P { connect all_to_all;  weight 1 pA;  synapse Kinetics }\n}\n"
               "simulate N { duration 1 ms;  " + record + " }\n", precision());
    } catch (const std::runtime_error &error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(failure(saturating, "record g of P[:16]").find("asks for synapses from 0 to 16, and `P` has 15"), std::string::npos);
  EXPECT_NE(failure(gating, "record s of P[:6]").find("asks for sources from 0 to 6, and `P` has 5"), std::string::npos);
  EXPECT_NE(failure(gating, "record mean s of P").find("`s` is kept per source, and means are of what neurons have"), std::string::npos);
  EXPECT_NE(failure("synapse Kinetics {\n weight w\n state g: w = 0\n g' = -g / (4 ms)\n on pre { g += w }\n output g\n}\n", "record g of P[:4]")
                .find("`g` is kept per target, of which there are 3"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Models, SynapseState, bothPrecisions(), precisionName);
