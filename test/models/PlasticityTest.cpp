// Plasticity: weights and releases against sums written out by hand, published values and independent programs; and the same
// bits from any number of workers, through checkpoints, and after a reset.

#include "ClockAndProbe.h"
#include "OneSynapse.h"
#include "Precision.h"

#include <cmath>
#include <filesystem>
#include <functional>
#include <set>

#include <unistd.h>

using namespace snn::test;

namespace {

class Plasticity : public InBothPrecisions {};

/// What arrives per step where every event adds its weight to a synapse that lasts a step.
const char *const listen = R"(
synapse Pulse {
    weight w
    state g: w = 0
    g' = -g / (1e-3 ms)
    on pre { g += w }
    output g
}
)";

TEST_P(Plasticity, ReleasesWhatTheBookSaysAtTwentyHertz) {
  // 20 Hz, a spike at steps 0, 500, ...; computed by an independent program.
  const double published[] = {.2774915003, .2964161052, .2769154565, .2504222816, .2309564177};
  for (const char *parameters :
       {"", "(U ~ uniform(0.15, 0.15))", "(tau_d ~ normal(200 ms, 0 ms), tau_f ~ normal(1500 ms, 0 ms))"})
    for (int delay : {1, 7}) {
      const std::string source = std::string(clockAndProbe) + listen +
                                 "network N {\n    population A = Clock[2] { period = 50 ms }\n    population B = Probe[3]\n"
                                 "    project A -> B.I { connect all_to_all; weight 1; delay " +
                                 std::to_string(delay) + "e-1 ms; synapse Pulse; plasticity STP" + parameters +
                                 " }\n}\n";
      Trace input =
          simulate(source + "simulate N { dt 0.1 ms; duration 250 ms; record I of B }\n", precision()).trace("I of B");
      for (int k = 0; k < 5; ++k)
        EXPECT_NEAR(input.at(500 * k + delay, 1), 2 * published[k], tolerance(3e-10, 3e-6))
            << parameters << " spike " << k << " delay " << delay;
    }
}

TEST_P(Plasticity, PairsGiveThePublishedWeight) {
  // Confirmed with NEST's additive rule, lambda 0.01, alpha 0.85, tau 16.8 and 33.7 ms, w0 0.5.
  const std::vector<int> pre = tenfold({1, 5, 6, 7, 9, 11, 12, 13}), post = tenfold({2, 3, 4, 8, 9, 10, 12});
  for (int delay : {1, 5})
    EXPECT_NEAR(finalWeight(pre, post,
                            "weight 0.5; plasticity STDP(tau_plus = 16.8 ms, tau_minus = 33.7 ms, A_plus = 0.01, "
                            "A_minus = 0.0085, w_max = 1)",
                            precision(), delay),
                0.457694353656, tolerance(1e-12, 1e-7));
}

TEST_P(Plasticity, WeightsStayWithinTheirBounds) {
  const std::vector<int> before = tenfold({10, 60, 110, 160, 210}), after = tenfold({12, 62, 112, 162, 212});
  const std::string rule = "weight 0.5; plasticity STDP(A_plus = 0.4, A_minus = 0.4, w_max = 1)";
  EXPECT_EQ(finalWeight(before, after, rule, precision()), 1.0);
  EXPECT_EQ(finalWeight(after, before, rule, precision()), 0.0);
}

