// Every example compiles and runs as it is, and does what its first comment promises.

#include "Activity.h"
#include "Precision.h"

#include <algorithm>
#include <numbers>

using namespace snn::test;

namespace {

constexpr uint32_t size = 4000;

struct Promise {
  const char *file;
  double lowestRate, highestRate; ///< Hz, over all neurons and 1 s
  double isiCv, slack;
};

void PrintTo(const Promise &promise, std::ostream *output) { *output << promise.file; }

class Example : public testing::TestWithParam<Promise> {};

} // namespace

TEST_P(Example, FiresAsItsCommentSays) {
  const Activity all = activity(simulate(example(GetParam().file)).spikesOf("N"), 0, size, 1);
  EXPECT_GE(all.rate, GetParam().lowestRate);
  EXPECT_LE(all.rate, GetParam().highestRate);
  EXPECT_NEAR(all.isiCv, GetParam().isiCv, GetParam().slack);
}

INSTANTIATE_TEST_SUITE_P(Models, Example,
                         testing::Values(Promise{"coba.snn", 20, 24, 1.67, 0.12},
                                         Promise{"coba-gallery.snn", 50.6, 50.8, 0, 0.01},
                                         Promise{"coba-brette.snn", 16, 22, 1.6, 0.1},
                                         Promise{"cuba.snn", 22, 26, 0.32, 0.06},
                                         Promise{"cobahh.snn", 31, 39, 2.05, 0.2}),
                         [](const auto &info) {
                           std::string name = info.param.file;
                           name.resize(name.find('.'));
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Izhikevich2003, FiresAsItsCommentSays) {
  const Result result = simulate(example("izhikevich-2003.snn"));
  EXPECT_NEAR(double(result.spikesOf("E").size()) / 800, 8, 1.5);
  EXPECT_NEAR(double(result.spikesOf("I").size()) / 200, 8, 1.5);
  // In waves: the rate of 10 ms bins varies by far more than independent spikes would make it, whose variance is their mean.
  std::vector<double> bins(100);
  for (const Spike &spike : result.spikesOf("E"))
    bins[spike.step / 10] += 1;
  double mean = 0, variance = 0;
  for (double count : bins)
    mean += count / 100;
  for (double count : bins)
    variance += (count - mean) * (count - mean) / 100;
  EXPECT_GT(variance / mean, 5);
}

/// The rate is the golden value of an implementation of its own, which counts 39.99 +- 0.02 Hz in the last 300 ms.
TEST(Gamma, TheCellsFireTogether) {
  const Result result = simulate(example("gamma.snn"));
  double late = 0;
  uint64_t first = UINT64_MAX, last = 0; // of the last volley
  for (const Spike &spike : result.spikesOf("N")) {
    late += spike.step >= 20000;
    if (spike.step >= 48000) {
      first = std::min<uint64_t>(first, spike.step);
      last = std::max<uint64_t>(last, spike.step);
    }
  }
  EXPECT_NEAR(late / 100 / 0.3, 39.99, 0.1) << "twelve volleys; three spikes may be missing";
  EXPECT_LT(double(last - first) * 0.01, 1) << "ms";
}

TEST(RingAttractor, RemembersThePlaceOfItsCue) {
  const Result result = simulate(example("ring-attractor.snn"));
  double sine = 0, cosine = 0, count = 0;
  std::vector<bool> isActive(400);
  for (const Spike &spike : result.spikesOf("N")) {
    if (spike.step < 10000)
      continue; // the last half second, 700 ms after the cue
    double angle = 2 * std::numbers::pi * spike.neuron / 400;
    sine += std::sin(angle);
    cosine += std::cos(angle);
    count += 1;
    isActive[spike.neuron] = true;
  }
  const double active = double(std::count(isActive.begin(), isActive.end(), true));
  EXPECT_NEAR(active, 95, 10);
  EXPECT_NEAR(count / active / 0.5, 58, 8);
  double place = 400 * std::atan2(-sine, -cosine) / (2 * std::numbers::pi) + 200;
  EXPECT_NEAR(place, 200, 5);
}

TEST(FirstNeuron, FollowsTheClosedFormOfItsComment) {
  const Result result = simulate(example("first-neuron.snn"));
  std::vector<double> counts(51);
  for (const Spike &spike : result.spikesOf("N"))
    counts[spike.neuron] += 1;
  for (int i = 0; i < 51; ++i) {
    const double drive = 1.2 * i; // R I in mV
    const double rate = drive > 15 ? 1000 / (2 + 10 * std::log(drive / (drive - 15))) : 0;
    // A spike waits for the end of its step, at most 0.1 ms per interval.
    EXPECT_NEAR(counts[i], rate, 1 + 1e-4 * rate * rate) << "cell " << i;
  }
}

TEST(HalfCentre, AlternatesAsItsCommentSays) {
  const Program program(example("half-centre.snn"));
  const Trace together = program.run().trace("V of N");
  // From 2 s on: how often the first cell crosses -10 mV upwards, and how rarely both are above it.
  unsigned crossings = 0, bothUp = 0, oneUp = 0;
  for (size_t row = 1000; row < together.steps.size(); ++row) {
    auto isUp = [&](size_t at, size_t cell) { return together.values[2 * at + cell] > -10; };
    crossings += isUp(row, 0) && !isUp(row - 1, 0);
    bothUp += isUp(row, 0) && isUp(row, 1);
    oneUp += isUp(row, 0) != isUp(row, 1);
  }
  EXPECT_GE(crossings, 3u);
  EXPECT_LE(crossings, 5u);
  EXPECT_GT(oneUp, 2 * bothUp);
  const Trace alone = program.run({.settings = {{"Forth.weight", 0}, {"Back.weight", 0}}}).trace("V of N");
  for (size_t row = 2500; row < alone.steps.size(); ++row)
    for (size_t cell : {0u, 1u})
      ASSERT_NEAR(alone.values[2 * row + cell], alone.values[2 * 2500 + cell], 0.5) << "a rhythm of its own";
}
