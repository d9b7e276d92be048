#include "FakeProgram.h"

#include "compiler/tools/snnc/PlotColours.h"
#include "compiler/tools/snnc/PlotData.h"
#include "compiler/tools/snnc/PlotRates.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace snn::tool;
using snn::test::FakeProgram;

static void spikes(PlotData &data, uint32_t record, std::vector<uint64_t> steps, std::vector<uint32_t> neurons) {
  snn_sink sink = data.sink();
  sink.spikes(sink.user, record, steps.size(), steps.data(), neurons.data());
}

static void finish(PlotData &data, uint64_t steps) {
  snn_sink sink = data.sink();
  sink.progress(sink.user, steps, steps);
}

static uint64_t marksOf(const PlotBand &band) {
  uint64_t marks = 0;
  for (const auto &row : band.marks)
    marks += std::count(row.begin(), row.end(), true);
  return marks;
}

TEST(PlotColours, TellsExcitatoryFromInhibitoryByName) {
  for (const char *name : {"E", "E2", "E_fast", "L23E", "P[L4E]", "V1.P[L5E]", "pyr_E", "Exc", "exc_cells", "excitatory"})
    EXPECT_EQ(classify(name), CellClass::Excitatory) << name;
  for (const char *name : {"I", "I1", "L6I", "P[L23I]", "Inh", "inhibitory", "fast_inh"})
    EXPECT_EQ(classify(name), CellClass::Inhibitory) << name;
  for (const char *name : {"N", "Izhikevich", "Golgi", "EI", "Input", "LGNE", "Ring", ""})
    EXPECT_EQ(classify(name), CellClass::Other) << name;
}

TEST(PlotColours, SharesThemWithinAClassOnly) {
  std::vector<std::string> colours = chooseColours({"L4E", "L4I", "L5E", "Golgi", "Granule"});
  EXPECT_EQ(colours[0], colours[2]);
  EXPECT_NE(colours[0], colours[1]);
  EXPECT_NE(colours[3], colours[4]);
}

TEST(PlotData, GroupsAreBands) {
  FakeProgram program;
  uint32_t n = program.population("N", 100);
  program.group("I", n, 60, 90);
  program.group("E", n, 0, 60);
  program.recordSpikes("spikes of N", n, 0, 100);
  PlotData data(program.description());
  ASSERT_EQ(data.bands().size(), 3u);
  EXPECT_EQ(data.bands()[0].name, "E");
  EXPECT_EQ(data.bands()[1].name, "I");
  EXPECT_EQ(data.bands()[2].name, "N"); // the ten in no group
  EXPECT_EQ(data.bands()[2].begin, 90u);
}

TEST(PlotData, NeuronRecordedTwiceIsShownOnce) {
  FakeProgram program;
  uint32_t n = program.population("N", 100);
  uint32_t some = program.recordSpikes("spikes of N[20:40]", n, 20, 40);
  uint32_t all = program.recordSpikes("spikes of N", n, 0, 100);
  PlotData data(program.description());
  ASSERT_EQ(data.bands().size(), 3u); // [20, 40), then what is left: [0, 20) and [40, 100)
  spikes(data, some, {5}, {30});
  spikes(data, all, {5, 5}, {30, 50});
  uint64_t marks = 0;
  for (const PlotBand &band : data.bands())
    marks += marksOf(band);
  EXPECT_EQ(marks, 2u);
}

TEST(PlotData, ShowsEveryPopulationIfNothingIsRecorded) {
  FakeProgram program;
  program.population("N", 10);
  program.population("Poisson of N", 10, {}, /*anonymous=*/true);
  PlotData data(program.description());
  ASSERT_EQ(data.bands().size(), 1u);
  snn_sink sink = data.sink();
  ASSERT_TRUE(sink.all_spikes);
  uint64_t step = 3;
  uint32_t neuron = 4;
  sink.all_spikes(sink.user, 0, 1, &step, &neuron);
  EXPECT_TRUE(data.bands()[0].marks[4][3]);
}

TEST(PlotData, SpikesOfLargePopulationsAreSubsampledEvenly) {
  FakeProgram program(0.1, 1000);
  uint32_t n = program.population("N", 10000);
  uint32_t record = program.recordSpikes("spikes of N", n, 0, 10000);
  PlotData data(program.description());
  const PlotBand &band = data.bands()[0];
  EXPECT_EQ(band.stride, 5u);
  EXPECT_EQ(band.rows, 2000u);
  std::vector<uint32_t> everybody(10000);
  std::iota(everybody.begin(), everybody.end(), 0u);
  spikes(data, record, std::vector<uint64_t>(10000, 7), everybody);
  EXPECT_EQ(marksOf(band), 2000u);
  EXPECT_EQ(std::accumulate(band.counts.begin(), band.counts.end(), 0ull), 10000u); // rates count all
}

TEST(PlotData, SmallPopulationBesideALargeOneKeepsRows) {
  FakeProgram program;
  uint32_t large = program.population("Large", 100000), small = program.population("Small", 12);
  program.recordSpikes("spikes of Large", large, 0, 100000);
  program.recordSpikes("spikes of Small", small, 0, 12);
  PlotData data(program.description());
  EXPECT_EQ(data.bands()[0].rows, 2000u);
  EXPECT_EQ(data.bands()[1].rows, 12u);
}

