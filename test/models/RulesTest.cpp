// What plasticity rules read and do besides spikes of the two neurons: equations of the weight, `old`, `deliver`, `syn`, membranes,
// modulators and conditions, against loops written out by hand; and NEST's rules against values of independent programs.

#include "OneSynapse.h"
#include "Precision.h"

#include <cmath>
#include <filesystem>
#include <set>

#include <unistd.h>

using namespace snn::test;

namespace {

class Rules : public InBothPrecisions {};

const std::vector<int> arrivals = tenfold({1, 5, 6, 7, 9, 11, 12, 13}), spikes = tenfold({2, 3, 4, 8, 9, 10, 12});

bool contains(const std::vector<int> &steps, int step) { return std::find(steps.begin(), steps.end(), step) != steps.end(); }

TEST_P(Rules, AWeightMayHaveAnEquation) {
  const std::string rule = "plasticity Fade { weight w\n param tau = 50 ms\n w' = -w / tau\n on pre { w += 0.4 }\n keep w in 0.1 .. 1 }\n";
  double w = 0.5;
  for (int k = 0; k < 200; ++k) {
    w = std::max(0.1, w * std::exp(-0.1 / 50));
    if (contains(arrivals, k))
      w = std::min(1., w + 0.4);
  }
  for (int k = 200; k < 1000; ++k)
    w = std::max(0.1, w * std::exp(-0.1 / 50));
  for (int delay : {1, 5})
    EXPECT_NEAR(finalWeight(arrivals, spikes, "weight 0.5; plasticity Fade", precision(), delay, rule, 100), w, tolerance(1e-12, 1e-6));
}

/// The weight of a rule with an equation sees a state of the source as it sees one of its own, whatever the delay.
TEST_P(Rules, WhereAStateIsKeptMakesNoDifference) {
  const std::string rule = R"(
plasticity Drift {
    weight w
    param tau = 20 ms
    state x = 0
    state y = 0
    x' = -x / tau
    y' = -y / tau
    w' = 0.01 * (x - 0.5 * y) / (1 ms)
    on pre  { w += 0.01 * old(x);  x += 1 }
    on post { w -= 0.01 * old(y);  y += 1 }
}
)";
  double w = 0.5, x = 0, y = 0;
  for (int k = 0; k < 1000; ++k) {
    w += 0.1 * 0.01 * (x - 0.5 * y);
    x *= std::exp(-0.1 / 20), y *= std::exp(-0.1 / 20);
    const double oldX = x, oldY = y;
    if (contains(arrivals, k))
      w += 0.01 * oldX, x += 1;
    if (contains(spikes, k))
      w -= 0.01 * oldY, y += 1;
  }
  for (int delay : {1, 5})
    for (const char *parameters : {"", "(tau ~ uniform(20 ms, 20 ms))"})
      EXPECT_NEAR(finalWeight(arrivals, spikes, std::string("weight 0.5; plasticity Drift") + parameters, precision(), delay, rule, 100), w,
                  tolerance(1e-12, 2e-6))
          << parameters << " delay " << delay;
}

/// Conditions are looked at when states have decayed to the step, and before its events and spikes: 1 + exp(-5 ms / 10 ms) = 1.607 becomes
/// 1.591 in the step behind the second event.
TEST_P(Rules, ConditionsLookAtStatesAsTheStepBegins) {
  const std::string rule = R"(
plasticity Marks {
    weight w
    param tau = 10 ms
    param level = 1.6
    state x = 0
    state y = 0
    x' = -x / tau
    y' = -y / tau
    on pre  { x += 1 }
    on post { y += 1 }
    on x > level { w += 1 }
    on y > level { w += 2 }
}
)";
  for (int delay : {1, 5})
    for (const char *parameters : {"", "tau ~ uniform(10 ms, 10 ms), "})
      for (auto [level, expected] : {std::pair("1.6", 0.5), std::pair("1.59", 3.5)})
        EXPECT_EQ(finalWeight({10, 60}, {20, 70}, std::string("weight 0.5; plasticity Marks(") + parameters + "level = " + level + ")", precision(),
                              delay, rule, 20),
                  expected)
            << parameters << level << " delay " << delay;
}

