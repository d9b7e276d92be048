// What a host does with a simulation by name: settings in its own units, states without copying, spikes in and out.

#include "LifNetwork.h"
#include "TestSimulation.h"

#include <cmath>

using namespace snn::test;

namespace {

/// `Quiet` never spikes by itself; all of it excites neuron 0 of `Target` 1 ms later.
class HostAccess : public testing::Test {
protected:
  HostAccess() {
    network.add({.name = "Quiet", .current = 0}, 100);
    network.add({.name = "Target", .current = 0}, 3);
    network.add({.source = {0, 0, 100}, .target = {1, 0, 1}, .rule = SNN_ALL_TO_ALL, .weight = 0.3, .delay = 1});
    network.finish();
  }

  std::string message(const SimulationPointer &simulation) { return snn_message(simulation.get()); }

  LifNetwork network;
};

} // namespace

TEST_F(HostAccess, SetsInAnyUnitOfTheDimension) {
  SimulationPointer simulation = create(network);
  EXPECT_EQ(snn_set(simulation.get(), "duration", 0.3, "s"), SNN_OK);
  EXPECT_EQ(snn_get_at(simulation.get(), network.setting("duration")), 300);
  double value = 0;
  EXPECT_EQ(snn_get(simulation.get(), "duration", &value, "us"), SNN_OK);
  EXPECT_EQ(value, 300000);
  EXPECT_EQ(snn_set(simulation.get(), "Quiet.size", 50, ""), SNN_OK);
  EXPECT_EQ(snn_set(simulation.get(), "Quiet.size", 60, nullptr), SNN_OK);
}

TEST_F(HostAccess, RefusesWhatDoesNotFit) {
  SimulationPointer simulation = create(network);
  EXPECT_EQ(snn_set(simulation.get(), "duration", 20, "mV"), SNN_WRONG_VALUE);
  EXPECT_EQ(message(simulation), "`duration` is a time, but `20 mV` is a voltage");
  EXPECT_EQ(snn_set(simulation.get(), "duration", 20, ""), SNN_WRONG_VALUE);
  EXPECT_EQ(message(simulation), "`duration` is a time and needs a unit; the model gives it in ms");
  EXPECT_EQ(snn_set(simulation.get(), "duration", 20, "msec"), SNN_WRONG_VALUE);
  EXPECT_EQ(message(simulation), "`msec` is not a unit");
  EXPECT_EQ(snn_set(simulation.get(), "durations", 20, "ms"), SNN_WRONG_USE);
  EXPECT_EQ(message(simulation), "there is no setting called `durations`, did you mean `duration`?");
  EXPECT_EQ(snn_get_at(simulation.get(), network.setting("duration")), 100) << "nothing has changed";
  EXPECT_EQ(snn_build(simulation.get()), SNN_OK);
  EXPECT_EQ(snn_set(simulation.get(), "dt", 0.2, "ms"), SNN_WRONG_USE);
  EXPECT_EQ(message(simulation),
            "`dt` can be set only before the network is built: connections or initial values depend on it");
}

TEST_F(HostAccess, NullIsAnError) {
  EXPECT_EQ(snn_build(nullptr), SNN_WRONG_USE);
  EXPECT_STREQ(snn_message(nullptr), "the simulation is a null pointer");
  SimulationPointer simulation = build(network);
  EXPECT_EQ(snn_set(simulation.get(), nullptr, 1, ""), SNN_WRONG_USE);
  EXPECT_EQ(snn_view_field(simulation.get(), "Quiet.V", nullptr), SNN_WRONG_USE);
  EXPECT_EQ(snn_view_field(simulation.get(), nullptr, nullptr), SNN_WRONG_USE);
  EXPECT_EQ(snn_read(simulation.get(), "Quiet.V", 0, 1, nullptr, "mV"), SNN_WRONG_USE);
  EXPECT_EQ(snn_inject_spikes(simulation.get(), "Quiet", 0, 1, nullptr), SNN_WRONG_USE);
  EXPECT_EQ(snn_take_spikes(simulation.get(), "Quiet", nullptr, nullptr, nullptr), SNN_WRONG_USE);
  snn_destroy(nullptr);
  snn_program_close(nullptr);
}

TEST_F(HostAccess, ViewsTheStateItselfWithAnyNumberOfWorkers) {
  for (uint32_t workers : {1u, 2u, 3u}) {
    SimulationPointer simulation = build(network, workers);
    snn_view view{};
    ASSERT_EQ(snn_view_field(simulation.get(), "Quiet.V", &view), SNN_OK);
    EXPECT_EQ(view.count, 100u);
    EXPECT_EQ(view.stride, sizeof(double));
    EXPECT_EQ(view.type, SNN_F64);
    EXPECT_STREQ(view.unit, "mV");
    auto *V = static_cast<double *>(view.values);
    EXPECT_EQ(V[99], -60);
    V[70] = -40; // above the threshold
    EXPECT_EQ(snn_keep_spikes(simulation.get(), "Quiet"), SNN_OK);
    EXPECT_EQ(snn_advance(simulation.get(), 1, nullptr), SNN_OK);
    uint64_t n;
    const uint64_t *steps;
    const uint32_t *neurons;
    ASSERT_EQ(snn_take_spikes(simulation.get(), "Quiet", &n, &steps, &neurons), SNN_OK);
    ASSERT_EQ(n, 1u);
    EXPECT_EQ(steps[0], 0u);
    EXPECT_EQ(neurons[0], 70u);
    ASSERT_EQ(snn_take_spikes(simulation.get(), "Quiet", &n, nullptr, nullptr), SNN_OK);
    EXPECT_EQ(n, 0u) << "they are handed over once";
  }
}

