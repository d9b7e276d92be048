// Compiled programs in the hands of a host: values that change while they run, inputs that it writes, several at a time.

#include "Program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <thread>

using namespace snn::test;

namespace {

struct Destroy {
  void operator()(snn_simulation *simulation) const { snn_destroy(simulation); }
};
using Handle = std::unique_ptr<snn_simulation, Destroy>;

Handle create(const Program &program, uint32_t workers = 1) {
  snn_options options{workers, 0};
  snn_simulation *simulation = nullptr;
  EXPECT_EQ(snn_create(&program.model(), &options, &simulation), SNN_OK) << snn_message(nullptr);
  return Handle(simulation);
}

Handle build(const Program &program, uint32_t workers = 1) {
  Handle simulation = create(program, workers);
  EXPECT_EQ(snn_build(simulation.get()), SNN_OK) << snn_message(simulation.get());
  return simulation;
}

double read(const Handle &simulation, const char *name, uint64_t neuron, const char *unit) {
  double value = 0;
  EXPECT_EQ(snn_read(simulation.get(), name, neuron, 1, &value, unit), SNN_OK) << snn_message(simulation.get());
  return value;
}

void set(const Handle &simulation, const char *name, double value, const char *unit) {
  EXPECT_EQ(snn_set(simulation.get(), name, value, unit), SNN_OK) << snn_message(simulation.get());
}

void run(const Handle &simulation, double milliseconds) {
  EXPECT_EQ(snn_run(simulation.get(), milliseconds, "ms", nullptr), SNN_OK) << snn_message(simulation.get());
}

/// V' = -V/tau + I/C: what I, constant over a step, makes of V is known.
const char *const leaky = R"(
neuron Leaky {
    param tau = 10 ms                   ## Membrane time constant.
    param C = 100 pF
    state V = 0 mV
    input I: nA
    V' = -V / tau + I / C
}
network One {
    param gain = 2                      ## Strength of the inhibition.
    param offset = 0.5 mV
    population N = Leaky[100] { V = gain * offset }
    population M = Leaky[70] { tau = 10 ms + 0.1 ms * i }
    population K = Leaky[3] { tau ~ uniform(10 ms, 20 ms) }
    population L = Leaky[2]
    group Tail = N[90:]
}
simulate One { dt 0.1 ms;  duration 10 ms;  precision f64;  N.I = external;  M[10:].I += external;  M.I += 0.2 nA;  L.I = 0.1 nA }
)";

const double decay = std::exp(-0.01), charge = (1 - decay) * 10 / 100; // mV per pA in one step

} // namespace

TEST(Hosting, AnExternalInputIsWhatTheHostWrites) {
  Program program(leaky);
  for (uint32_t workers : {1u, 2u}) {
    Handle simulation = build(program, workers);
    snn_view view{};
    ASSERT_EQ(snn_view_field(simulation.get(), "N.I", &view), SNN_OK);
    EXPECT_EQ(view.kind, SNN_EXTERNAL);
    EXPECT_STREQ(view.unit, "nA");
    auto *I = static_cast<double *>(view.values);
    EXPECT_EQ(I[0], 0);
    I[80] = 50; // pA
    run(simulation, 0.1);
    EXPECT_NEAR(read(simulation, "N.V", 80, "mV"), decay + 50 * charge, 1e-12);
    EXPECT_NEAR(read(simulation, "N.V", 0, "mV"), decay, 1e-12);
    double current = -0.02;
    ASSERT_EQ(snn_write(simulation.get(), "Tail.I", 0, 1, &current, "nA"), SNN_OK);
    run(simulation, 0.1);
    EXPECT_NEAR(read(simulation, "N.V", 90, "mV"), decay * decay - 20 * charge, 1e-12);
    EXPECT_NEAR(read(simulation, "N.V", 80, "mV"), decay * decay + 50 * charge * (1 + decay), 1e-12) << "it holds";
    ASSERT_EQ(snn_reset(simulation.get()), SNN_OK);
    EXPECT_EQ(I[80], 0);
  }
}

