#include "FakeProgram.h"

#include "snn/recorder/SpikeStatistics.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace snn::recorder;
using snn::test::FakeProgram;

/// One neuron's spikes, handed over in two chunks.
static void spike(SpikeStatistics &statistics, uint32_t population, uint32_t neuron, std::vector<uint64_t> steps) {
  snn_sink sink = statistics.sink();
  size_t half = steps.size() / 2;
  std::vector<uint32_t> neurons(steps.size(), neuron);
  sink.all_spikes(sink.user, population, half, steps.data(), neurons.data());
  sink.all_spikes(sink.user, population, steps.size() - half, steps.data() + half, neurons.data());
}

static void finish(SpikeStatistics &statistics, uint64_t steps) {
  snn_sink sink = statistics.sink();
  sink.progress(sink.user, steps, steps);
}

TEST(SpikeStatistics, MatchesNumbersComputedByHand) {
  FakeProgram program(0.1, 10000); // one second
  uint32_t n = program.population("N", 4);
  SpikeStatistics statistics(program.description());
  spike(statistics, n, 0, {0, 100, 200, 300, 400});  // intervals all 100: CV 0
  spike(statistics, n, 1, {10, 20, 50, 60, 90});     // intervals 10 30 10 30: mean 20, deviation 10, CV 1/2
  spike(statistics, n, 2, {1, 2, 3, 999});           // four spikes are too few for a CV
  finish(statistics, 10000);

  std::vector<FiringStatistics> table = statistics.table();
  ASSERT_EQ(table.size(), 1u);
  EXPECT_EQ(table[0].name, "N");
  EXPECT_EQ(table[0].size, 4u);
  EXPECT_EQ(table[0].spikes, 14u);
  EXPECT_DOUBLE_EQ(table[0].rate, 14 / 4.0);
  ASSERT_TRUE(table[0].cv);
  EXPECT_DOUBLE_EQ(*table[0].cv, 0.25);
  EXPECT_DOUBLE_EQ(table[0].silent, 0.25);
}

TEST(SpikeStatistics, RateIsThatOfTheTimeSimulated) {
  FakeProgram program(0.1, 10000);
  uint32_t n = program.population("N", 1);
  SpikeStatistics statistics(program.description());
  spike(statistics, n, 0, {1, 2});
  finish(statistics, 2500); // interrupted after 250 ms
  EXPECT_DOUBLE_EQ(statistics.table()[0].rate, 8);
}

TEST(SpikeStatistics, GroupsFollowTheirPopulation) {
  FakeProgram program(0.1, 10000);
  uint32_t a = program.population("A", 10), b = program.population("B", 5);
  program.group("E", a, 0, 8);
  program.group("I", a, 8, 10);
  SpikeStatistics statistics(program.description());
  spike(statistics, a, 0, {1, 2, 3, 4});
  spike(statistics, a, 9, {5, 7});
  spike(statistics, b, 4, {6, 9});
  finish(statistics, 10000);

  std::vector<FiringStatistics> table = statistics.table();
  ASSERT_EQ(table.size(), 4u);
  EXPECT_EQ(table[0].name, "A");
  EXPECT_EQ(table[0].spikes, 6u);
  EXPECT_EQ(table[1].name, "E");
  EXPECT_TRUE(table[1].isGroup);
  EXPECT_EQ(table[1].spikes, 4u);
  EXPECT_DOUBLE_EQ(table[1].silent, 7 / 8.0);
  EXPECT_EQ(table[2].name, "I");
  EXPECT_EQ(table[2].spikes, 2u);
  EXPECT_EQ(table[3].name, "B");
  EXPECT_FALSE(table[3].isGroup);
  EXPECT_EQ(table[3].spikes, 2u);
}

TEST(SpikeStatistics, LeavesOutPrivateSourcesAndWhatNeverSpikes) {
  FakeProgram program(0.1, 10000);
  program.population("N", 2);
  uint32_t source = program.population("Poisson of N", 2, {}, /*anonymous=*/true);
  RunDescription run = program.description();
  const_cast<snn_population &>(run.model->populations[0]).spikes_per_step = 0;
  SpikeStatistics statistics(run);
  spike(statistics, source, 0, {1, 2});
  EXPECT_TRUE(statistics.table().empty());
}

TEST(SpikeStatistics, SeveralSpikesInOneStepAreIntervalsOfZero) {
  FakeProgram program(0.1, 10000);
  uint32_t n = program.population("N", 1);
  SpikeStatistics statistics(program.description());
  spike(statistics, n, 0, {10, 10, 20, 20, 30}); // intervals 0 10 0 10: mean 5, deviation 5
  EXPECT_DOUBLE_EQ(*statistics.table()[0].cv, 1);
}

TEST(SpikeStatistics, SilenceHasNoCv) {
  FakeProgram program(0.1, 10000);
  program.population("N", 3);
  SpikeStatistics statistics(program.description());
  finish(statistics, 10000);
  FiringStatistics row = statistics.table()[0];
  EXPECT_EQ(row.rate, 0);
  EXPECT_FALSE(row.cv);
  EXPECT_EQ(row.silent, 1);
}

// A perfectly regular neuron far into a long run: the sum of squares would have lost its digits.
TEST(SpikeStatistics, RegularityIsExactInLongRuns) {
  FakeProgram program(0.01, 1);
  uint32_t n = program.population("N", 1);
  SpikeStatistics statistics(program.description());
  std::vector<uint64_t> steps(100000);
  for (size_t k = 0; k < steps.size(); ++k)
    steps[k] = 40000000000 + 33333 * k + (k % 2);
  spike(statistics, n, 0, steps);
  EXPECT_NEAR(*statistics.table()[0].cv, 1.0 / 33333, 1e-9);
}
