// What is recorded and when: states after a step at multiples of `every`, spikes in the step of their condition.

#include "Precision.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <unistd.h>

using namespace snn::test;

namespace {

/// Ten neurons whose state is the time and which fire at every full millisecond, recorded by `records`.
Result recorded(const std::string &records, const RunSettings &run = {}) {
  return simulate(R"(
neuron Ramp {
    state x = 0 ms
    x' = 1
    let rounded = 1 ms * round(x / 1 ms)
    spike when rounded > 0 ms and abs(x - rounded) < 0.05 ms
}
network One { population N = Ramp[10] }
simulate One { dt 0.1 ms;  duration 10 ms;  precision f64;  )" +
                      records + " }\n",
                  {}, run);
}

} // namespace

TEST(Record, TakesEveryStepByDefault) {
  const Trace trace = recorded("record x of N").trace("x of N");
  ASSERT_EQ(trace.steps.size(), 100u);
  EXPECT_EQ(trace.width, 10u);
  for (uint64_t step = 0; step < 100; ++step)
    EXPECT_NEAR(trace.at(step, 3), 0.1 * double(step + 1), 1e-12);
}

TEST(Record, TakesMultiplesOfItsInterval) {
  const Trace trace = recorded("record x of N[2:5] every 0.5 ms").trace("x of N[2:5]");
  ASSERT_EQ(trace.steps.size(), 20u);
  EXPECT_EQ(trace.width, 3u);
  EXPECT_EQ(trace.steps.front(), 4u) << "the first sample is at 0.5 ms, not at 0";
  EXPECT_EQ(trace.steps.back(), 99u);
  EXPECT_NEAR(trace.at(4), 0.5, 1e-12);
}

TEST(Record, StartsWhereItIsTold) {
  const Trace trace = recorded("record x of N every 0.5 ms from 4 ms").trace("x of N");
  EXPECT_EQ(trace.steps.front(), 39u) << "the state at 4 ms is the one after step 39";
  EXPECT_EQ(trace.steps.size(), 13u);
}

TEST(Record, SpikesStartWhereTheyAreTold) {
  const std::vector<Spike> all = recorded("record spikes of N").spikesOf("N");
  const std::vector<Spike> late = recorded("record spikes of N from 4 ms").spikesOf("N");
  std::vector<Spike> expected;
  for (const Spike &spike : all)
    if (spike.step >= 40)
      expected.push_back(spike);
  EXPECT_EQ(all.size(), 100u) << "once a millisecond";
  EXPECT_EQ(late, expected);
}

TEST(Record, SpikesOfAGroupNameNeuronsOfThePopulation) {
  const std::vector<Spike> spikes = recorded("record spikes of N[4:6]").spikesOf("N[4:6]");
  EXPECT_EQ(spikes.size(), 20u);
  EXPECT_EQ(spikes[0], (Spike{9, 4}));
  EXPECT_EQ(spikes[1], (Spike{9, 5}));
}

TEST(Record, ComesInOrderWhateverTheChunks) {
  const std::string records = "record spikes of N;  record x of N every 0.3 ms";
  const Result one = recorded(records);
  for (uint32_t chunk : {1u, 3u, 64u}) {
    const Result other = recorded(records, {.workers = 2, .chunkSteps = chunk});
    EXPECT_EQ(other.spikesOf("N"), one.spikesOf("N"));
    EXPECT_EQ(other.trace("x of N").steps, one.trace("x of N").steps);
    EXPECT_EQ(other.trace("x of N").values, one.trace("x of N").values);
  }
}

TEST(Record, StopsWhereItIsTold) {
  const Trace trace = recorded("record x of N until 6 ms every 0.5 ms from 4 ms").trace("x of N");
  EXPECT_EQ(trace.steps.front(), 39u);
  EXPECT_EQ(trace.steps.back(), 59u) << "the state at 6 ms is the one after step 59";
  EXPECT_EQ(trace.steps.size(), 5u);
  const std::vector<Spike> spikes = recorded("record spikes of N until 4 ms").spikesOf("N");
  EXPECT_LT(spikes.back().step, 40u);
  EXPECT_EQ(spikes.size(), 40u) << "four of each neuron: at 1, 2, 3 and 4 ms, seen in the steps that lead there";
}

TEST(Record, EveryNthNeuron) {
  const Result result = recorded("record x of N[1:9:3] every 5 ms;  record spikes of N[1:9:3];  record x of N");
  const Trace &some = result.trace("x of N[1:9:3]");
  EXPECT_EQ(some.width, 3u) << "neurons 1, 4 and 7";
  EXPECT_EQ(some.row(49), (std::vector<double>(3, result.trace("x of N").at(49, 4))));
  const std::vector<Spike> spikes = result.spikesOf("N[1:9:3]");
  ASSERT_EQ(spikes.size(), 30u);
  EXPECT_EQ(spikes[1], (Spike{9, 4}));
}