TEST_F(HostAccess, ReadsAndWritesWithUnits) {
  SimulationPointer simulation = build(network, 2);
  double values[] = {-0.055, -0.056};
  ASSERT_EQ(snn_write(simulation.get(), "Quiet.V", 63, 2, values, "V"), SNN_OK); // one neuron in each share
  double back[3];
  ASSERT_EQ(snn_read(simulation.get(), "Quiet.V", 62, 3, back, "mV"), SNN_OK);
  EXPECT_DOUBLE_EQ(back[0], -60);
  EXPECT_DOUBLE_EQ(back[1], -55);
  EXPECT_DOUBLE_EQ(back[2], -56);
  EXPECT_EQ(snn_read(simulation.get(), "Quiet.V", 99, 2, back, "mV"), SNN_WRONG_USE);
  EXPECT_EQ(message(simulation), "`Quiet.V` has 100 values; 2 from position 99 on are too many");
  EXPECT_EQ(snn_write(simulation.get(), "Quiet.V", 0, 1, values, "ms"), SNN_WRONG_VALUE);
  values[0] = NAN;
  EXPECT_EQ(snn_write(simulation.get(), "Quiet.V", 0, 1, values, "mV"), SNN_WRONG_VALUE);
  EXPECT_EQ(snn_write(simulation.get(), "Quiet.hold", 0, 1, back, ""), SNN_WRONG_USE);
  EXPECT_EQ(snn_read(simulation.get(), "Quiet.U", 0, 1, back, "mV"), SNN_WRONG_USE);
  EXPECT_NE(message(simulation).find("did you mean `Quiet.V`?"), std::string::npos);
}

TEST_F(HostAccess, InjectedSpikesActLikeThoseOfTheProgram) {
  for (auto [workers, chunk] : {std::pair(1u, 100u), {2u, 7u}, {3u, 1u}}) {
    SimulationPointer simulation = build(network, workers, chunk);
    Recording recording;
    snn_sink sink = recording.sink();
    const uint32_t neurons[] = {99, 3, 70, 3};
    ASSERT_EQ(snn_inject_spikes(simulation.get(), "Quiet", 12, 4, neurons), SNN_OK);
    ASSERT_EQ(snn_inject_spikes(simulation.get(), "Quiet", 5, 1, neurons), SNN_OK);
    ASSERT_EQ(snn_advance(simulation.get(), 15, &sink), SNN_OK);
    EXPECT_EQ(recording.allSpikes[0], (std::vector<Spike>{{5, 99}, {12, 3}, {12, 70}, {12, 99}}))
        << "in order, and no neuron twice in a step";
    double g;
    ASSERT_EQ(snn_read(simulation.get(), "Target.gE", 0, 1, &g, ""), SNN_OK);
    EXPECT_EQ(g, 0) << "the first arrives 10 steps after step 5";
    ASSERT_EQ(snn_advance(simulation.get(), 1, &sink), SNN_OK);
    ASSERT_EQ(snn_read(simulation.get(), "Target.gE", 0, 1, &g, ""), SNN_OK);
    EXPECT_DOUBLE_EQ(g, 0.3);
    ASSERT_EQ(snn_advance(simulation.get(), 7, &sink), SNN_OK);
    ASSERT_EQ(snn_read(simulation.get(), "Target.gE", 0, 1, &g, ""), SNN_OK);
    EXPECT_NEAR(g, 0.3 * std::exp(-0.7 / 5) + 3 * 0.3, 1e-12);
  }
}

TEST_F(HostAccess, InjectionIsJudged) {
  SimulationPointer simulation = build(network);
  ASSERT_EQ(snn_advance(simulation.get(), 10, nullptr), SNN_OK);
  uint32_t neuron = 100;
  EXPECT_EQ(snn_inject_spikes(simulation.get(), "Quiet", 10, 1, &neuron), SNN_WRONG_USE);
  EXPECT_EQ(message(simulation), "there is no neuron 100 in `Quiet`, which has 100");
  neuron = 0;
  EXPECT_EQ(snn_inject_spikes(simulation.get(), "Quiet", 9, 1, &neuron), SNN_WRONG_USE);
  EXPECT_EQ(message(simulation), "step 9 has been run already; the next is step 10");
  EXPECT_EQ(snn_inject_spikes(simulation.get(), "Quit", 10, 1, &neuron), SNN_WRONG_USE);
  EXPECT_EQ(message(simulation), "there is no population or group called `Quit`, did you mean `Quiet`?");
  ASSERT_EQ(snn_inject_spikes(simulation.get(), "Quiet", 10, 1, &neuron), SNN_OK);
  EXPECT_EQ(snn_save(simulation.get(), "never-written"), SNN_WRONG_USE);
  EXPECT_EQ(message(simulation), "spikes injected into step 10 are still to come; a checkpoint does not hold them");
}