/// Events and spikes of one step do not see each other through `old`, be a state the source's, the target's or the connection's.
TEST_P(Rules, OldLeavesOutWhatHappensInTheStep) {
  const char *const definition = R"(
plasticity Blind {
    weight w
    param tau = 20 ms
    param bias = 0
    state x = 0
    state y = 0
    x' = -x / tau
    y' = -y / tau
    on pre  { y += bias;  w += 0.01 * old(y) + 0.1 * old(w);  x += 1 }
    on post { x += bias;  w -= 0.02 * old(x) + 0.05 * old(w);  y += 1 }
}
)";
  // One that both sides write is the connection's.
  std::string perConnection = definition, perNeuron = definition;
  for (const char *part : {"y += bias;  ", "x += bias;  ", "    param bias = 0\n"})
    perNeuron.replace(perNeuron.find(part), std::string(part).size(), "");
  double w = 0.5, x = 0, y = 0;
  for (int k = 0; k < 200; ++k) {
    x *= std::exp(-0.1 / 20), y *= std::exp(-0.1 / 20);
    const double oldX = x, oldY = y, oldW = w;
    if (contains(arrivals, k))
      w += 0.01 * oldY + 0.1 * oldW, x += 1;
    if (contains(spikes, k))
      w -= 0.02 * oldX + 0.05 * oldW, y += 1;
  }
  for (int delay : {1, 5})
    for (const std::string &rule : {perNeuron, perConnection})
      EXPECT_NEAR(finalWeight(arrivals, spikes, "weight 0.5; plasticity Blind", precision(), delay, rule), w, tolerance(1e-12, 1e-6)) << rule;
}

TEST_P(Rules, DeliverSendsTheEventBeforeTheRest) {
  const std::string text = "plasticity Later { weight w\n on pre { w += 1;  deliver;  w *= 2 } }\n" + cell("Post", {9000}) +
                           "neuron Clock { param period = 2 ms\n state x = 1\n spike when x > 0.5\n refractory period holding x }\n"
                           "network N { population A = Clock[1]\n population B = Post[1]\n project A -> B.I as W { connect all_to_all;  weight "
                           "0.5;  synapse Expon(tau = 1e-3 ms);  plasticity Later } }\n"
                           "simulate N { dt 0.1 ms;  duration 5 ms;  record I of B }\n";
  const Trace input = simulate(text, precision()).trace("I of B");
  EXPECT_NEAR(input.at(1), 1.5, 1e-6);
  EXPECT_NEAR(input.at(21), 4, 1e-6); // (0.5 + 1) * 2 + 1
  EXPECT_NEAR(input.at(11), 0, 1e-6);
}

/// A state of the synapse, kept per target or, where the synapse saturates, per connection.
TEST_P(Rules, ARuleReadsTheSynapse) {
  const std::string rules = R"(
plasticity Listen { weight w
    syn g: w
    on pre { w += 0.1 * g }
}
synapse Saturating { weight w
    state g: w = 0
    g' = -g / (8 ms)
    on pre { g += w * (1 - 0 * g / w) }
    output g
}
)";
  double w = 0.5, g = 0;
  for (int k = 0; k < 200; ++k) {
    g *= std::exp(-0.1 / 8);
    if (contains(arrivals, k))
      w += 0.1 * g, g += w;
  }
  for (const char *synapse : {"Expon(tau = 8 ms)", "Saturating"}) {
    std::string text = rules + train("Pre", tenfold({1, 5, 6, 7, 9, 11, 12, 13}, -1)) + cell("Post", {9000}) +
                       "network N { population A = Pre[1]\n population B = Post[1]\n project A -> B.I as W { connect all_to_all;  weight 0.5;  synapse " +
                       synapse + ";  plasticity Listen }\n project A -> B.I { connect all_to_all;  weight 3;  synapse Expon(tau = 8 ms) } }\n"
                       "simulate N { dt 0.1 ms;  duration 20 ms;  record w of W every 1 ms }\n";
    EXPECT_NEAR(simulate(text, precision()).trace("w of W").at(199), w, tolerance(1e-12, 1e-6)) << synapse;
  }
}