namespace {

/// Poisson spikes and a state that differs from neuron to neuron.
const char *const noisy = R"(
neuron Noisy {
    param f = 50 Hz
    state x = 0
    x' = (1 - x) / (7 ms)
    spike at rate f, multiple { x += 1 }
}
network Many { population N = Noisy[1000] { x ~ uniform(0, 1) }; group E = N[100:900] }
simulate Many { dt 0.1 ms;  duration 100 ms
    record spikes of E
    record x of E every 0.7 ms
    record mean x of E every 0.7 ms
    record mean x of N
    record spikes of N
)";

/// Rates as they follow from the spikes themselves.
std::vector<double> countedRates(const std::vector<Spike> &spikes, uint64_t period, uint64_t steps, double neurons) {
  std::vector<double> rates;
  for (uint64_t begin = 0; begin + period <= steps; begin += period) {
    auto isIn = [&](const Spike &spike) { return spike.step >= begin && spike.step < begin + period; };
    rates.push_back(double(std::count_if(spikes.begin(), spikes.end(), isIn)) / neurons / (double(period) * 0.1));
  }
  return rates;
}

} // namespace

TEST(Record, MeansAreThoseOfTheStates) {
  const Result result = simulate(std::string(noisy) + "}\n");
  const Trace &states = result.trace("x of E"), &means = result.trace("mean x of E");
  ASSERT_EQ(means.width, 1u);
  ASSERT_EQ(means.steps, states.steps);
  for (size_t k = 0; k < means.steps.size(); ++k) {
    double sum = 0;
    for (uint32_t neuron = 0; neuron < 800; ++neuron)
      sum += states.values[k * 800 + neuron];
    EXPECT_NEAR(means.values[k], sum / 800, 1e-12) << "sums of singles in double precision, in another order";
  }
}

TEST(Record, RatesCountSpikesBetweenSamples) {
  const Result result = simulate(std::string(noisy) + "record rate of E every 5 ms;  record rate of N every 3.3 ms }\n");
  const Trace &rate = result.trace("rate of E");
  ASSERT_EQ(rate.steps.size(), 20u);
  EXPECT_EQ(rate.steps.front(), 49u) << "a sample stands at the end of its bin";
  EXPECT_EQ(rate.values, countedRates(result.spikesOf("E"), 50, 1000, 800));
  EXPECT_EQ(result.trace("rate of N").values, countedRates(result.spikesOf("N"), 33, 1000, 1000))
      << "bins that no chunk ends with";
}

TEST(Record, RatesOfAWindowHaveWholeBins) {
  const Result result = simulate(std::string(noisy) + "record rate of E every 5 ms from 12 ms until 51 ms }\n");
  const std::vector<uint64_t> expected = {199, 249, 299, 349, 399, 449, 499};
  EXPECT_EQ(result.trace("rate of E").steps, expected) << "the first bin begins at 15 ms, the last ends at 50 ms";
}

TEST(Record, MeansAndRatesDoNotDependOnWorkersOrChunks) {
  const Program program(std::string(noisy) + "record rate of E every 1.7 ms }\n");
  const Result one = program.run();
  for (const RunSettings &run : {RunSettings{.workers = 2, .chunkSteps = 7}, RunSettings{.workers = 4}, RunSettings{.chunkSteps = 1}}) {
    const Result other = program.run(run);
    for (const char *name : {"mean x of E", "mean x of N", "rate of E"})
      EXPECT_EQ(other.trace(name).values, one.trace(name).values) << name;
  }
}

TEST(Record, ABinThatACheckpointCutsIsWhole) {
  const Program program(std::string(noisy) + "record rate of E every 7 ms }\n");
  const Result all = program.run();
  const auto file = std::filesystem::temp_directory_path() / ("snn-rate-" + std::to_string(getpid()));
  const Result head = program.run({.steps = 333, .save = file});
  const Result tail = program.run({.resume = file});
  std::filesystem::remove(file);
  std::vector<double> joined = head.trace("rate of E").values, rest = tail.trace("rate of E").values;
  joined.insert(joined.end(), rest.begin(), rest.end());
  EXPECT_EQ(joined, all.trace("rate of E").values);
}

TEST(Record, CurrentsOfAProjectionAreItsOwn) {
  // Two projections whose synapses are alike would share their states if none of them was recorded.
  const Result result = simulate(R"(
neuron Clock { param period = 10 ms;  state x = 0 ms;  x' = 1;  spike when x >= period - 0.05 ms { x = 0 ms } }
neuron Cell { param C = 200 pF;  state V = -60 mV;  input I: current;  V' = I / C }
network Two {
    population A = Clock[1];  population B = Clock[1] { period = 15 ms };  population N = Cell[3]
    project A -> N as W { connect all_to_all;  weight 2 nS;  synapse Expon(tau = 5 ms);  output COBA(E = 0 mV) }
    project B -> N { connect all_to_all;  weight 4 nS;  synapse Expon(tau = 5 ms);  output COBA(E = 0 mV) }
}
simulate Two { dt 0.1 ms;  duration 40 ms;  precision f64;  record g, current of W;  record V, I of N }
)");
  const Trace &g = result.trace("g of W"), &current = result.trace("current of W"), &V = result.trace("V of N");
  for (uint64_t step : {150u, 250u, 399u}) {
    EXPECT_NEAR(current.at(step), -g.at(step) * V.at(step - 1), 1e-9 * std::abs(current.at(step)))
        << "as the step used it: with the voltage at its start";
    EXPECT_GT(std::abs(result.trace("I of N").at(step)), 1.2 * std::abs(current.at(step)));
  }
  double after = 2 * std::exp(-(150 - 100) * 0.1 / 5); // one spike at 10 ms, seen from the next step on
  EXPECT_NEAR(g.at(150), after, 1e-9 + 0.02 * after + 0.0) << "W alone, not the sum of both";
}
