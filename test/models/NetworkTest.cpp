// Random networks against the rates and regularity that independent programs measured over 20 to 40 seeds. A single run
// must fall within the mean +- 3 standard deviations over seeds, the mean of n runs within 3 / sqrt(n) of them.

#include "Activity.h"
#include "Precision.h"

using namespace snn::test;

namespace {

constexpr uint32_t size = 4000, excitatory = 3200;

class Network : public InBothPrecisions {};

struct Expected {
  double mean, sd;
};

/// Figures of several runs that differ in their seed only.
struct Runs {
  std::vector<double> all, excitatory, inhibitory, isiCv, silent;

  Runs(const Program &program, uint64_t n) {
    for (uint64_t seed = 1; seed <= n; ++seed) {
      const Result result = program.run({.seed = seed});
      const std::vector<Spike> &spikes = result.spikesOf("N");
      const Activity every = activity(spikes, 0, size, 1);
      all.push_back(every.rate);
      isiCv.push_back(every.isiCv);
      silent.push_back(every.silent);
      excitatory.push_back(activity(spikes, 0, ::excitatory, 1).rate);
      inhibitory.push_back(activity(spikes, ::excitatory, size, 1).rate);
    }
  }
};

void expectWithin(const std::vector<double> &values, Expected expected, const char *what) {
  for (double value : values)
    EXPECT_NEAR(value, expected.mean, 3 * expected.sd) << what;
  EXPECT_NEAR(mean(values), expected.mean, 3 * expected.sd / std::sqrt(double(values.size())))
      << what << ", mean of runs";
}

std::string replaceFirst(std::string text, const std::string &what, const std::string &with) {
  return text.replace(text.find(what), what.size(), with);
}

} // namespace

TEST_P(Network, DrivenNeuronsWithoutConnectionsFireExactlySoOften) {
  const Result result = simulate(R"(
network Anatomy {
    population N = LIFRef[100] {
        V_rest = -65 mV;  V_reset = -65 mV;  V_th = -50 mV;  tau = 10 ms;  tau_ref = 2 ms
        V ~ normal(-65 mV, 2 mV)
    }
}
simulate Anatomy { dt 0.1 ms;  duration 100 ms;  seed 1;  N.I = 30 mA;  record spikes of N }
)",
                                 precision());
  EXPECT_EQ(result.spikesOf("N").size(), 1100u);
}

TEST_P(Network, ExcitationAndInhibitionByCurrents) {
  const Result result = simulate(R"(
network Balance {
    population N = LIF[1000] {
        V_rest = -52 mV;  V_th = -50 mV;  V_reset = -60 mV;  tau = 10 ms
        V ~ normal(-60 mV, 10 mV)
    }
    project N[:500] -> N {
        connect fixed_outdegree(100)
        weight  1 mS / sqrt(50)
        synapse Expon(tau = 2 ms)
        output  CUBA(scale = 1 V)
    }
    project N[500:] -> N {
        connect fixed_outdegree(100)
        weight  -1 mS / sqrt(50)
        synapse Expon(tau = 2 ms)
        output  CUBA(scale = 1 V)
    }
}
simulate Balance { dt 0.1 ms;  duration 1 s;  seed 1;  method exp_euler;  N.I = 3 mA;  record spikes of N }
)",
                                 precision());
  const Activity every = activity(result.spikesOf("N"), 0, 1000, 1);
  EXPECT_NEAR(every.rate, 41.26, 3 * 0.06);
  EXPECT_NEAR(every.isiCv, 0.026, 0.005);
}

TEST_P(Network, ConductancesInMillisiemensLeaveCobaUncoupled) {
  const Runs runs(Program(example("coba-gallery.snn"), precision()), 2);
  expectWithin(runs.all, {50.71, 0.01}, "rate");
  for (double cv : runs.isiCv)
    EXPECT_LT(cv, 0.01);
}

TEST_P(Network, CobaFiresIrregularly) {
  const Runs runs(Program(example("coba.snn"), precision()), 8);
  expectWithin(runs.all, {21.7, 1.2}, "rate");
  expectWithin(runs.excitatory, {21.7, 1.4}, "excitatory rate");
  expectWithin(runs.inhibitory, {21.8, 0.5}, "inhibitory rate");
  expectWithin(runs.isiCv, {1.67, 0.04}, "ISI CV");
  EXPECT_NEAR(mean(runs.silent), 450, 100) << "neurons that never fire";
}

TEST_P(Network, CubaWithASynapticCurrentThatIsConstantOverTheStep) {
  const Runs runs(Program(example("cuba.snn"), {.precision = GetParam(), .method = snn::model::Method::ExpEuler}), 6);
  expectWithin(runs.all, {24.5, 0.9}, "rate");
  expectWithin(runs.inhibitory, {24.59, 0.15}, "inhibitory rate");
  expectWithin(runs.isiCv, {0.32, 0.02}, "ISI CV");
}

TEST_P(Network, CubaWithoutItsDrive) {
  const std::string source = replaceFirst(example("cuba.snn"), "    N.I = 20 mA\n", "");
  const Runs runs(Program(source, {.precision = GetParam(), .method = snn::model::Method::ExpEuler}), 4);
  expectWithin(runs.all, {5.67, 0.20}, "rate");
  expectWithin(runs.inhibitory, {5.67, 0.05}, "inhibitory rate");
}

TEST_P(Network, CobaInPicofaradsSustainsItself) {
  const Runs runs(Program(example("coba-brette.snn"), precision()), 3);
  for (double rate : runs.all)
    EXPECT_TRUE(rate > 16.5 && rate < 22) << rate;
  EXPECT_NEAR(mean(runs.isiCv), 1.605, 0.065);
}

TEST_P(Network, FixedIndegreesLowerTheRateOfCoba) {
  std::string source =
      replaceFirst(example("coba-brette.snn"), "connect bernoulli(0.02)", "connect fixed_indegree(64)");
  source = replaceFirst(source, "connect bernoulli(0.02)", "connect fixed_indegree(16)");
  const Runs runs(Program(source, precision()), 3);
  for (double rate : runs.all)
    EXPECT_TRUE(rate > 12.5 && rate < 15.4) << rate;
  EXPECT_NEAR(mean(runs.isiCv), 1.42, 0.06);
}

TEST_P(Network, HodgkinHuxleyCobaBursts) {
  // 35.3 +- 1.7 Hz over four seeds of an independent program of the same equations and step.
  const Runs runs(Program(example("cobahh.snn"), precision()), 2);
  expectWithin(runs.all, {35.3, 1.7}, "rate");
  EXPECT_NEAR(mean(runs.isiCv), 2.05, 0.15);
}

INSTANTIATE_TEST_SUITE_P(Models, Network, bothPrecisions(), precisionName);