/// `pre V` is a delay old, `post V` as the step before (in `on post`, this step) has left it, parameters too.
TEST_P(Rules, ARuleReadsBothMembranes) {
  const std::string text = R"(
neuron Ramp {
    param slope = 1 mV/ms
    param offset = 3 mV
    state V = 0 mV
    input I: voltage
    V' = slope + 0 * I / (1 ms)
    spike when t >= 4.9 ms and t < 5 ms or t >= 9.9 ms and t < 10 ms
}
plasticity Read {
    weight w
    pre V: voltage
    post V2: voltage
    post offset: voltage
    on pre  { w += V;  w += 100 * V2 }
    on post { w += 10000 * V + 1000000 * V2 - 1000000 * old(V2) + offset }
}
neuron Target extends Ramp {
    state V2 = 0 mV
    V2' = 2 * slope
}
network N {
    population A = Ramp[1]
    population B = Target[1]
    project A -> B.I as W { connect all_to_all;  weight 0 mV;  delay 2 ms;  synapse Expon;  plasticity Read }
}
simulate N { dt 0.1 ms;  duration 9 ms;  record w of W }
)";
  const Trace weights = simulate(text, precision()).trace("w of W");
  // Step 49: the target spikes; the source is seen as after step 29, the target as after this step.
  double w = 10000 * 3.0 + 1000000 * 0.2 + 3;
  EXPECT_NEAR(weights.at(49), w, w * tolerance(1e-12, 1e-5));
  // Step 69: the event of step 49 arrives; the source as after step 49, the target as after step 68.
  w += 5.0 + 100 * 13.8;
  EXPECT_NEAR(weights.at(69), w, w * tolerance(1e-12, 1e-5));
}

const char *const rewarded = R"(
plasticity Reward {
    weight w
    modulator D
    pre state x = 0
    state c: w = 0 mV
    state n = 0
    x' = -x / (20 ms)
    c' = -c / (50 ms)
    n' = -n / (30 ms)
    w' = c * (n + D.z) / (1 ms)
    on pre  { x += 1 }
    on post { c += 0.01 mV * x }
    on D    { n += 0.1;  w += 0.001 mV }
    on n > 0.15 { w += 0.01 mV }
    keep w in 0 mV .. 2 mV
}
)";

TEST_P(Rules, AModulatorActsAfterTheDelayOfTheSynapse) {
  const std::vector<int> pre = tenfold({1, 5, 9, 14}), post = tenfold({3, 8, 12, 16}), dopamine = tenfold({4, 5, 13, 15});
  std::string modulator = train("Dopamine", dopamine);
  modulator = modulator.substr(0, modulator.rfind('}')) + "    state z = 0\n    z' = -z / (10 ms)\n    on step { z += 0.01 }\n}\n";
  std::string target = train("Post", post);
  target = target.substr(0, target.rfind('}')) + "    state y = 0 mV\n    y' = -y / (1 ms)\n}\n";
  for (int delay : {1, 7}) {
    const std::string text = rewarded + train("Pre", pre) + target + modulator +
                             "network N { population A = Pre[1]\n population B = Post[1]\n population C = Dopamine[3]\n project A -> B.y as W { connect all_to_all\n"
                             " weight 0.5 mV\n delay " + std::to_string(delay) + "e-1 ms\n plasticity Reward\n modulator D = C[1:2] } }\n"
                             "simulate N { dt 0.1 ms;  duration 20 ms;  record w of W every 1 ms }\n";
    double w = 0.5, c = 0, n = 0, x = 0, z = 0;
    std::vector<double> past(200 + 10, 0.0); // of z, after step k at k + 10
    std::vector<double> pastX(200 + 10, 0.0);
    bool held = true;
    const Trace weights = simulate(text, precision()).trace("w of W");
    for (int k = 0; k < 200; ++k) {
      const double sees = k - 1 - delay >= 0 ? past[10 + k - 1 - delay] : 0;
      w = std::clamp(w + 0.1 * c * (n + sees), 0., 2.);
      c *= std::exp(-0.1 / 50), n *= std::exp(-0.1 / 30), x *= std::exp(-0.1 / 20);
      if (n > 0.15 && !held)
        w = std::min(2., w + 0.01);
      held = n > 0.15;
      if (contains(dopamine, k - delay))
        n += 0.1, w = std::min(2., w + 0.001);
      if (contains(pre, k))
        x += 1;
      pastX[10 + k] = x;
      if (contains(post, k))
        c += 0.01 * (k - delay >= 0 ? pastX[10 + k - delay] : 0);
      z = z * std::exp(-0.1 / 10) + 0.01;
      past[10 + k] = z;
      if (k % 10 == 9) {
        ASSERT_NEAR(weights.at(uint64_t(k)), w, tolerance(1e-12, 1e-5)) << "step " << k << " delay " << delay;
      }
    }
    EXPECT_GT(w, 0.52);
  }
}

