// Statistics of counts against numbers that are known beforehand.

#include "snn/recorder/CountStatistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <optional>
#include <random>

using namespace snn::recorder;

TEST(PowerSpectrum, ItsIntegralIsTheVariance) {
  // A sine of amplitude 3 at 40 Hz, sampled at 1 kHz: a variance of 4.5 within the width of the window around 40 Hz.
  PowerSpectrum spectrum(1024, 1000);
  for (int k = 0; k < 16384; ++k)
    spectrum.add(7 + 3 * std::sin(2 * std::numbers::pi * 40 * k / 1000));
  EXPECT_EQ(spectrum.windows(), 31u) << "windows overlap by half";
  double all = 0, near = 0;
  const std::vector<double> density = spectrum.density();
  ASSERT_EQ(density.size(), 513u);
  for (size_t k = 0; k < density.size(); ++k) {
    double frequency = static_cast<double>(k) * spectrum.resolution();
    all += density[k] * spectrum.resolution();
    near += std::abs(frequency - 40) < 3 ? density[k] * spectrum.resolution() : 0;
  }
  EXPECT_NEAR(all, 4.5, 0.045) << "single precision and leakage of a window";
  EXPECT_NEAR(near, all, 1e-3 * all);
}

TEST(PowerSpectrum, OfIndependentValuesIsFlat) {
  // White noise of variance 2 sampled at 500 Hz has 2 / 250 per Hz. With 511 windows the mean over a tenth of the frequencies has
  // a standard error of about 1 %.
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal(0, std::sqrt(2.0));
  PowerSpectrum spectrum(256, 500);
  for (int k = 0; k < 128 * 512; ++k)
    spectrum.add(normal(random));
  const std::vector<double> density = spectrum.density();
  for (size_t first = 4; first + 12 < density.size(); first += 12) {
    double mean = 0;
    for (size_t k = first; k < first + 12; ++k)
      mean += density[k] / 12;
    EXPECT_NEAR(mean, 2.0 / 250, 0.05 * 2 / 250);
  }
}

TEST(PowerSpectrum, IsEmptyBeforeAWindowIsFull) {
  PowerSpectrum spectrum(64, 1000);
  for (int k = 0; k < 63; ++k)
    spectrum.add(k);
  EXPECT_TRUE(spectrum.density().empty());
}

namespace {
/// One population of `size` neurons that is stepped by 0.1 ms for `steps` steps; spikes are given by step.
struct Counting {
  Counting(uint32_t size, uint64_t steps, uint64_t binSteps) : steps(steps) {
    settings = {0.1, static_cast<double>(steps) * 0.1, static_cast<double>(size)};
    population.name = "N";
    population.size = 2;
    population.spikes_per_step = 1;
    model.network = "One";
    model.dt = 0;
    model.duration = 1;
    model.n_populations = 1;
    model.populations = &population;
    run.model = &model;
    run.settings = settings;
    run.steps = steps;
    statistics.emplace(run, binSteps);
  }

  CountSummary summary(const std::vector<std::vector<uint32_t>> &neuronsOfSteps) {
    snn_sink sink = statistics->sink();
    for (uint64_t step = 0; step < steps; ++step) {
      std::vector<uint64_t> at(neuronsOfSteps[step].size(), step);
      if (!at.empty())
        sink.all_spikes(sink.user, 0, at.size(), at.data(), neuronsOfSteps[step].data());
      if (step % 77 == 76)
        sink.progress(sink.user, step + 1, steps);
    }
    sink.progress(sink.user, steps, steps);
    return statistics->table().front();
  }

  uint64_t steps;
  std::vector<double> settings;
  snn_population population{};
  snn_model model{};
  RunDescription run{};
  std::optional<CountStatistics> statistics;
};
} // namespace

TEST(CountStatistics, TheCorrelationIsThatOfTheCounts) {
  // Counts of three neurons in four bins of 10 steps, written by hand; the last two steps are no whole bin.
  const unsigned counts[3][4] = {{2, 0, 1, 1}, {1, 0, 1, 2}, {0, 3, 0, 1}};
  std::vector<std::vector<uint32_t>> spikes(42);
  for (uint32_t neuron = 0; neuron < 3; ++neuron)
    for (unsigned bin = 0; bin < 4; ++bin)
      for (unsigned k = 0; k < counts[neuron][bin]; ++k)
        spikes[10 * bin + 3 * k].push_back(neuron);
  spikes[41] = {0, 1, 2};
  double covariances = 0, deviations = 0;
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) {
      double meanA = 0, meanB = 0, product = 0, squareA = 0, squareB = 0;
      for (int bin = 0; bin < 4; ++bin) {
        meanA += counts[a][bin] / 4.0, meanB += counts[b][bin] / 4.0;
        product += counts[a][bin] * counts[b][bin] / 4.0;
        squareA += counts[a][bin] * counts[a][bin] / 4.0, squareB += counts[b][bin] * counts[b][bin] / 4.0;
      }
      covariances += a == b ? 0 : product - meanA * meanB;
      deviations += a == b ? 0 : std::sqrt((squareA - meanA * meanA) * (squareB - meanB * meanB));
    }
  Counting counting(3, 42, 10);
  EXPECT_NEAR(counting.summary(spikes).correlation.value(), covariances / deviations, 1e-12);
}

TEST(CountStatistics, CopiesOfATrainAreCorrelatedAndIndependentOnesAreNot) {
  std::mt19937_64 random(2);
  std::bernoulli_distribution fires(0.02);
  std::vector<std::vector<uint32_t>> same(20000), independent(20000);
  for (size_t step = 0; step < same.size(); ++step) {
    bool all = fires(random);
    for (uint32_t neuron = 0; neuron < 20; ++neuron) {
      if (all)
        same[step].push_back(neuron);
      if (fires(random))
        independent[step].push_back(neuron);
    }
  }
  EXPECT_NEAR(Counting(20, 20000, 50).summary(same).correlation.value(), 1, 1e-9);
  // The mean of 190 coefficients from 400 bins has a standard error of 1 / sqrt(190 * 400).
  EXPECT_NEAR(Counting(20, 20000, 50).summary(independent).correlation.value(), 0, 4 / std::sqrt(190.0 * 400));
}

TEST(CountStatistics, TheSpectrumShowsTheRhythm) {
  // 50 neurons that fire at 25 Hz together: every 40 ms.
  std::vector<std::vector<uint32_t>> spikes(20000);
  for (size_t step = 0; step < spikes.size(); step += 400)
    for (uint32_t neuron = 0; neuron < 50; ++neuron)
      spikes[step].push_back(neuron);
  CountSummary summary = Counting(50, 20000, 10).summary(spikes);
  double frequency = summary.peak.value();
  double harmonic = std::round(frequency / 25); // a train of pulses has all harmonics alike
  EXPECT_GE(harmonic, 1);
  EXPECT_NEAR(frequency, 25 * harmonic, summary.resolution);
}

TEST(CountStatistics, SilenceHasNoCorrelation) {
  CountSummary summary = Counting(4, 1000, 10).summary(std::vector<std::vector<uint32_t>>(1000));
  EXPECT_FALSE(summary.correlation.has_value());
  EXPECT_FALSE(summary.peak.has_value());
}
