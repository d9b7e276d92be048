// What rules and synapses know of the past, `since pre`, `since post` and `delayed(x, d)`, against sums written out by hand; and the same
// bits from any number of workers and through a checkpoint.

#include "OneSynapse.h"
#include "Precision.h"
#include "SameBits.h"

#include <algorithm>
#include <cmath>

using namespace snn::test;

namespace {

class LookingBack : public InBothPrecisions {};

const std::vector<int> arrivals = {30, 70, 71, 120, 200, 260, 340, 341, 500}, spikes = {31, 70, 100, 180, 260, 261, 390, 480, 620};

bool contains(const std::vector<int> &steps, int step) { return std::find(steps.begin(), steps.end(), step) != steps.end(); }

/// The trace of `events` that is found in `step`, before anything happens in it: each adds 1, which decays with `tau` ms.
double traceBefore(const std::vector<int> &events, int step, double tau) {
  double sum = 0;
  for (int event : events)
    sum += event < step ? std::exp(-.1 * (step - event) / tau) : 0;
  return sum;
}

/// Steps since the last of `events` before `step`; infinite if there is none.
double since(const std::vector<int> &events, int step) {
  double steps = INFINITY;
  for (int event : events)
    if (event < step)
      steps = std::min(steps, double(step - event));
  return steps;
}

} // namespace

TEST_P(LookingBack, TimesSinceEventsCountFromTheLast) {
  const std::string rule = R"(
plasticity Nearest {
    weight w
    on pre  { w += exp(-since post / 20 ms) + 10 * (since pre < 7 ms) }
    on post { w += 0.5 * exp(-since pre / 10 ms) + 100 * (since post <= 8 ms) }
}
)";
  double w = 1;
  for (int step = 0; step < 1000; ++step) {
    if (contains(arrivals, step))
      w += std::exp(-.1 * since(spikes, step) / 20) + 10 * (since(arrivals, step) < 70);
    if (contains(spikes, step)) // after an event of the same step
      w += .5 * std::exp(-.1 * (contains(arrivals, step) ? 0 : since(arrivals, step)) / 10) + 100 * (since(spikes, step) <= 80);
  }
  for (int delay : {1, 6})
    EXPECT_NEAR(finalWeight(arrivals, spikes, "weight 1; plasticity Nearest", precision(), delay, rule), w, tolerance(1e-10, 1e-3));
}

TEST_P(LookingBack, AnEquationSeesTheStepsBehindAnEvent) {
  const std::string rule = R"(
plasticity Ramp {
    weight w
    w' = 1 /ms * (since pre < 1.2 ms) + 100 /ms * (since post < 0.3 ms)
}
)";
  double w = 0;
  for (int step = 1; step < 1000; ++step) // with what the step before has left
    w += .1 * (contains(arrivals, step - 1) || since(arrivals, step - 1) < 12) +
         10 * (contains(spikes, step - 1) || since(spikes, step - 1) < 3);
  for (int delay : {1, 6})
    EXPECT_NEAR(finalWeight(arrivals, spikes, "weight 0; plasticity Ramp", precision(), delay, rule), w, tolerance(1e-9, 1e-2));
}

TEST_P(LookingBack, StatesAreWhatTheyWereATimeAgo) {
  for (int steps : {0, 1, 25}) {
    const std::string lag = std::to_string(steps) + "e-1 ms";
    const std::string rule = R"(
plasticity Late {
    weight w
    param lag = 1 ms
    pre  state x = 0
    post state y = 0
    x' = -x / (12 ms)
    y' = -y / (30 ms)
    let late = 3 * delayed(y, lag) + 1
    on pre  { w += late;  x += 1 }
    on post { w += 0.1 * delayed(2 * x, lag);  y += 1 }
}
)";
    double w = 1;
    for (int step = 0; step < 1000; ++step) {
      if (contains(arrivals, step))
        w += 3 * traceBefore(spikes, step - steps, 30) + 1;
      if (contains(spikes, step))
        w += .2 * traceBefore(arrivals, step - steps, 12);
    }
    for (int delay : {1, 6})
      EXPECT_NEAR(finalWeight(arrivals, spikes, "weight 1; plasticity Late(lag = " + lag + ")", precision(), delay, rule), w,
                  tolerance(1e-10, 1e-4))
          << lag;
  }
}

