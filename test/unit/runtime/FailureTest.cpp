// What the host reads when something is wrong.

#include "LifNetwork.h"
#include "NpyWriter.h"
#include "Sanitizers.h"
#include "TestSimulation.h"

#include <cmath>
#include <limits>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace snn::test;

static void expectMessage(const SimulationPointer &simulation, const std::string &part) {
  std::string message = snn_message(simulation.get());
  EXPECT_NE(message.find(part), std::string::npos) << "\"" << message << "\" does not mention \"" << part << "\"";
}

/// Two populations and one projection; builds with one setting changed.
static void expectRefusal(const LifNetwork::Projection &projection, const std::string &setting, double value,
                          const std::string &part, snn_status status = SNN_WRONG_VALUE) {
  LifNetwork network;
  network.add({.name = "A"}, 100);
  network.add({.name = "B"}, 50);
  network.add(projection);
  network.recordField({0, 0, 10}, LifNetwork::V, 0.5);
  const snn_model &model = network.finish();
  SimulationPointer simulation = create(model);
  if (!setting.empty()) {
    ASSERT_EQ(snn_set_at(simulation.get(), network.setting(setting), value), SNN_OK);
  }
  EXPECT_EQ(snn_build(simulation.get()), status) << part;
  expectMessage(simulation, part);
  EXPECT_EQ(snn_advance(simulation.get(), 1, nullptr), SNN_WRONG_USE);
}

static LifNetwork::Projection projection(uint8_t rule, double number) {
  return {.source = {0, 0, 100}, .target = {1, 0, 50}, .rule = rule, .number = number};
}

TEST(Failure, OfSettings) {
  auto any = projection(SNN_ALL_TO_ALL, 0);
  expectRefusal(any, "dt", 0, "`dt` is 0 ms");
  expectRefusal(any, "dt", -0.1, "`dt` is -0.1 ms");
  expectRefusal(any, "duration", -1, "`duration` is -1 ms");
  expectRefusal(any, "A.size", 0, "`A` has 0 neurons");
  expectRefusal(any, "A.size", 4294967296.0, "`A` has 4294967296 neurons");
  expectRefusal(any, "A.size", 1e18, "`A` has 1e+18 neurons; a population has at least 1 and less than 2^32");
  expectRefusal(any, "A.size", -3, "`A` has -3 neurons");
  expectRefusal(any, "A -> B.source_begin", -3, "`A -> B.source_begin` is -3; it must be a number of things, from 0 on");
  expectRefusal(any, "A.size", 10.5, "`A.size` is 10.5; it must be a whole number");
  expectRefusal(any, "A -> B.source_end", 101,
                "the source of `A -> B` covers the neurons from 0 to 101 of a population of 100");
  expectRefusal(any, "A -> B.target_begin", 51, "the target of `A -> B`");
  expectRefusal(any, "record.end", 101, "the record of `V of A`");
  expectRefusal(any, "record.every", 0.25,
                "`V of A` is recorded every 0.25 ms, which is not a multiple of the step of 0.1 ms");
  expectRefusal(any, "record.every", 0, "`V of A` is recorded every 0 ms");
  expectRefusal(any, "record.from", -1, "`V of A` is recorded from -1 ms");
  expectRefusal(any, "dt", 1e-5, "the refractory time of `A` has more steps");
}

TEST(Failure, OfDegrees) {
  expectRefusal(projection(SNN_ONE_TO_ONE, 0), "", 0, "joins 100 neurons to 50 one by one");
  expectRefusal(projection(SNN_BERNOULLI, 1.5), "", 0, "a probability is between 0 and 1");
  expectRefusal(projection(SNN_FIXED_INDEGREE, 2.5), "", 0, "it must be a whole number");
  auto strict = [](uint8_t rule, double number) {
    auto p = projection(rule, number);
    p.multapses = false;
    return p;
  };
  expectRefusal(strict(SNN_FIXED_OUTDEGREE, 51), "", 0, "asks for 51 targets per neuron, but there are only 50");
  expectRefusal(strict(SNN_FIXED_INDEGREE, 101), "", 0, "asks for 101 sources per neuron, but there are only 100");
  expectRefusal(strict(SNN_FIXED_TOTAL, 5001), "", 0, "asks for 5001 synapses, but there are only 5000 pairs");
  LifNetwork::Projection self{.source = {0, 0, 100},
                              .target = {0, 0, 100},
                              .rule = SNN_FIXED_OUTDEGREE,
                              .number = 100,
                              .autapses = false,
                              .multapses = false};
  expectRefusal(self, "", 0, "there are only 99 other neurons");
}