/// Sources and targets with spike trains of their own, drawn weights and delays, and the sum of both rules by hand.
TEST_P(Plasticity, TripletsAgreeWithASumOverAllSpikes) {
  const int sources = 3, targets = 2, steps = 3000;
  auto trainOf = [](int seed) {
    std::vector<int> times;
    for (uint32_t state = uint32_t(seed) * 2654435761u, step = 3; step < 3000; step += 20 + state % 180) {
      times.push_back(int(step));
      state = state * 1664525u + 1013904223u;
    }
    return times;
  };
  std::vector<std::vector<int>> pre, post;
  std::string text;
  for (int s = 0; s < sources; ++s)
    text += train("Pre" + std::to_string(s), pre.emplace_back(trainOf(s + 1)));
  for (int t = 0; t < targets; ++t)
    text += cell("Post" + std::to_string(t), post.emplace_back(trainOf(t + 11)));
  text += "network N {\n";
  for (int s = 0; s < sources; ++s)
    text += "    population A" + std::to_string(s) + " = Pre" + std::to_string(s) + "[1]\n";
  for (int t = 0; t < targets; ++t)
    text += "    population B" + std::to_string(t) + " = Post" + std::to_string(t) + "[1]\n";
  const std::string rule =
      "TripletSTDP(A2_plus = 1e-3, A2_minus = 7e-3, A3_plus = 6.2e-3, A3_minus = 2.3e-3, w_max = 10)";
  for (int s = 0; s < sources; ++s)
    for (int t = 0; t < targets; ++t) {
      const std::string name = std::to_string(s) + std::to_string(t);
      text += "    project A" + std::to_string(s) + " -> B" + std::to_string(t) + ".I as W" + name +
              " { connect all_to_all; weight 5; delay " + std::to_string(1 + 4 * s + t) + "e-1 ms" +
              (s == 1 ? " * (1 + 0*pre.i)" : "") + "; synapse Expon; plasticity " + rule + " }\n";
    }
  text += "}\nsimulate N { dt 0.1 ms; duration 300 ms\n";
  for (int s = 0; s < sources; ++s)
    for (int t = 0; t < targets; ++t)
      text += "    record w of W" + std::to_string(s) + std::to_string(t) + " every 1 ms\n";
  const Result result = simulate(text + "}\n", precision());
  for (int s = 0; s < sources; ++s)
    for (int t = 0; t < targets; ++t) {
      const int delay = 1 + 4 * s + t;
      std::set<int> arrivals, spikes(post[t].begin(), post[t].end());
      for (int step : pre[s])
        arrivals.insert(step + delay);
      double w = 5, r1 = 0, r2 = 0, o1 = 0, o2 = 0;
      const Trace &weights = result.trace("w of W" + std::to_string(s) + std::to_string(t));
      for (int k = 0; k < steps; ++k) {
        r1 *= std::exp(-.1 / 16.8), r2 *= std::exp(-.1 / 101), o1 *= std::exp(-.1 / 33.7), o2 *= std::exp(-.1 / 125);
        if (arrivals.contains(k)) {
          w = std::max(0., w - 10 * o1 * (7e-3 + 2.3e-3 * r2));
          r1 += 1, r2 += 1;
        }
        if (spikes.contains(k)) {
          w = std::min(10., w + 10 * r1 * (1e-3 + 6.2e-3 * o2));
          o1 += 1, o2 += 1;
        }
        if (k % 10 == 9) {
          ASSERT_NEAR(weights.at(uint64_t(k)), w, tolerance(1e-10, 2e-5)) << s << " -> " << t << " step " << k;
        }
      }
    }
}

/// A state that both events and spikes of the target change belongs to the connection, and is brought up to date by either.
TEST_P(Plasticity, StatesOfAConnectionDecayBetweenWhatHappensToIt) {
  const std::string rule = R"(
plasticity Eligible {
    weight w
    state e = 0.3
    e' = -e / (20 ms)
    on pre  { w += 0.01 * e;  e += 1 }
    on post { w += 0.02 * e;  e += 0.5 }
}
)";
  const std::vector<int> pre = tenfold({1, 5, 6, 7, 9, 11, 12, 13}), post = tenfold({2, 3, 4, 8, 9, 10, 12});
  const std::set<int> arrivals(pre.begin(), pre.end()), spikes(post.begin(), post.end());
  double w = 0.5, e = 0.3;
  for (int k = 0; k < 200; ++k) {
    e *= std::exp(-0.1 / 20);
    if (arrivals.contains(k))
      w += 0.01 * e, e += 1;
    if (spikes.contains(k))
      w += 0.02 * e, e += 0.5;
  }
  for (int delay : {1, 5})
    EXPECT_NEAR(finalWeight(pre, post, "weight 0.5; plasticity Eligible", precision(), delay, rule), w,
                tolerance(1e-12, 1e-6));
}

TEST_P(Plasticity, RulesRunInTheOrderOfTheirClauses) {
  const char *const rules = R"(
plasticity Add { weight w
    on pre { w += 1 } }
plasticity Double { weight w
    on pre { w *= 2;  release 3 } }
)";
  EXPECT_EQ(finalWeight({20}, {3000}, "weight 1; plasticity Add; plasticity Double", precision(), 1, rules), 4);
  EXPECT_EQ(finalWeight({20}, {3000}, "weight 1; plasticity Double; plasticity Add", precision(), 1, rules), 3);
}

TEST_P(Plasticity, AnEventDeliversTheWeightThatItsRulesLeave) {
  const std::string rule = "plasticity Rule { weight w\n    on pre { w *= 2;  release 3 } }\n";
  for (const char *synapse : {"", "synapse Pulse;", "synapse Saturating;"}) {
    const std::string text = rule + listen + R"(
synapse Saturating {
    weight w
    state g: w = 0
    g' = -g / (1e-3 ms)
    on pre { g += w * (1 - 0 * g / w) }
    output g
}
)" + clockAndProbe +
                             "network N { population A = Clock[1] { period = 2 ms }; population B = Probe[1]\n project "
                             "A -> B.I { connect all_to_all; weight 0.5" +
                             (*synapse ? "" : " ms") + "; " + synapse +
                             " plasticity Rule } }\nsimulate N { dt 0.1 ms; duration 5 ms; record I of B }\n";
    const Trace input = simulate(text, precision()).trace("I of B");
    const double unit = *synapse ? 1 : 10; // a pulse of 1 ms in a step of 0.1 ms
    EXPECT_NEAR(input.at(1), 3 * unit, 1e-5) << synapse;
    EXPECT_NEAR(input.at(21), 6 * unit, 1e-5) << synapse;
    EXPECT_NEAR(input.at(11), 0, 1e-5) << synapse;
  }
}

