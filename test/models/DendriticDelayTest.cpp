// The dendritic share of a delay: spikes of the source reach the synapse at once, those of the target after the delay, and the effect
// of the synapse reaches the target after it too.

#include "OneSynapse.h"
#include "Precision.h"
#include "SameBits.h"

#include <cmath>

using namespace snn::test;

namespace {

class DendriticDelay : public InBothPrecisions {
protected:
  /// The weight where events reach the synapse, in front of the delay, in the steps `events`, and spikes of the target, behind it, in `spikes`.
  double weight(std::vector<int> events, std::vector<int> spikes, const std::string &clauses, int delay, const std::string &definitions = "") {
    for (int &step : events)
      step += delay;
    for (int &step : spikes)
      step -= delay;
    return finalWeight(events, spikes, clauses, precision(), delay, definitions, 450, " dendritic");
  }
};

} // namespace

/// NEST's delays are dendritic; its weights depend on when things happen at the synapse alone.
TEST_P(DendriticDelay, PairsAreCountedAtTheSynapse) {
  const std::vector<int> once = {200}, later = {300}, six = tenfold({20, 70, 120, 170, 220, 270}), sixLater = tenfold({30, 80, 130, 180, 230, 280});
  const struct {
    std::vector<int> events, spikes;
    const char *clauses;
    double weight;
  } cases[] = {
      {once, later, "weight 1; plasticity stdp_synapse(Wmax = 100)", 1.600465353116},
      {later, once, "weight 1; plasticity stdp_synapse(Wmax = 100)", .9939346934029},
      {once, once, "weight 1; plasticity stdp_synapse(Wmax = 100)", 1},
      {six, sixLater, "weight 1; plasticity stdp_synapse(Wmax = 100)", 4.783430725463},
      {six, sixLater, "weight 1; plasticity stdp_nn_pre_centered_synapse(Wmax = 100)", 4.53007539084},
      {six, sixLater, "weight 0.5; plasticity vogels_sprekeler_synapse(eta = 0.001, Wmax = 1)", .5039095340031},
  };
  for (const auto &c : cases)
    for (int delay : {1, 15, 100})
      EXPECT_NEAR(weight(c.events, c.spikes, c.clauses, delay), c.weight, c.weight * tolerance(1e-11, 1e-6)) << c.clauses << " " << delay;
}

/// One pair, 3 ms apart where the neurons are: the share decides which of them is first at the synapse.
TEST_P(DendriticDelay, TheShareDecidesWhoComesFirst) {
  const std::string rule = "weight 0.5; plasticity STDP(A_plus = 0.1, A_minus = 0.2, w_max = 1)";
  const int pre = 200, post = 230, delay = 50;
  const double axonal = finalWeight({pre + delay}, {post}, rule, precision(), delay), // heard of 2 ms after the target has fired
      dendritic = finalWeight({pre + delay}, {post}, rule, precision(), delay, "", 400, " dendritic");
  EXPECT_NEAR(axonal, .5 - .2 * std::exp(-2. / 20), tolerance(1e-12, 1e-6));
  EXPECT_NEAR(dendritic, .5 + .1 * std::exp(-8. / 20), tolerance(1e-12, 1e-6));
}

/// Each synapse does what it would do in a projection whose delays are all like its own.
TEST_P(DendriticDelay, LengthsMayDiffer) {
  const std::vector<int> events = tenfold({12, 25, 40, 52}), spikes = tenfold({10, 27, 38, 55});
  auto weights = [&](const std::string &delay, uint32_t workers) {
    const std::string text = train("Pre", events) + cell("Post", spikes) + R"(
plasticity Pairs {
    weight w
    pre  state x = 0
    post state y = 0
    x' = -x / (20 ms)
    y' = -y / (20 ms)
    on pre  { w -= 0.01 * y;  x += 1 }
    on post { w += 0.02 * x;  y += 1 }
    on y > 1.5 { w *= 1.1 }
}
network N {
    population A = Pre[4]
    population B = Post[70]
    project A -> B.I as W { connect all_to_all;  weight 0.5;  delay )" + delay + R"( dendritic;  synapse Expon;  plasticity Pairs }
}
simulate N { dt 0.1 ms;  duration 70 ms;  record w of W every 10 ms }
)";
    return simulate(text, precision(), {.workers = workers}).trace("w of W").row(699);
  };
  const std::vector<double> mixed = weights("0.1 ms + 0.9 ms * pre.i + 0.3 ms * (post.i % 2)", 1);
  ASSERT_EQ(mixed.size(), 280u);
  EXPECT_NE(mixed[0], mixed[3]) << "the length matters";
  for (uint32_t workers : {2u, 3u})
    EXPECT_EQ(weights("0.1 ms + 0.9 ms * pre.i + 0.3 ms * (post.i % 2)", workers), mixed);
  for (int source = 0; source < 4; ++source)
    for (int odd = 0; odd < 2; ++odd) {
      const std::vector<double> alike = weights(std::to_string(1 + 9 * source + 3 * odd) + "e-1 ms", 1);
      for (int target = odd; target < 70; target += 2)
        EXPECT_EQ(mixed[size_t(4 * target + source)], alike[size_t(4 * target + source)]) << source << ", " << target;
    }
}