TEST(Failure, OfDelaysAndDraws) {
  auto late = projection(SNN_ALL_TO_ALL, 0);
  late.delay = 7000;
  expectRefusal(late, "", 0, "a delay of `A -> B` is 7000 ms, which is more than 65535 steps of 0.1 ms");
  auto impossible = projection(SNN_ALL_TO_ALL, 0);
  impossible.weightDeviation = -1;
  expectRefusal(impossible, "", 0, "no number can be drawn from `normal(0.05, -1)");
}

TEST(Failure, OfFiles) {
  auto missing = projection(SNN_PAIRS, 0);
  missing.path = "/no/such/edges.npy";
  expectRefusal(missing, "", 0, "`/no/such/edges.npy` cannot be opened: No such file", SNN_BAD_FILE);
  auto outside = projection(SNN_PAIRS, 0);
  outside.path = writeNpy("outside", {"<i4", "(2, 2)"}, std::vector<int32_t>{0, 0, 0, 50});
  expectRefusal(outside, "", 0, "has target 50; there are 50", SNN_BAD_FILE);
}

TEST(Failure, OfMemoryIsSaidBeforeAllocating) {
  LifNetwork network;
  network.add({.name = "A"}, 4000000000u);
  network.add({.source = {0, 0, 4000000000u}, .target = {0, 0, 4000000000u}, .rule = SNN_ALL_TO_ALL});
  SimulationPointer simulation = create(network.finish());
  EXPECT_EQ(snn_build(simulation.get()), SNN_NO_MEMORY);
  expectMessage(simulation, "has about 16000000000000000000 synapses and takes 32 EB of memory");
}

TEST(Failure, OfDelays) {
  auto delayed = projection(SNN_ALL_TO_ALL, 0);
  delayed.delay = -1;
  expectRefusal(delayed, "", 0, "a delay of `A -> B` is -1 ms; a delay is not negative");
  delayed.delay = 6554;
  expectRefusal(delayed, "", 0, "a delay of `A -> B` is 6554 ms, which is more than 65535 steps of 0.1 ms");
  delayed.delay = -1;
  delayed.storeAll = true;
  expectRefusal(delayed, "", 0, "a delay of `A -> B` is -1 ms; a delay is not negative");
}

