// The host interface, from settings to results.

#include "LifNetwork.h"
#include "NpyWriter.h"
#include "TestSimulation.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace snn::test;

/// Random connections of every kind, drawn weights and delays, two populations: 700 neurons that fire irregularly.
static void makeRandomNetwork(LifNetwork &network) {
  auto V0 = [](uint32_t i) { return -60 + 9.9 * ((37 * i) % 101) / 101.0; };
  network.add({.name = "E", .V0 = V0}, 500);
  network.add({.name = "I", .V0 = V0}, 200);
  network.add({.source = {0, 0, 500},
               .target = {0, 0, 500},
               .rule = SNN_FIXED_OUTDEGREE,
               .number = 40,
               .weight = 0.02,
               .weightDeviation = 0.01,
               .delay = 1.5,
               .delayDeviation = 0.5,
               .autapses = false,
               .multapses = false});
  network.add({.source = {0, 100, 400},
               .target = {1, 10, 200},
               .rule = SNN_BERNOULLI,
               .number = 0.1,
               .weight = 0.03,
               .delay = 0.8});
  network.add({.source = {1, 0, 200},
               .target = {0, 0, 500},
               .rule = SNN_FIXED_TOTAL,
               .number = 8000,
               .weight = 0.1,
               .weightDeviation = 0.02,
               .delay = 0.3,
               .target_field = LifNetwork::EventsI});
  network.add({.source = {1, 0, 200},
               .target = {1, 0, 200},
               .rule = SNN_FIXED_INDEGREE,
               .number = 20,
               .weight = 0.1,
               .delay = 2,
               .delayDeviation = 1,
               .target_field = LifNetwork::EventsI});
  network.recordSpikes({0, 0, 500});
  network.recordSpikes({1, 50, 150}, 20);
  network.recordField({0, 60, 70}, LifNetwork::V, 0.1);
  network.recordField({1, 0, 200}, LifNetwork::gI, 0.7, 10.05);
}

static Recording runAll(const snn_model &model, uint32_t workers, uint32_t chunkSteps) {
  Recording recording;
  snn_sink sink = recording.sink();
  SimulationPointer simulation = build(model, workers, chunkSteps);
  EXPECT_EQ(snn_advance(simulation.get(), 0, &sink), SNN_OK);
  EXPECT_EQ(snn_step(simulation.get()), snn_total_steps(simulation.get()));
  return recording;
}

class AnyPrecision : public testing::TestWithParam<snn_type> {};
INSTANTIATE_TEST_SUITE_P(Simulation, AnyPrecision, testing::Values(SNN_F32, SNN_F64),
                         [](const auto &info) { return info.param == SNN_F32 ? "f32" : "f64"; });

TEST_P(AnyPrecision, ResultsDependNeitherOnWorkersNorOnChunks) {
  LifNetwork network(GetParam());
  makeRandomNetwork(network);
  const snn_model &model = network.finish();
  Recording reference = runAll(model, 1, 0);
  ASSERT_GT(reference.spikes[0].size(), 500u);
  ASSERT_GT(reference.spikes[1].size(), 50u);
  for (auto [workers, chunk] : {std::pair(1, 1), {1, 17}, {1, 5000}, {2, 0}, {2, 1}, {3, 23}, {5, 100}})
    EXPECT_TRUE(runAll(model, uint32_t(workers), uint32_t(chunk)) == reference)
        << workers << " workers, chunks of " << chunk;
}

TEST(Simulation, RecordsAreOrderedLabelledAndComplete) {
  LifNetwork network;
  makeRandomNetwork(network);
  Recording recording = runAll(network.finish(), 3, 64);
  for (auto &[record, spikes] : recording.spikes)
    EXPECT_TRUE(std::is_sorted(spikes.begin(), spikes.end()));
  // A record of part of a population from a time on is that part of all its spikes.
  std::vector<Spike> part;
  for (Spike spike : recording.allSpikes[1])
    if (spike.step >= 200 && spike.neuron >= 50 && spike.neuron < 150)
      part.push_back(spike);
  EXPECT_EQ(recording.spikes[1], part);
  EXPECT_EQ(recording.spikes[0], recording.allSpikes[0]);

  const Samples &everyStep = recording.samples[2], &sparse = recording.samples[3];
  EXPECT_EQ(everyStep.width, 10u);
  EXPECT_EQ(everyStep.steps.size(), 1000u);
  EXPECT_EQ(everyStep.values.size(), 10000u);
  EXPECT_EQ(everyStep.steps.front(), 0u);
  // Multiples of 0.7 ms from 10.05 ms on: the first is 10.5 ms, the state after step 104.
  EXPECT_EQ(sparse.steps.front(), 104u);
  for (uint64_t step : sparse.steps)
    EXPECT_EQ((step + 1) % 7, 0u);
  EXPECT_EQ(sparse.steps.size(), 1000u / 7 - 14);
}