/// V of the target is 3 t, of the source 5 t, both with t in ms at the end of a step; before t = 0 they are zero.
TEST_P(LookingBack, NeuronsAreWhatTheyWereATimeAgo) {
  const std::string text = train("Fires", {100}) + R"(
neuron Ramp {
    state V = 0 mV
    state y = 0
    input I: number
    V' = 3 mV/ms
    y' = I / (1 ms)
    spike when t >= 12 ms and t < 12.1 ms
}
neuron Source extends Fires {
    state V = 0 mV
    V' = 5 mV/ms
}
plasticity Looks {
    weight w
    param lag = 4 ms
    pre V: voltage
    post V: voltage
    let late = delayed(post.V, lag) / 1 mV
    on pre  { w += late + 100 * delayed(pre.V, lag) / 1 mV }
    on post { w += 10000 * late }
}
plasticity Watches {
    weight w
    param lag = 4 ms
    post V: voltage
    w' = (t >= 9 ms and t < 9.1 ms) * delayed(V, lag) / (0.1 mV*ms)
}
network N {
    population A = Source[1]
    population B = Ramp[1]
    project A -> B.I as W { connect all_to_all;  delay 2 ms;  weight 0;  synapse Expon;  plasticity Looks(lag = LAG) }
    project A -> B.I as E { connect all_to_all;  delay 2 ms;  weight 0;  synapse Expon;  plasticity Watches(lag = LAG) }
}
simulate N { dt 0.1 ms;  duration 20 ms;  record w of W every 1 ms;  record w of E every 1 ms }
)";
  for (int steps : {0, 1, 40, 110, 150}) {
    std::string here = text;
    for (size_t at; (at = here.find("LAG")) != std::string::npos;)
      here.replace(at, 3, std::to_string(steps) + "e-1 ms");
    const Result result = simulate(here, precision());
    // At the beginning of step k, V is that of t = k dt. An event of step 100 arrives in step 120.
    auto time = [&](int step) { return .1 * std::max(0, step - steps); };
    const double expected = 3 * time(120) + 100 * 5 * time(100) + 1e4 * 3 * time(120);
    EXPECT_NEAR(result.trace("w of W").at(199), expected, tolerance(1e-8, 1e-5 * expected + 1e-3)) << steps;
    EXPECT_NEAR(result.trace("w of E").at(199), 3 * time(90), tolerance(1e-10, 1e-4)) << steps;
  }
}

/// A clamped target, for which the averages are known in closed form.
TEST_P(LookingBack, VoltageBasedPlasticityFollowsThePaper) {
  const std::string text = train("Pre", {199, 299}) + R"(
neuron Clamped {
    state V = -40 mV
    state y = 0
    input I: number
    y' = I / (1 ms)
}
network N {
    population A = Pre[1]
    population B = Clamped[1]
    project A -> B.I as W {
        connect all_to_all
        weight  0.5
        synapse Expon
        plasticity Clopath(A_LTD = 1.4e-4 /mV, A_LTP = 8e-5 /mV^2, w_max = 100)
    }
}
simulate N { dt 0.1 ms;  duration 100 ms;  record w of W every 1 ms }
)";
  auto average = [](double time, double tau) { return time <= 0 ? 0 : 30.6 * (1 - std::exp(-time / tau)); }; // above theta_minus
  double w = .5;
  for (int step = 0; step < 1000; ++step) {
    double x = 0;
    for (int arrival : {200, 300}) {
      if (arrival < step) // what the step before has left
        x += std::exp(-.1 * (step - 1 - arrival) / 15) / 15;
      if (arrival == step)
        w -= 1.4e-4 * average(.1 * (step + 1) - 5, 10);
    }
    w += .1 * 8e-5 * x * (45.3 - 40) * average(.1 * step - 5, 7);
  }
  // An event of step k finds averages that have advanced to its end, as all states of rules.
  EXPECT_NEAR(simulate(text, precision()).trace("w of W").at(999), w, tolerance(1e-12, 1e-6));
}

/// Everything at once: receptors per source, times since, and what neurons of either side keep of their past.
TEST(LookingBackRuns, SameBitsForAnyNumberOfWorkersAndThroughACheckpoint) {
  const Program program(R"(
plasticity Past {
    weight w
    pre  V: voltage
    post V: voltage
    pre  state x = 0
    post state y = 0
    x' = -x / (12 ms)
    y' = -y / (30 ms)
    on pre  { w += 0.02 * exp(-since post / 20 ms) * (1 + delayed(y, 3 ms)) * (since pre > 5 ms);  x += 1 }
    on post { w -= 0.02 * exp(-since pre / 20 ms) * (1 + delayed(x, 2 ms)) * delayed(abs(post.V), 4 ms) / 60 mV;  y += 1 }
    keep w in 0 .. 2
}
network N {
    population E = LIFRef[60] { V_rest = -60 mV;  V_th = -50 mV;  V_reset = -60 mV;  tau = 20 ms;  V ~ uniform(-60 mV, -50 mV) }
    project E -> E.I as L { connect bernoulli(0.3);  weight ~ uniform(0.1, 1.5);  delay ~ uniform(0.5 ms, 3 ms);  synapse Unit;  plasticity Past }
    project E -> E.I { connect bernoulli(0.2);  weight 2 mA;  delay 1.5 ms;  synapse AMPA }
}
synapse Unit {
    param scale = 1 mA
    weight w
    state g: w = 0
    g' = -g / 5 ms
    on pre { g += w }
    output scale * g
}
simulate N { dt 0.1 ms;  duration 200 ms;  E.I = 12 mA;  record spikes of E;  record w of L every 50 ms }
)");
  expectSameBits(program);
}

INSTANTIATE_TEST_SUITE_P(Models, LookingBack, bothPrecisions(), precisionName);
