// Neurons with NEST's names: the spike times and voltages of NEST 3.10 and of an independent program, with default parameters, at dt 0.1 ms.
//
// A current run has a constant current `I_e`; in an event run one event reaches the neuron at 10 ms, that is at the end
// of step 99. A spike of step k is stamped (k + 1) dt.

#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

struct CurrentRun {
  std::string model;
  double current; ///< pA
  size_t spikes;
  std::vector<double> times; ///< the first spikes and the last, ms
  double at100, at500;       ///< mV
  double tolerance;          ///< mV; exact models have all digits, the others what their reference is converged to
};

void PrintTo(const CurrentRun &run, std::ostream *output) { *output << run.model; }

struct EventRun {
  std::string model;
  std::string weight;
  double after;                ///< V at 10.1 ms
  double peak, peakTime, last; ///< from 10 to 50 ms; V at 50 ms
  double tolerance;
};

void PrintTo(const EventRun &run, std::ostream *output) { *output << run.model; }

Result runWithCurrent(const CurrentRun &run, snn::model::Precision precision) {
  return simulate("network One { population N = " + run.model + "[1] { I_e = " + std::to_string(run.current) +
                      " pA } }\nsimulate One { dt 0.1 ms;  duration 500 ms;  record spikes of N;  record V of N }\n",
                  {.precision = precision});
}

class NestCurrent : public testing::TestWithParam<CurrentRun> {};
class NestEvent : public testing::TestWithParam<EventRun> {};

} // namespace

TEST_P(NestCurrent, SpikesAsInNest) {
  const CurrentRun &run = GetParam();
  const Result result = runWithCurrent(run, snn::model::Precision::F64);
  const std::vector<Spike> &spikes = result.spikesOf("N");
  ASSERT_EQ(spikes.size(), run.spikes);
  auto time = [](const Spike &spike) { return 0.1 * double(spike.step + 1); };
  for (size_t k = 0; k + 1 < run.times.size(); ++k)
    EXPECT_NEAR(time(spikes[k]), run.times[k], 1e-9) << "spike " << k;
  if (!run.times.empty()) {
    EXPECT_NEAR(time(spikes.back()), run.times.back(), 1e-9);
  }
  EXPECT_NEAR(result.trace("V of N").at(999), run.at100, run.tolerance);
  EXPECT_NEAR(result.trace("V of N").at(4999), run.at500, run.tolerance);
}

TEST_P(NestCurrent, SpikesAlikeInSinglePrecision) {
  const CurrentRun &run = GetParam();
  const Result result = runWithCurrent(run, snn::model::Precision::F32);
  const std::vector<Spike> &spikes = result.spikesOf("N");
  EXPECT_NEAR(double(spikes.size()), double(run.spikes), 1);
  for (size_t k = 0; k + 1 < run.times.size() && k < spikes.size(); ++k)
    EXPECT_NEAR(0.1 * double(spikes[k].step + 1), run.times[k], 0.1001) << "spike " << k;
}

TEST_P(NestEvent, RespondsAsInNest) {
  const EventRun &run = GetParam();
  // The source spikes in step 98, and the default delay is one step.
  const Result result = simulate("neuron Once {\n    state left = 98\n    on step { left -= 1 }\n    spike when left < -0.5 and left > -1.5\n}\n"
                                 "network One {\n    population S = Once[1]\n    population N = " +
                                 run.model + "[1]\n    project S -> N.ex { connect all_to_all;  weight " + run.weight +
                                 " }\n}\nsimulate One { dt 0.1 ms;  duration 50 ms;  precision f64;  record V of N }\n");
  const Trace &V = result.trace("V of N");
  EXPECT_NEAR(V.at(100), run.after, run.tolerance);
  EXPECT_NEAR(V.at(499), run.last, run.tolerance);
  uint64_t best = 99;
  for (uint64_t step = 99; step < 500; ++step)
    if (V.at(step) > V.at(best))
      best = step;
  EXPECT_NEAR(V.at(best), run.peak, run.tolerance);
  EXPECT_NEAR(0.1 * double(best + 1), run.peakTime, 1e-9);
}

TEST(GifEvents, EnterBeforeTheStepIsIntegrated) {
  // NEST's update of gif_psc_exp: the current decays and gets the weight, then the voltage advances with it. The event arrives in step 99.
  const Result result = simulate("neuron Once {\n    state left = 98\n    on step { left -= 1 }\n    spike when left < -0.5 and left > -1.5\n}\n"
                                 "network One {\n    population S = Once[1]\n    population N = gif_psc_exp[1] { lambda_0 = 0 Hz }\n"
                                 "    project S -> N.ex { connect all_to_all;  weight 100 pA }\n}\n"
                                 "simulate One { dt 0.1 ms;  duration 50 ms;  precision f64;  record V of N;  record I_ex of N }\n");
  EXPECT_EQ(result.trace("V of N").at(98), -70);
  for (uint64_t step = 99; step < 500; ++step) {
    const double t = 0.1 * double(step - 98); // C_m 80 pF, tau_m 20 ms, tau_syn 2 ms
    ASSERT_NEAR(result.trace("I_ex of N").at(step), 100 * std::exp(-t / 2), 1e-10) << step;
    ASSERT_NEAR(result.trace("V of N").at(step), -70 + 100. / 80 * (std::exp(-t / 20) - std::exp(-t / 2)) / (1 / 2. - 1 / 20.), 1e-11) << step;
  }
}