TEST(PlotData, TimeStartsWhereRecordingDoes) {
  FakeProgram program(0.1, 10000);
  uint32_t n = program.population("N", 1, {{"V", "mV", 1.0}});
  program.recordField("V of N from 200 ms", n, 0, 0, 1, 1, 200);
  PlotData data(program.description());
  EXPECT_EQ(data.time().first, 2000u);
  EXPECT_EQ(data.time().steps, 8000u);
}

TEST(PlotData, ColumnsOfALongRunHoldEveryStep) {
  TimeColumns time{100, 1000000, 2160};
  for (uint64_t step = 100; step < 1000100; step += 37) {
    uint32_t column = time.column(step);
    ASSERT_LT(column, 2160u);
    ASSERT_LE(time.begin(column), step);
    ASSERT_TRUE(column == 2159 || step < time.begin(column + 1));
  }
}

// A spike of one sample in a hundred thousand must be seen, at its height and its time.
TEST(PlotData, LongTracesKeepTheirExtremes) {
  FakeProgram program(0.1, 100000);
  uint32_t n = program.population("N", 1, {{"V", "V", 1000.0}});
  uint32_t record = program.recordField("V of N", n, 0, 0, 1);
  PlotData data(program.description());
  snn_sink sink = data.sink();
  for (uint64_t k = 0; k < 100000; ++k) {
    float value = k == 54321 ? 40 : k == 54325 ? -90 : -60;
    sink.samples(sink.user, record, 1, &k, 1, SNN_F32, &value);
  }
  const std::vector<PlotPoint> &points = data.variables()[0].traces[0].points;
  EXPECT_LT(points.size(), 5000u);
  auto byValue = [](const PlotPoint &a, const PlotPoint &b) { return a.value < b.value; };
  auto [low, high] = std::minmax_element(points.begin(), points.end(), byValue);
  EXPECT_FLOAT_EQ(high->value, 0.04); // in V
  EXPECT_DOUBLE_EQ(high->time, 54322 * 0.1);
  EXPECT_FLOAT_EQ(low->value, -0.09);
  EXPECT_DOUBLE_EQ(low->time, 54326 * 0.1);
  EXPECT_TRUE(std::is_sorted(points.begin(), points.end(),
                             [](const PlotPoint &a, const PlotPoint &b) { return a.time < b.time; }));
}

TEST(PlotData, ShowsUpToFiveTracesSpreadOverTheRecord) {
  FakeProgram program;
  uint32_t n = program.population("N", 1000, {{"V", "mV", 1.0}});
  program.recordField("V of N[100:1000]", n, 0, 100, 1000);
  PlotData data(program.description());
  std::vector<uint32_t> neurons;
  for (const PlotTrace &trace : data.variables()[0].traces)
    neurons.push_back(trace.neuron);
  EXPECT_EQ(neurons, (std::vector<uint32_t>{100, 280, 460, 640, 820}));
}

// 100 neurons, 20 spikes in each of the first 10 ms, then silence to the interruption at 25 ms.
TEST(PlotRates, MatchNumbersComputedByHand) {
  FakeProgram program(0.1, 1000);
  uint32_t n = program.population("N", 100);
  uint32_t record = program.recordSpikes("spikes of N", n, 0, 100);
  PlotData data(program.description());
  for (uint64_t k = 0; k < 100; ++k)
    spikes(data, record, {k, k}, {1, 2});
  finish(data, 250);
  RateCurves curves = rateCurves(data);
  // 200 spikes in 25 bins of 1 ms are fewer than 10 in a bin, so bins are of 2 ms.
  EXPECT_DOUBLE_EQ(curves.bin, 2);
  ASSERT_EQ(curves.curves.size(), 1u);
  const std::vector<double> &rate = curves.curves[0].rate;
  ASSERT_EQ(rate.size(), 13u); // the last has 1 ms only
  EXPECT_DOUBLE_EQ(rate[0], 200);
  EXPECT_DOUBLE_EQ(rate[4], 200);
  EXPECT_DOUBLE_EQ(rate[5], 0);
  EXPECT_DOUBLE_EQ(rate[12], 0);
}

TEST(PlotRates, ColoursArePooled) {
  FakeProgram program(0.1, 100);
  std::vector<uint32_t> records;
  for (const char *name : {"L4E", "L4I", "L5E"}) {
    uint32_t p = program.population(name, 10);
    records.push_back(program.recordSpikes(name, p, 0, 10));
  }
  PlotData data(program.description());
  spikes(data, records[0], {0}, {0});
  spikes(data, records[2], {0}, {0});
  finish(data, 100);
  RateCurves curves = rateCurves(data);
  ASSERT_EQ(curves.curves.size(), 2u);
  EXPECT_EQ(curves.curves[0].name, "excitatory");
  EXPECT_EQ(curves.curves[1].name, "L4I");
  EXPECT_DOUBLE_EQ(curves.curves[0].rate[0], 2 / 20.0 / 0.005); // two spikes, twenty neurons, a bin of 5 ms
}