TEST(Simulation, SamplesAreTheStateAfterTheStep) {
  LifNetwork network;
  network.add({.name = "N", .current = 15, .V0 = [](uint32_t i) { return -60.0 + i; }}, 3);
  network.recordField({0, 1, 3}, LifNetwork::V, 0.5);
  SimulationPointer simulation = build(network.finish());
  Recording recording;
  snn_sink sink = recording.sink();
  ASSERT_EQ(snn_advance(simulation.get(), 10, &sink), SNN_OK);
  EXPECT_EQ(recording.samples[0].steps, (std::vector<uint64_t>{4, 9}));
  EXPECT_EQ(recording.samples[0].values[2], read(simulation, "N.V", 1));
  EXPECT_EQ(recording.samples[0].values[3], read(simulation, "N.V", 2));
  // The membrane relaxes to -45 mV with 20 ms.
  EXPECT_NEAR(read(simulation, "N.V", 1), -45 - 14 * std::exp(-1 / 20.0), 1e-12);
}

TEST(Simulation, DelaysArriveToTheStep) {
  for (double delay : {0.0, 0.1, 0.5, 3.7}) {
    LifNetwork network;
    network.add({.name = "A", .current = 0, .V0 = [](uint32_t) { return -40.0; }}, 1); // fires in step 0
    network.add({.name = "B", .current = 0}, 1);
    network.add({.source = {0, 0, 1}, .target = {1, 0, 1}, .weight = 0.25, .delay = delay});
    network.recordField({1, 0, 1}, LifNetwork::gE, 0.1);
    SimulationPointer simulation = build(network.finish());
    Recording recording;
    snn_sink sink = recording.sink();
    ASSERT_EQ(snn_advance(simulation.get(), 100, &sink), SNN_OK);
    const std::vector<double> &g = recording.samples[0].values;
    auto arrival = size_t(std::find_if(g.begin(), g.end(), [](double x) { return x != 0; }) - g.begin());
    EXPECT_EQ(arrival, std::max(size_t(1), size_t(std::lround(delay / 0.1)))) << delay;
    EXPECT_EQ(g[arrival], 0.25);
  }
}

TEST(Simulation, GoesOnWhereItStopped) {
  LifNetwork network;
  makeRandomNetwork(network);
  const snn_model &model = network.finish();
  Recording whole = runAll(model, 2, 0), pieces;
  snn_sink sink = pieces.sink();
  SimulationPointer simulation = build(model, 2);
  for (uint64_t steps : {1, 2, 300, 150})
    ASSERT_EQ(snn_advance(simulation.get(), steps, &sink), SNN_OK);
  pieces.stopAt = 600;
  EXPECT_EQ(snn_advance(simulation.get(), 0, &sink), SNN_STOPPED);
  EXPECT_LT(snn_step(simulation.get()), 1000u);
  EXPECT_GE(snn_step(simulation.get()), 600u);
  pieces.stopAt = UINT64_MAX;
  EXPECT_EQ(snn_advance(simulation.get(), 0, &sink), SNN_OK);
  EXPECT_EQ(snn_advance(simulation.get(), 0, &sink), SNN_OK); // nothing is left to do
  EXPECT_EQ(pieces.progress.back(), 1000u);
  EXPECT_TRUE(pieces == whole);
}

TEST(Simulation, TheSeedDecides) {
  LifNetwork network;
  makeRandomNetwork(network);
  const snn_model &model = network.finish();
  auto run = [&](uint64_t seed) {
    Recording recording;
    snn_sink sink = recording.sink();
    SimulationPointer simulation = create(model);
    EXPECT_EQ(snn_set_seed(simulation.get(), seed), SNN_OK);
    EXPECT_EQ(snn_build(simulation.get()), SNN_OK);
    EXPECT_EQ(snn_advance(simulation.get(), 0, &sink), SNN_OK);
    return recording.spikes[0];
  };
  EXPECT_EQ(run(42), run(42));
  EXPECT_NE(run(42), run(43));
}

TEST(Simulation, FiguresCount) {
  LifNetwork network;
  makeRandomNetwork(network);
  const snn_model &model = network.finish();
  SimulationPointer simulation = build(model, 2);
  ASSERT_EQ(snn_advance(simulation.get(), 100, nullptr), SNN_OK);
  snn_figures figures;
  snn_get_figures(simulation.get(), &figures);
  EXPECT_EQ(figures.steps, 100u);
  EXPECT_NEAR(double(figures.synapses), 500 * 40 + 0.1 * 300 * 190 + 8000 + 200 * 20, 5 * std::sqrt(0.1 * 300 * 190));
  EXPECT_GT(figures.events, 0u);
  EXPECT_GT(figures.row_bytes, figures.synapses * 2);
  EXPECT_GT(figures.bytes, figures.row_bytes);
  EXPECT_GT(figures.build_seconds, 0);
  EXPECT_GT(figures.loop_seconds, 0);
  EXPECT_GT(figures.loop_thread_seconds, 0);
}