TEST(Hosting, AnExternalInputMayBeOnePartOfTheSum) {
  Program program(leaky);
  Handle simulation = build(program);
  std::vector<double> currents(70, 0.1);
  ASSERT_EQ(snn_write(simulation.get(), "M.I", 0, 70, currents.data(), "nA"), SNN_OK);
  run(simulation, 0.1);
  double tau = 12, charge = (1 - std::exp(-0.1 / tau)) * tau / 100;
  EXPECT_NEAR(read(simulation, "M.V", 20, "mV"), 300 * charge, 1e-12);
  tau = 10.9;
  charge = (1 - std::exp(-0.1 / tau)) * tau / 100;
  EXPECT_NEAR(read(simulation, "M.V", 9, "mV"), 200 * charge, 1e-12) << "not one of those the host drives";
}

TEST(Hosting, ParametersOfTheNetworkAreSettings) {
  Program program(leaky);
  Handle simulation = create(program);
  set(simulation, "gain", 3, "");
  set(simulation, "offset", 1000, "uV");
  ASSERT_EQ(snn_build(simulation.get()), SNN_OK);
  EXPECT_DOUBLE_EQ(read(simulation, "N.V", 0, "mV"), 3);
  EXPECT_EQ(snn_set(simulation.get(), "offset", 1, ""), SNN_WRONG_VALUE);
}

TEST(Hosting, LiveSettingsActFromTheNextStepOn) {
  Program program(leaky);
  Handle simulation = build(program);
  run(simulation, 0.1);
  set(simulation, "N.tau", 5, "ms");
  run(simulation, 0.1);
  EXPECT_NEAR(read(simulation, "N.V", 0, "mV"), decay * std::exp(-0.02), 1e-12);
}

TEST(Hosting, WhatIsKeptPerNeuronIsNotLive) {
  Program program(leaky);
  auto isLive = [&](const std::string &name) {
    for (uint32_t s = 0; s < program.model().n_settings; ++s)
      if (name == program.model().settings[s].name)
        return program.model().settings[s].live != 0;
    ADD_FAILURE() << "no setting " << name;
    return false;
  };
  EXPECT_TRUE(isLive("N.tau"));
  EXPECT_TRUE(isLive("gain")) << "only initial values are made of it";
  EXPECT_TRUE(isLive("L.I"));
  for (const char *name : {"K.tau.low", "K.tau.high", "dt", "duration", "size(N)"})
    EXPECT_FALSE(isLive(name)) << name;
}

TEST(Hosting, StoredWeightsAndDelaysAreNotLive) {
  Program program(R"(
network Pair {
    population A = LIF[10]
    population B = LIF[10]
    project A -> B as Uniform { connect all_to_all;  weight 2 nA;  delay 1 ms;  synapse Expon }
    project A -> B as Drawn { connect all_to_all;  weight ~ normal(2 nA, 1 nA);  synapse Expon }
}
simulate Pair { duration 1 ms }
)");
  std::vector<std::string> live;
  for (uint32_t s = 0; s < program.model().n_settings; ++s)
    if (program.model().settings[s].live && program.model().settings[s].name[0] != 'A')
      live.push_back(program.model().settings[s].name);
  auto has = [&](const char *name) { return std::find(live.begin(), live.end(), name) != live.end(); };
  EXPECT_TRUE(has("Uniform.weight"));
  EXPECT_TRUE(has("Uniform.Expon.tau"));
  EXPECT_FALSE(has("Uniform.delay"));
  EXPECT_FALSE(has("Drawn.weight.mean"));
  EXPECT_FALSE(has("Drawn.weight.sd"));
}

TEST(Hosting, DescriptionsHaveTheAuthorsUnitsAndWords) {
  Program program(leaky);
  std::map<std::string, std::string> documentation, units;
  for (uint32_t s = 0; s < program.model().n_settings; ++s) {
    const snn_setting &setting = program.model().settings[s];
    std::string name = setting.name;
    documentation[name] = setting.documentation;
    units[name] = setting.unit;
  }
  EXPECT_EQ(documentation["gain"], "Strength of the inhibition.");
  EXPECT_EQ(documentation["N.tau"], "Membrane time constant.");
  EXPECT_EQ(units["M.I+"], "nA");
  EXPECT_EQ(units["offset"], "mV");
}