/// Conductance and voltage of a neuron that one event of 20 nS reaches at the end of step 99.
static Result conductanceRun(const std::string &model, const std::string &settings) {
  return simulate("neuron Once {\n    state left = 98\n    on step { left -= 1 }\n    spike when left < -0.5 and left > -1.5\n}\n"
                  "network One {\n    population S = Once[1]\n    population N = " +
                  model + "[1] { " + settings +
                  " }\n    project S -> N.ex { connect all_to_all;  weight 20 nS }\n}\n"
                  "simulate One { dt 0.1 ms;  duration 40 ms;  precision f64;  record V of N;  record g_ex of N }\n");
}

TEST(BetaConductance, EqualsTheAlphaConductanceWhereRiseAndDecayAreEqual) {
  for (const std::string family : {"iaf", "aeif"}) {
    const Result alpha = conductanceRun(family + "_cond_alpha", "tau_syn_ex = 2 ms");
    const Result beta = conductanceRun(family + "_cond_beta", "tau_rise_ex = 2 ms;  tau_decay_ex = 2 ms");
    for (const char *record : {"V of N", "g_ex of N"})
      for (uint64_t step = 0; step < 400; ++step)
        ASSERT_NEAR(alpha.trace(record).at(step), beta.trace(record).at(step), 1e-12) << family << " " << record << " " << step;
  }
}

TEST(BetaConductance, PeaksAtItsWeight) {
  for (const std::string family : {"iaf", "aeif"})
    for (const auto &[rise, decay] : {std::pair(0.5, 5.0), std::pair(3.0, 1.0)}) {
      const Result result = conductanceRun(family + "_cond_beta", "tau_rise_ex = " + std::to_string(rise) + " ms;  tau_decay_ex = " +
                                                                      std::to_string(decay) + " ms");
      const double peakTime = rise * decay / (decay - rise) * std::log(decay / rise);
      auto course = [&](double t) { return std::exp(-t / decay) - std::exp(-t / rise); };
      for (uint64_t step = 99; step < 400; ++step)
        ASSERT_NEAR(result.trace("g_ex of N").at(step), 20 * course(0.1 * double(step - 99)) / course(peakTime), 1e-5) << family << step;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Models, NestCurrent,
    testing::Values(
        CurrentRun{"iaf_psc_delta", 500, 31, {13.9, 29.8, 45.7, 490.9}, -62.625672910139, -59.832883949220, 1e-10},
        CurrentRun{"iaf_psc_exp", 500, 31, {13.9, 29.8, 45.7, 490.9}, -62.625672910139, -59.832883949220, 1e-10},
        CurrentRun{"iaf_psc_alpha", 500, 31, {13.9, 29.8, 45.7, 490.9}, -62.625672910139, -59.832883949220, 1e-10},
        CurrentRun{"iaf_cond_exp", 400, 56, {14.8, 23.5, 32.2, 493.3}, -56.098544799473, -56.234093343398, 1e-5},
        CurrentRun{"iaf_cond_alpha", 400, 56, {14.8, 23.5, 32.2, 493.3}, -56.098544799473, -56.234093343398, 1e-5},
        CurrentRun{"iaf_cond_beta", 400, 56, {14.8, 23.5, 32.2, 493.3}, -56.098544799473, -56.234093343398, 1e-5},
        CurrentRun{"aeif_cond_beta", 700, 5, {24.7, 57.2, 139.6, 400.0}, -51.27018351146, -50.61794085381, 1e-5},
        CurrentRun{"aeif_cond_exp", 700, 5, {24.7, 57.2, 139.6, 400.0}, -51.27018351146, -50.61794085381, 1e-5},
        CurrentRun{"aeif_cond_alpha", 700, 5, {24.7, 57.2, 139.6, 400.0}, -51.27018351146, -50.61794085381, 1e-5},
        CurrentRun{"hh_psc_alpha", 650, 28, {2.8, 20.9, 39.1, 493.5}, -70.179987887, -69.969320498, 5e-4},
        CurrentRun{"izhikevich", 10, 12, {3.4, 27.1, 72.2, 478.1}, -67.133407310879, -69.210690182909, 1e-8},
        CurrentRun{"mat2_psc_exp", 500, 11, {7.2, 29.2, 56.5, 467.3}, -45.000000051529, -45.000000000000, 1e-10}),
    [](const auto &info) { return info.param.model; });

INSTANTIATE_TEST_SUITE_P(
    Models, NestEvent,
    testing::Values(
        EventRun{"iaf_psc_delta", "5 mV", -65.049750831254, -65, 10.0, -69.908421805556, 1e-11},
        EventRun{"iaf_psc_exp", "100 pA", -69.961179590752, -69.465015237201, 14.0, -69.981684363172, 1e-11},
        EventRun{"iaf_psc_alpha", "100 pA", -69.997379466674, -68.699987985612, 16.7, -69.937766283600, 1e-11},
        EventRun{"iaf_cond_exp", "50 nS", -68.910837821674, -67.410186678563, 10.9, -69.806683850438, 1e-5},
        EventRun{"aeif_cond_exp", "50 nS", -69.623903542883, -68.329404083488, 10.8, -70.581259839954, 1e-5},
        EventRun{"hh_psc_alpha", "100 pA", -64.952287832936, -64.596176910170, 10.9, -65.000383817078, 1e-5},
        EventRun{"mat2_psc_exp", "100 pA", -69.905798430912, -69.331269046501, 12.0, -69.999580671715, 1e-11}),
    [](const auto &info) { return info.param.model; });