const std::string network = std::string(rewarded) + R"(
plasticity Blind {
    weight w
    pre state x = 0
    post state y = 0
    post V: voltage
    pre V: voltage
    x' = -x / (20 ms)
    y' = -y / (20 ms)
    on pre  { w += 0.002 * V + 0.01 mV * old(y);  deliver;  x += 1 }
    on post { w -= 0.01 mV * old(x);  y += 1 }
    keep w in 0 mV .. 2 mV
}
neuron Dopamine extends Poisson { state z = 0
    z' = -z / (10 ms)
    on step { z += 0.001 } }
network Modulated {
    population E = LIFRef[150] { V_th = 10 mV;  tau = 10 ms;  tau_ref = 2 ms;  V ~ uniform(0 mV, 10 mV) }
    population DA = Dopamine[1] { rate = 50 Hz }
    project E -> E as Learning {
        connect    bernoulli(0.2)
        weight     ~ uniform(0 mV, 0.3 mV)
        delay      ~ uniform(0.1 ms, 3 ms)
        plasticity Reward
        modulator  D = DA
    }
    project E -> E as Seeing { connect fixed_indegree(10);  weight 0.3 mV;  delay 1.5 ms;  plasticity Blind }
}
simulate Modulated {
    dt 0.1 ms
    duration 100 ms
    E.I = 12 mA
    record spikes of E
    record w of Learning every 10 ms
    record w of Seeing every 10 ms
}
)";

TEST_P(Rules, GiveTheSameBitsWithAnyNumberOfWorkersAndFromACheckpoint) {
  std::string text = network;
  text.replace(text.find("    post V: voltage\n"), 20, "");
  const Program program(text, precision());
  const Result one = program.run();
  EXPECT_GT(one.spikesOf("E").size(), 500u);
  const Trace &weights = one.trace("w of Learning");
  EXPECT_GT(std::abs(weights.row(999)[7] - weights.row(99)[7]), 1e-6);
  const std::filesystem::path file = std::filesystem::temp_directory_path() / ("snn-rules-" + std::to_string(getpid()));
  for (uint32_t workers : {2u, 4u}) {
    RunSettings settings;
    settings.workers = workers;
    settings.chunkSteps = 37;
    const Result several = program.run(settings);
    RunSettings first = settings, second = settings;
    first.steps = 617;
    first.save = second.resume = file;
    second.steps = 1000 - 617;
    second.workers = 3;
    program.run(first);
    const Result continued = program.run(second);
    std::filesystem::remove(file);
    EXPECT_TRUE(one.spikesOf("E") == several.spikesOf("E"));
    for (const char *record : {"w of Learning", "w of Seeing"}) {
      EXPECT_TRUE(one.trace(record).values == several.trace(record).values) << record;
      EXPECT_TRUE(one.trace(record).row(999) == continued.trace(record).row(999)) << record;
    }
  }
}

//===-- NEST's rules --------------------------------------------------------------------------------------------------------===//