TEST(Hosting, StatesOfASynapseGoByTheNameOfTheProjection) {
  Program program(R"(
network Pair {
    population A = LIF[10]
    population B = LIF[20]
    project A -> B[5:] as Fast { connect all_to_all;  weight 2 nA;  synapse Expon(tau = 5 ms) }
}
simulate Pair { duration 1 ms;  precision f64 }
)");
  Handle simulation = build(program);
  snn_view view{};
  ASSERT_EQ(snn_view_field(simulation.get(), "Fast.g", &view), SNN_OK) << snn_message(simulation.get());
  EXPECT_EQ(view.count, 15u);
  EXPECT_STREQ(view.unit, "nA");
  EXPECT_EQ(view.scale, 1000);
}

TEST(Hosting, ASpikeSourceIsThereToBeInjectedInto) {
  Program program(R"(
network Relay {
    population In = SpikeSource[100]
    population Out = LIF[2]
    project In -> Out.V { connect all_to_all;  weight 0.25 mV;  delay 0.5 ms }
}
simulate Relay { duration 10 ms;  precision f64 }
)");
  Handle simulation = build(program, 2);
  const uint32_t neurons[] = {99, 0};
  ASSERT_EQ(snn_inject_spikes(simulation.get(), "In", 3, 2, neurons), SNN_OK) << snn_message(simulation.get());
  run(simulation, 0.8);
  EXPECT_EQ(read(simulation, "Out.V", 1, "mV"), 0);
  run(simulation, 0.1);
  EXPECT_DOUBLE_EQ(read(simulation, "Out.V", 1, "mV"), 0.5);
}

/// Pairs of spikes that a host makes: they move the traces of both sides, and those of the target act on its synapses.
TEST(Hosting, InjectedSpikesActOnPlasticity) {
  Program program(R"(
plasticity Pair {
    weight w
    param eta: w
    pre  state x = 0
    post state y = 0
    x' = -x / (20 ms)
    y' = -y / (20 ms)
    on pre  { w += eta * y;  x += 1 }
    on post { w += eta * x;  y += 1 }
}
neuron Quiet {
    state V = 0 mV
    spike when V > 1 V
}
network Learning {
    population In = SpikeSource[3]
    population Out = Quiet[3]
    project In -> Out.V { connect one_to_one;  weight 1 mV;  delay 1 ms;  plasticity Pair(eta = 1 mV) }
}
simulate Learning { duration 10 ms;  precision f64 }
)");
  for (uint32_t workers : {1u, 2u}) {
    Handle simulation = build(program, workers);
    const uint32_t neuron = 2;
    auto inject = [&](const char *population, uint64_t step) {
      ASSERT_EQ(snn_inject_spikes(simulation.get(), population, step, 1, &neuron), SNN_OK) << snn_message(simulation.get());
    };
    inject("In", 0); // arrives in step 10
    inject("Out", 30);
    inject("In", 50);
    run(simulation, 3);
    EXPECT_DOUBLE_EQ(read(simulation, "Out.V", neuron, "mV"), 1);
    run(simulation, 4);
    const double weight = 1 + std::exp(-2.0 / 20) + std::exp(-3.0 / 20);
    EXPECT_NEAR(read(simulation, "Out.V", neuron, "mV"), 1 + weight, 1e-12);
    EXPECT_EQ(read(simulation, "Out.V", 0, "mV"), 0);
  }
}

TEST(Hosting, SimulationsOnSeveralThreadsDoNotMeet) {
  Program program(leaky);
  std::vector<double> results(4);
  std::vector<std::thread> threads;
  for (size_t k = 0; k < results.size(); ++k)
    threads.emplace_back([&, k] {
      Handle simulation = build(program, 1 + k % 2);
      set(simulation, "N.tau", 5.0 + double(k), "ms");
      for (int i = 0; i < 50; ++i)
        run(simulation, 0.1);
      results[k] = read(simulation, "N.V", 99, "mV");
    });
  for (std::thread &thread : threads)
    thread.join();
  for (size_t k = 0; k < results.size(); ++k)
    EXPECT_NEAR(results[k], std::exp(-5 / (5.0 + double(k))), 1e-12);
}