/// What reaches the target is the weight that the event has found and left at the synapse.
TEST_P(DendriticDelay, EventsCarryTheWeightOfTheSynapse) {
  const std::string text = train("Pre", {100, 140}) + cell("Post", {60, 95, 105}) + R"(
plasticity Count { weight w
    on pre { w += 100 }
    on post { w += 1 } }
synapse Pulse { weight w
    state g: w = 0
    g' = -g / (1e-3 ms)
    on pre { g += w }
    output g }
network N {
    population A = Pre[1]
    population B = Post[1]
    project A -> B.I { connect all_to_all;  weight 1000;  delay 2 ms dendritic;  synapse Pulse;  plasticity Count }
}
simulate N { dt 0.1 ms;  duration 30 ms;  record I of B }
)";
  const Trace input = simulate(text, precision()).trace("I of B");
  // Spikes of steps 60, 95 and 105 are at the synapse in steps 80, 115 and 125.
  EXPECT_NEAR(input.at(120), 1101, tolerance(1e-9, 1e-3));
  EXPECT_NEAR(input.at(160), 1203, tolerance(1e-9, 1e-3));
}

/// States that are read of the target, its voltage, and equations that are taken in every step.
TEST_P(DendriticDelay, TheTargetIsSeenAsItWas) {
  const std::string text = train("Fires", {100}) + R"(
neuron Ramp {
    state V = 0 mV
    state y = 0
    input I: number
    V' = 3 mV/ms
    y' = I / (1 ms)
    spike when t >= 12 ms and t < 12.1 ms
}
plasticity Looks {
    weight w
    post V: voltage
    on pre  { w += V / 1 mV + 1000 * delayed(V, 1 ms) / 1 mV }
    on post { w += 1e5 * V / 1 mV + 1e7 * old(V) / 1 mV }
}
plasticity Watches {
    weight w
    post V: voltage
    post state z = 0
    z' = 1 /ms
    w' = (t >= 9 ms and t < 9.1 ms) * (V / 1 mV + 1000 * z) / 0.1 ms
}
network N {
    population A = Fires[1]
    population B = Ramp[1]
    project A -> B.I as W { connect all_to_all;  delay 2 ms dendritic;  weight 0;  synapse Expon;  plasticity Looks }
    project A -> B.I as E { connect all_to_all;  delay 2 ms dendritic;  weight 0;  synapse Expon;  plasticity Watches }
}
simulate N { dt 0.1 ms;  duration 20 ms;  record w of W every 1 ms;  record w of E every 1 ms }
)";
  const Result result = simulate(text, precision());
  // The event is at the synapse at 10 ms, which sees the target of 8 ms, and with `delayed` of 7 ms; the spike of 12 ms leaves V at 12.1 ms.
  const double expected = 24 + 1000 * 21 + 1e5 * 3 * 12.1 + 1e7 * 36;
  EXPECT_NEAR(result.trace("w of W").at(199), expected, tolerance(1e-3, 1e4));
  // In the step of 9 ms, synapses are where the target was 4 ms before; a state of a rule that has advanced by one step more is counted from 0.
  EXPECT_NEAR(result.trace("w of E").at(199), 15 + 1000 * 5, tolerance(1e-9, 1e-2));
}

TEST(DendriticDelayRuns, SameBitsForAnyNumberOfWorkersAndThroughACheckpoint) {
  const Program program(R"(
plasticity Drift {
    weight w
    post V: voltage
    post state y = 0
    pre  state x = 0
    x' = -x / (12 ms)
    y' = -y / (30 ms)
    w' = 1e-4 /ms * y * x * w
    on pre  { w += 0.005 mV * y;  x += 1 }
    on post { w -= 0.005 mV * x * (1 + V / 20 mV);  y += 1 }
    keep w in 0 mV .. 1 mV
}
network N {
    population E = LIFRef[60] { V_th = 10 mV;  tau = 20 ms;  tau_ref = 2 ms;  V ~ uniform(0 mV, 10 mV) }
    project E -> E.V as L { connect bernoulli(0.3);  weight ~ uniform(0.1 mV, 0.5 mV);  delay 1.7 ms dendritic;  plasticity Drift }
    project E -> E.V as M { connect bernoulli(0.3);  weight ~ uniform(0.1 mV, 0.3 mV);  delay 0.4 ms;  plasticity Drift }
}
simulate N { dt 0.1 ms;  duration 200 ms;  E.I = 12 mA;  record spikes of E;  record w of L every 50 ms }
)");
  expectSameBits(program);
}

INSTANTIATE_TEST_SUITE_P(Models, DendriticDelay, bothPrecisions(), precisionName);