TEST_F(HostAccess, RunsByDuration) {
  SimulationPointer simulation = build(network);
  EXPECT_EQ(snn_run(simulation.get(), 1.5, "ms", nullptr), SNN_OK);
  EXPECT_EQ(snn_step(simulation.get()), 15u);
  EXPECT_EQ(snn_run(simulation.get(), 0.01, "s", nullptr), SNN_OK);
  EXPECT_EQ(snn_step(simulation.get()), 115u);
  EXPECT_EQ(snn_run(simulation.get(), 0.15, "ms", nullptr), SNN_WRONG_VALUE);
  EXPECT_EQ(message(simulation), "a run of 0.15 ms is not a multiple of the step of 0.1 ms");
  EXPECT_EQ(snn_run(simulation.get(), 0, "ms", nullptr), SNN_WRONG_VALUE);
  EXPECT_EQ(snn_run(simulation.get(), -1, "ms", nullptr), SNN_WRONG_VALUE);
  EXPECT_EQ(snn_run(simulation.get(), 1, "mV", nullptr), SNN_WRONG_VALUE);
}

TEST(HostReset, IsTheSimulationAsItWasBuilt) {
  for (uint32_t workers : {1u, 3u}) {
    LifNetwork network;
    auto V0 = [](uint32_t i) { return -60 + 0.05 * i; };
    network.add({.name = "N", .V0 = V0}, 200);
    network.add({.source = {0, 0, 200}, .target = {0, 0, 200}, .rule = SNN_FIXED_INDEGREE, .number = 20,
                 .weightDeviation = 0.01, .delay = 2, .delayDeviation = 0.5});
    network.recordSpikes({0, 0, 200});
    SimulationPointer simulation = build(network.finish(), workers, 7);
    Recording first, second;
    snn_sink sink = first.sink();
    ASSERT_EQ(snn_advance(simulation.get(), 0, &sink), SNN_OK);
    ASSERT_GT(first.spikes[0].size(), 100u);
    snn_view before{}, after{};
    ASSERT_EQ(snn_view_field(simulation.get(), "N.V", &before), SNN_OK);
    ASSERT_EQ(snn_reset(simulation.get()), SNN_OK) << snn_message(simulation.get());
    EXPECT_EQ(snn_step(simulation.get()), 0u);
    ASSERT_EQ(snn_view_field(simulation.get(), "N.V", &after), SNN_OK);
    EXPECT_EQ(before.values, after.values);
    sink = second.sink();
    ASSERT_EQ(snn_advance(simulation.get(), 0, &sink), SNN_OK);
    EXPECT_TRUE(first == second);
  }
}

TEST(HostReset, RevivesAFailedRun) {
  LifNetwork network;
  network.add({.name = "N"}, 10);
  bool breaks = true;
  network.onStep = [&](snn_state &, snn_worker &worker, uint64_t step) {
    if (step == 3 && breaks)
      static_cast<double *>(worker.fields[LifNetwork::V])[2] = NAN;
  };
  SimulationPointer simulation = build(network.finish());
  EXPECT_EQ(snn_advance(simulation.get(), 10, nullptr), SNN_NOT_FINITE);
  EXPECT_EQ(snn_advance(simulation.get(), 10, nullptr), SNN_WRONG_USE);
  breaks = false;
  EXPECT_EQ(snn_reset(simulation.get()), SNN_OK);
  EXPECT_EQ(snn_advance(simulation.get(), 10, nullptr), SNN_OK) << snn_message(simulation.get());
}

TEST(HostProgram, SaysWhatIsWrongWithAFile) {
  snn_program *program = nullptr;
  EXPECT_EQ(snn_program_open("/no/such/file.so", &program), SNN_BAD_FILE);
  EXPECT_NE(std::string(snn_message(nullptr)).find("cannot open `/no/such/file.so`"), std::string::npos);
  EXPECT_EQ(snn_program_open("libm.so.6", &program), SNN_BAD_FILE);
  EXPECT_STREQ(snn_message(nullptr), "`libm.so.6` is no program of snnc: it has no `snn_query_model`");
  EXPECT_EQ(snn_program_open(nullptr, &program), SNN_WRONG_USE);
  EXPECT_EQ(program, nullptr);
}

TEST(HostProgram, ReleasesWhatItHasAdopted) {
  LifNetwork network;
  network.finish();
  int released = 0;
  snn_program *program = nullptr;
  ASSERT_EQ(snn_program_adopt(&network, &released, [](void *count) { ++*static_cast<int *>(count); }, &program), SNN_OK);
  EXPECT_EQ(snn_program_model(program), &network);
  EXPECT_EQ(released, 0);
  snn_program_close(program);
  EXPECT_EQ(released, 1);
}