const char *const network = R"(
network Recurrent {
    population E = LIFRef[300] { V_th = 10 mV;  tau = 10 ms;  tau_ref = 2 ms;  V ~ uniform(0 mV, 10 mV) }
    population Input = Poisson[200] { rate = 40 Hz }
    project Input -> E as Plastic {
        connect bernoulli(0.3)
        weight  ~ uniform(0 mV, 1 mV)
        delay   ~ uniform(0.1 ms, 3 ms)
        plasticity STDP(A_plus = 0.05, A_minus = 0.04, w_max = 1 mV)
    }
    project E -> E as Recurring {
        connect fixed_indegree(20)
        weight  0.3 mV
        delay   1.5 ms
        plasticity STP(U ~ uniform(0.2, 0.6))
        plasticity TripletSTDP(w_max = 0.6 mV, A2_minus = 2e-2)
    }
    project E -> E.I { connect fixed_outdegree(10);  weight 0.2 mA;  synapse Expon;  plasticity STD }
}
simulate Recurrent {
    dt 0.1 ms
    duration 200 ms
    E.I = 6 mA
    record spikes of E
    record w of Plastic every 10 ms
    record w of Recurring[50:950] every 10 ms
}
)";

void expectSame(const Result &a, const Result &b) {
  EXPECT_GT(a.spikesOf("E").size(), 500u);
  EXPECT_TRUE(a.spikesOf("E") == b.spikesOf("E"));
  for (const char *record : {"w of Plastic", "w of Recurring[50:950]"})
    EXPECT_TRUE(a.trace(record).values == b.trace(record).values) << record;
}

TEST_P(Plasticity, GivesTheSameBitsWithAnyNumberOfWorkers) {
  const Program program(network, precision());
  const Result one = program.run();
  const Trace &weights = one.trace("w of Plastic");
  EXPECT_GT(std::abs(weights.row(1999)[7] - weights.row(99)[7]), 1e-6);
  for (uint32_t workers : {2u, 4u}) {
    RunSettings settings;
    settings.workers = workers;
    settings.chunkSteps = 37;
    expectSame(one, program.run(settings));
  }
}

TEST_P(Plasticity, ContinuesFromACheckpoint) {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("snn-plasticity-" + std::to_string(getpid()));
  const Program program(network, precision());
  const Result whole = program.run();
  RunSettings first, second;
  first.steps = 1234;
  first.save = second.resume = file;
  first.workers = 3;
  second.workers = 2;
  second.steps = 2000 - 1234;
  const Result begun = program.run(first), continued = program.run(second);
  std::filesystem::remove(file);
  std::vector<Spike> spikes = begun.spikesOf("E");
  spikes.insert(spikes.end(), continued.spikesOf("E").begin(), continued.spikesOf("E").end());
  EXPECT_TRUE(spikes == whole.spikesOf("E"));
  for (const char *record : {"w of Plastic", "w of Recurring[50:950]"}) {
    EXPECT_TRUE(continued.trace(record).row(1999) == whole.trace(record).row(1999)) << record;
    EXPECT_TRUE(begun.trace(record).row(1199) == whole.trace(record).row(1199)) << record;
  }
}

/// Examples keep what their comments promise.
TEST(PlasticityExample, CompetitionLowersTheRate) {
  const Result result = simulate(example("song-2000.snn"));
  std::vector<double> rates(10);
  for (const Spike &spike : result.spikesOf("Output"))
    rates[spike.step / 100000] += 0.1;
  EXPECT_NEAR(rates.front(), 80, 4);
  EXPECT_NEAR(rates.back(), 23, 3);
  int low = 0, high = 0;
  for (double weight : result.trace("w of Learning").row(999999)) {
    EXPECT_TRUE(weight >= 0 && weight <= 0.015001) << weight;
    low += weight < 0.2 * 0.015;
    high += weight > 0.8 * 0.015;
  }
  EXPECT_NEAR(low, 400, 50);
  EXPECT_NEAR(high, 150, 40);
}

INSTANTIATE_TEST_SUITE_P(Precisions, Plasticity, bothPrecisions(), precisionName);

} // namespace
