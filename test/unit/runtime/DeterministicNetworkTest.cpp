// The network D1: no random number anywhere, so every spike is known. Two independent programs agree on the values
// below.

#include "LifNetwork.h"
#include "NpyWriter.h"
#include "TestSimulation.h"

#include <unistd.h>

using namespace snn::test;

namespace {

struct Expected {
  uint64_t steps, spikes, excitatory, checksum;
  double sumV, V0, V99;
};

constexpr Expected expected[] = {{500, 219, 175, 648594, -5543.676240049, -53.75397578795, -57.37489041315},
                                 {2000, 824, 669, 468523, -5504.063120881, -50.58537824088, -50.78782636731},
                                 {5000, 2029, 1642, 477305, -5467.51150772, -52.85810488829, -53.78659685507}};

/// Neuron i projects to (7 i + 13 k + 1) mod 100, k = 0 .. 9; sources are counted within [begin, end).
std::string writeEdges(const std::string &name, int64_t begin, int64_t end) {
  std::vector<int64_t> edges;
  for (int64_t i = begin; i < end; ++i)
    for (int64_t k = 0; k < 10; ++k)
      edges.insert(edges.end(), {i - begin, (7 * i + 13 * k + 1) % 100});
  return writeNpy(name, {"<i8", "(" + std::to_string(edges.size() / 2) + ", 2)"}, edges);
}

struct Layout {
  uint32_t workers, chunkSteps;
  bool storeAll;
};

class DeterministicNetwork : public testing::TestWithParam<Layout> {};

} // namespace

static void checkAgainst(const Expected &e, const SimulationPointer &simulation, const std::vector<Spike> &spikes) {
  uint64_t excitatory = 0, checksum = 0;
  for (const Spike &spike : spikes) {
    excitatory += spike.neuron < 80;
    checksum += (spike.step + 1) * (spike.neuron + 1);
  }
  EXPECT_EQ(spikes.size(), e.spikes);
  EXPECT_EQ(excitatory, e.excitatory);
  EXPECT_EQ(checksum % 1000003, e.checksum);
  double sum = 0;
  for (uint32_t i = 0; i < 100; ++i)
    sum += read(simulation, "N.V", i);
  // Eleven to twelve digits are given; rounding of this scheme in double precision stays below them.
  EXPECT_NEAR(sum, e.sumV, 1e-8);
  EXPECT_NEAR(read(simulation, "N.V", 0), e.V0, 1e-10);
  EXPECT_NEAR(read(simulation, "N.V", 99), e.V99, 1e-10);
}

TEST_P(DeterministicNetwork, HasEverySpikeAndVoltage) {
  auto [workers, chunkSteps, storeAll] = GetParam();
  LifNetwork network(SNN_F64);
  network.add({.name = "N", .V0 = [](uint32_t i) { return -60 + 10 * ((37 * i) % 100) / 100.0; }}, 100);
  network.add({.source = {0, 0, 80},
               .target = {0, 0, 100},
               .rule = SNN_PAIRS,
               .weight = 0.05,
               .target_field = LifNetwork::EventsE,
               .path = writeEdges("excitatory", 0, 80),
               .storeAll = storeAll});
  network.add({.source = {0, 80, 100},
               .target = {0, 0, 100},
               .rule = SNN_PAIRS,
               .weight = 0.4,
               .target_field = LifNetwork::EventsI,
               .path = writeEdges("inhibitory", 80, 100),
               .storeAll = storeAll});
  network.recordSpikes({0, 0, 100});
  SimulationPointer simulation = build(network.finish(), workers, chunkSteps);
  Recording recording;
  snn_sink sink = recording.sink();
  for (const Expected &e : expected) {
    SCOPED_TRACE(testing::Message() << e.steps << " steps");
    ASSERT_EQ(snn_advance(simulation.get(), e.steps - snn_step(simulation.get()), &sink), SNN_OK);
    checkAgainst(e, simulation, recording.spikes[0]);
  }
  std::vector<Spike> first(recording.spikes[0].begin(), recording.spikes[0].begin() + 8);
  EXPECT_EQ(first, (std::vector<Spike>{{1, 27}, {3, 54}, {5, 81}, {7, 8}, {9, 35}, {11, 62}, {12, 16}, {13, 89}}));

  snn_figures figures;
  snn_get_figures(simulation.get(), &figures);
  EXPECT_EQ(figures.synapses, 1000u);
  // Every spike makes ten events, one step later.
  uint64_t last =
      std::count_if(recording.spikes[0].begin(), recording.spikes[0].end(), [](Spike s) { return s.step == 4999; });
  EXPECT_EQ(figures.events, 10 * (recording.spikes[0].size() - last));
  EXPECT_EQ(figures.steps, 5000u);
}

INSTANTIATE_TEST_SUITE_P(Layouts, DeterministicNetwork,
                         testing::Values(Layout{1, 0, false}, Layout{1, 1, false}, Layout{1, 7, true},
                                         Layout{1, 10000, false}, Layout{2, 0, false}, Layout{2, 33, true},
                                         Layout{3, 0, false}, Layout{3, 64, false}),
                         [](const auto &info) {
                           return std::to_string(info.param.workers) + "workers_chunk" +
                                  std::to_string(info.param.chunkSteps) +
                                  (info.param.storeAll ? "_stored" : "_uniform");
                         });
