// Where a synapse's state lives is the compiler's decision and must not change what the equations say: states per
// target, per source and per connection are compared with sums over connections written out by hand.

#include "ClockAndProbe.h"
#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

class Alignment : public InBothPrecisions {
protected:
  /// Input of two targets from three sources that fire every 2, 3 and 5 ms, with weight (1 + source) (1 + target).
  Trace inputThrough(const std::string &synapse) {
    return simulate(std::string(clockAndProbe) + R"(
network Pairs {
    population A = Clock[3] { period = if i == 0 then 2 ms else if i == 1 then 3 ms else 5 ms }
    population B = Probe[2]
    project A -> B.I { connect all_to_all;  weight (1 + pre.i) * (1 + post.i);  synapse Kinetics }
}
simulate Pairs { dt 0.1 ms;  duration 30 ms;  record I of B }
)" + synapse,
                    precision())
        .trace("I of B");
  }

  /// Checks that input against a sum over connections; `advance` moves one state over a step and `receive` adds an event.
  template <typename Advance, typename Receive, typename Output>
  void expectSum(const std::string &synapse, Advance advance, Receive receive, Output output) {
    const Trace trace = inputThrough(synapse);
    double state[3][2] = {};
    const uint64_t period[] = {20, 30, 50};
    for (uint64_t step = 0; step < 300; ++step)
      for (uint32_t target = 0; target < 2; ++target) {
        double sum = 0;
        for (uint32_t source = 0; source < 3; ++source) {
          const double weight = (1.0 + source) * (1 + target);
          double &s = state[source][target];
          s = advance(s);
          if (step > 0 && (step - 1) % period[source] == 0)
            s = receive(s, weight);
          sum += output(s, weight);
        }
        ASSERT_NEAR(trace.at(step, target), sum, tolerance(1e-10, 1e-4)) << "target " << target << " in step " << step;
      }
  }
};

const double decay = std::exp(-0.1 / 4);

} // namespace

TEST_P(Alignment, LinearStatesAreSharedByTheTarget) {
  expectSum(R"(
synapse Kinetics {
    param tau = 4 ms
    weight w
    state g: w = 0
    g' = -g / tau
    on pre { g += w }
    output g
})",
            [](double g) { return g * decay; }, [](double g, double w) { return g + w; },
            [](double g, double) { return g; });
}

TEST_P(Alignment, StatesWithoutTheWeightAreSharedByTheSource) {
  // Saturation keeps this one from being a sum over connections.
  expectSum(R"(
synapse Kinetics {
    param tau = 4 ms
    weight w
    state s = 0
    s' = -s / tau
    on pre { s += 0.5 * (1 - s) }
    output w * s
})",
            [](double s) { return s * decay; }, [](double s, double) { return s + 0.5 * (1 - s); },
            [](double s, double w) { return w * s; });
}

TEST_P(Alignment, StatesWhoseEventsDoNotAddUpBelongToTheConnection) {
  expectSum(R"(
synapse Kinetics {
    param tau = 4 ms
    weight w
    state g: w = 0
    g' = -g / tau
    on pre { g += w * (1 - g / (10 * w)) }
    output g
})",
            [](double g) { return g * decay; }, [](double g, double w) { return g + w * (1 - g / (10 * w)); },
            [](double g, double) { return g; });
}

INSTANTIATE_TEST_SUITE_P(Models, Alignment, bothPrecisions(), precisionName);