TEST(Failure, OfThreadsNamesTheNumber) {
  if (snn::test::isSanitized)
    GTEST_SKIP() << "a sanitizer needs more addresses than any limit leaves";
  LifNetwork network;
  network.add({.name = "A"}, 10);
  pid_t child = fork();
  if (child == 0) {
    SimulationPointer simulation = create(network.finish(), 100000);
    rlimit limit{uint64_t(1) << 30, uint64_t(1) << 30}; // each thread has a stack of some MB
    setrlimit(RLIMIT_AS, &limit);
    bool isRefused = snn_build(simulation.get()) == SNN_NO_MEMORY;
    std::string message = snn_message(simulation.get());
    _exit(isRefused && message.find(" of 100000 threads can be started") != std::string::npos ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST(Failure, BuildMayBeTriedAgain) {
  LifNetwork network;
  network.add({.name = "A"}, 10);
  SimulationPointer simulation = create(network.finish());
  ASSERT_EQ(snn_set_at(simulation.get(), network.setting("A.size"), 0), SNN_OK);
  EXPECT_EQ(snn_build(simulation.get()), SNN_WRONG_VALUE);
  ASSERT_EQ(snn_set_at(simulation.get(), network.setting("A.size"), 5), SNN_OK);
  EXPECT_EQ(snn_build(simulation.get()), SNN_OK);
  EXPECT_EQ(snn_get_at(simulation.get(), network.setting("A.size")), 5);
}

TEST(Failure, OfTheOrderOfCalls) {
  LifNetwork network;
  network.add({.name = "A"}, 10);
  SimulationPointer simulation = create(network.finish());
  double value;
  EXPECT_EQ(snn_advance(simulation.get(), 1, nullptr), SNN_WRONG_USE);
  EXPECT_EQ(snn_read(simulation.get(), "A.V", 0, 1, &value, "mV"), SNN_WRONG_USE);
  EXPECT_EQ(snn_set_at(simulation.get(), 999, 1), SNN_WRONG_USE);
  EXPECT_EQ(snn_set_at(simulation.get(), 0, NAN), SNN_WRONG_VALUE);
  EXPECT_EQ(snn_build(simulation.get()), SNN_OK);
  EXPECT_EQ(snn_build(simulation.get()), SNN_WRONG_USE);
  EXPECT_EQ(snn_set_at(simulation.get(), 0, 1), SNN_WRONG_USE);
  EXPECT_EQ(snn_set_seed(simulation.get(), 1), SNN_WRONG_USE);
  EXPECT_EQ(snn_set_folder(simulation.get(), "x"), SNN_WRONG_USE);
  EXPECT_EQ(snn_read(simulation.get(), "A.V", 10, 1, &value, "mV"), SNN_WRONG_USE);
}

TEST(Failure, OfAskingAProgramForAProfileThatItDoesNotKeep) {
  LifNetwork network;
  network.add({.name = "N", .current = 0}, 10);
  SimulationPointer simulation = create(network.finish());
  ASSERT_EQ(snn_build(simulation.get()), SNN_OK);
  snn_phases phases;
  EXPECT_EQ(snn_get_phases(simulation.get(), &phases), SNN_WRONG_USE);
  EXPECT_NE(std::string(snn_message(simulation.get())).find("was not compiled for profiling"), std::string::npos);
  snn_population_profile population;
  EXPECT_EQ(snn_get_population_profile(simulation.get(), 0, &population), SNN_WRONG_USE);
  snn_projection_profile projection;
  EXPECT_EQ(snn_get_projection_profile(simulation.get(), 0, &projection), SNN_WRONG_USE);
}

TEST(Failure, OfTheInterfaceVersion) {
  LifNetwork network;
  network.finish();
  network.abi_version = SNN_ABI_VERSION + 1;
  snn_simulation *simulation = nullptr;
  EXPECT_EQ(snn_create(&network, nullptr, &simulation), SNN_WRONG_USE);
  EXPECT_EQ(simulation, nullptr);
  const std::string version = "version " + std::to_string(SNN_ABI_VERSION + 1) + " of the interface";
  EXPECT_NE(std::string(snn_message(nullptr)).find(version), std::string::npos)
      << snn_message(nullptr);
  EXPECT_EQ(snn_create(nullptr, nullptr, &simulation), SNN_WRONG_USE);
}

/// A network whose neuron 117 gets an infinite conductance at the end of step 42, so that its voltage breaks in step
/// 43.
static void makeBreakingNetwork(LifNetwork &network) {
  network.add({.name = "Quiet", .current = 0}, 10);
  network.add({.name = "N", .V0 = [](uint32_t i) { return -60 + 0.05 * i; }}, 200);
  network.recordSpikes({1, 0, 200});
  network.recordField({1, 0, 200}, LifNetwork::V, 0.1);
  network.onStep = [](snn_state &, snn_worker &worker, uint64_t step) {
    const snn_share &share = worker.shares[1];
    if (step == 42 && 117 - share.begin < share.count)
      static_cast<double *>(worker.fields[6 + LifNetwork::gE])[117 - share.begin] =
          std::numeric_limits<double>::quiet_NaN();
  };
}

TEST(Failure, OfAStateNamesStepPopulationAndNeuron) {
  LifNetwork network;
  makeBreakingNetwork(network);
  const snn_model &model = network.finish();
  for (auto [workers, chunk] : {std::pair(1, 100), {1, 1}, {2, 7}, {3, 1000}}) {
    SimulationPointer simulation = build(model, uint32_t(workers), uint32_t(chunk));
    Recording recording;
    snn_sink sink = recording.sink();
    EXPECT_EQ(snn_advance(simulation.get(), 0, &sink), SNN_NOT_FINITE);
    EXPECT_STREQ(snn_message(simulation.get()), "`V` of neuron 117 of `N` is not finite after step 43 (t = 4.3 ms)");
    // The steps before it are whole and were handed over.
    EXPECT_EQ(snn_step(simulation.get()), 43u);
    EXPECT_EQ(recording.samples[1].steps.size(), 43u);
    EXPECT_GT(recording.spikes[0].size(), 0u);
    EXPECT_LT(recording.spikes[0].back().step, 43u);
    EXPECT_EQ(recording.progress.back(), 43u);
    EXPECT_EQ(snn_advance(simulation.get(), 0, &sink), SNN_WRONG_USE);
  }
}

TEST(Failure, OfPaddingIsNone) {
  LifNetwork network;
  network.add({.name = "N"}, 100);
  network.onStep = [](snn_state &, snn_worker &worker, uint64_t step) {
    if (step == 42)
      static_cast<double *>(worker.fields[LifNetwork::gE])[120] = std::numeric_limits<double>::quiet_NaN();
  };
  SimulationPointer simulation = build(network.finish());
  ASSERT_EQ(snn_advance(simulation.get(), 100, nullptr), SNN_OK) << snn_message(simulation.get());
  ASSERT_EQ(snn_advance(simulation.get(), 100, nullptr), SNN_OK) << snn_message(simulation.get());
}

TEST(Failure, OfTooManySpikesIsAnOverflow) {
  LifNetwork network;
  network.add({.name = "Source", .spikesPerStep = 255}, 100);
  network.onStep = [](snn_state &state, snn_worker &worker, uint64_t step) {
    if (step == 10)
      state.fail(&state, &worker, 0, step);
  };
  SimulationPointer simulation = build(network.finish());
  EXPECT_EQ(snn_advance(simulation.get(), 100, nullptr), SNN_OVERFLOW);
  EXPECT_STREQ(snn_message(simulation.get()), "a neuron of `Source` emits more than 255 spikes in step 10 (t = 1 ms)");
}