/// Computed by independent programs and confirmed with NEST; an event reaches the synapse 10 ms before the spike.
TEST_P(Rules, NestsRulesGiveNestsWeights) {
  const std::vector<int> once = {200}, later = {300}, six = tenfold({20, 70, 120, 170, 220, 270}), sixLater = tenfold({30, 80, 130, 180, 230, 280});
  const struct {
    std::vector<int> arrivals, spikes;
    const char *clauses;
    double weight;
  } cases[] = {
      {once, later, "weight 1; plasticity stdp_synapse(Wmax = 100)", 1.600465353116},
      {later, once, "weight 1; plasticity stdp_synapse(Wmax = 100)", .9939346934029},
      {once, once, "weight 1; plasticity stdp_synapse(Wmax = 100)", 1},
      {six, sixLater, "weight 1; plasticity stdp_synapse(Wmax = 100)", 4.783430725463},
      {six, sixLater, "weight 1; plasticity stdp_nn_symm_synapse(Wmax = 100)", 4.53007539084},
      {six, sixLater, "weight 1; plasticity stdp_nn_restr_synapse(Wmax = 100)", 4.53007539084},
      {six, sixLater, "weight 1; plasticity stdp_nn_pre_centered_synapse(Wmax = 100)", 4.53007539084},
      {six, sixLater, "weight 1; plasticity stdp_pl_synapse_hom(w_0 = 1)", 1.324692372552},
      {six, sixLater, "weight 0.5; plasticity vogels_sprekeler_synapse(eta = 0.001, Wmax = 1)", .5039095340031},
  };
  for (const auto &c : cases)
    EXPECT_NEAR(finalWeight(c.arrivals, c.spikes, c.clauses, precision()), c.weight, c.weight * tolerance(1e-11, 1e-6)) << c.clauses;
}

/// Fifty spikes per second; NEST's defaults, among them no facilitation.
TEST_P(Rules, NestsShortTermRulesReleaseWhatNestReleases) {
  const struct {
    const char *rule;
    double released[4];
  } cases[] = {{"tsodyks_synapse(tau_fac = 0.01 ms)", {.5, .2552559248051, .1363527605508, .0785875853281}},
               {"Tsodyks2(tau_fac = 0.01 ms)", {.5, .2561725219929, .1372688439303, .07928487603479}}};
  for (const auto &c : cases) {
    const std::string text = train("Pre", tenfold({0, 20, 40, 60}, 0)) + cell("Post", {9000}) +
                             "network N { population A = Pre[1]\n population B = Post[1]\n project A -> B.I { connect all_to_all;  weight 1;  synapse "
                             "Expon(tau = 1e-3 ms);  plasticity " + c.rule + " } }\nsimulate N { dt 0.1 ms;  duration 65 ms;  record I of B }\n";
    const Trace input = simulate(text, precision()).trace("I of B");
    for (int k = 0; k < 4; ++k)
      EXPECT_NEAR(input.at(uint64_t(200 * k + 1)), c.released[k], tolerance(1e-11, 1e-6)) << c.rule << " spike " << k;
  }
}

/// The sum over all pairs and spikes of dopamine, with steps of the weight as fine as those of the program.
TEST_P(Rules, DopamineTurnsEligibilityIntoWeight) {
  const std::vector<int> pre = tenfold({10, 50, 90}), post = tenfold({15, 45, 95}), dopamine = tenfold({20, 60, 61});
  const std::string text = train("Pre", tenfold({10, 50, 90}, -1)) + cell("Post", post) + train("Dopamine", tenfold({20, 60, 61}, -1)) +
                           "network N { population A = Pre[1]\n population B = Post[1]\n population C = Dopamine[1]\n project A -> B.I as W { connect all_to_all\n"
                           " weight 10\n synapse Expon\n plasticity stdp_dopamine_synapse(A_plus = 1, A_minus = 1.5, Wmin = 0, Wmax = 200)\n modulator dopamine = C } }\n"
                           "simulate N { dt 0.1 ms;  duration 100 ms;  record w of W every 1 ms }\n";
  double w = 10, c = 0, n = 0, x = 0, y = 0;
  for (int k = 0; k < 1000; ++k) {
    w += 0.1 * c * n;
    c *= std::exp(-0.1 / 1000), n *= std::exp(-0.1 / 200), x *= std::exp(-0.1 / 20), y *= std::exp(-0.1 / 20);
    if (contains(pre, k))
      c -= 1.5 * y, x += 1;
    if (contains(dopamine, k))
      n += 1. / 200;
    if (contains(post, k))
      c += x, y += 1;
  }
  EXPECT_NEAR(simulate(text, precision()).trace("w of W").at(999), w, tolerance(1e-10, 1e-5));
}

INSTANTIATE_TEST_SUITE_P(Precisions, Rules, bothPrecisions(), precisionName);

} // namespace
