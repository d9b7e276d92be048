// A run that is saved and continued has the bits of one that never stopped.

#include "Precision.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <unistd.h>

using namespace snn::test;

namespace {

/// What must survive: noise and Poisson input, spikes with drawn and equal delays on their way, refractory neurons, initial values,
/// drives that depend on the time, sums of synapses.
const char *const neurons = R"(
network Mixed {
    population N = HH[257] { V ~ uniform(-70 mV, -60 mV) }
    population M = LIFRef[130] { V_th = 10 mV;  tau = 10 ms;  tau_ref = 3 ms;  V ~ normal(5 mV, 2 mV) }
    population Input = Poisson[100] { rate = 200 Hz }
    project Input -> N {
        connect bernoulli(0.2)
        weight  ~ lognormal(2000 nS, 500 nS)
        delay   ~ uniform(0.5 ms, 3 ms)
        synapse Expon(tau = 5 ms)
        output  COBA(E = 0 mV)
    }
    project N -> N {
        connect fixed_outdegree(20)
        weight  ~ normal(1000 nS, 100 nS) keeping sign
        delay   1.5 ms
        synapse Alpha(tau = 3 ms)
        output  COBA(E = -80 mV)
    }
    project M -> M { connect fixed_indegree(10);  weight 0.5 mV;  delay 12 ms;  synapse Delta }
}
simulate Mixed {
    dt 0.05 ms
    duration 100 ms
    seed 11
    N.I = 6 uA * (t >= 20 ms) + 1 nA * i
    M.I = 12 mA + 8 mA * randn() * (t >= 5 ms)
    record spikes of N
    record spikes of M
    record V of N every 1 ms
    record V of M[:70]
    record I of M[:3]
}
)";

/// States per connection and per source, with one delay and with several.
const char *const synapses = R"(
synapse Gating {
    weight w
    state s = 0
    s' = -s / (4 ms)
    on pre { s += 0.5 * (1 - s) }
    output w * s
}
neuron Cell {
    param tau = 10 ms
    state V = 0 mV
    input I: mV/ms
    V' = -V / tau + I
    spike when V >= 10 mV { V = 0 mV }
}
network Mixed {
    population N = Cell[300] { V ~ uniform(0 mV, 10 mV) }
    population M = Cell[70] { V ~ uniform(0 mV, 10 mV) }
    project N -> M.I { connect bernoulli(0.2);  weight ~ uniform(0 mV/ms, 0.05 mV/ms);  synapse Gating }
    project M -> N.I { connect bernoulli(0.3);  weight ~ uniform(0 mV/ms, 0.05 mV/ms);  delay ~ uniform(0.1 ms, 4 ms);  synapse Gating }
    project N -> N.I {
        connect fixed_indegree(30);  weight ~ uniform(0 mV/ms, 0.01 mV/ms);  delay ~ uniform(0.1 ms, 4 ms)
        synapse Expon(tau ~ uniform(2 ms, 8 ms), g ~ uniform(0 mV/ms, 0.01 mV/ms))
    }
}
simulate Mixed {
    dt 0.05 ms;  duration 100 ms
    N.I += 1.2 mV/ms
    M.I += 0.9 mV/ms + 0.5 mV/ms * rand()
    record spikes of N
    record spikes of M
    record V of N every 1 ms
    record V of M[:70]
}
)";

/// A name that is free again when the test is over.
struct CheckpointFile : std::filesystem::path {
  explicit CheckpointFile(const std::string &name = "one")
      : path(std::filesystem::temp_directory_path() / ("snn-checkpoint-" + std::to_string(getpid()) + "-" + name)) {}
  ~CheckpointFile() { std::filesystem::remove(*this); }
};

class Checkpoint : public InBothPrecisions {
protected:
  const CheckpointFile file;
};

template <typename T> std::vector<T> joined(std::vector<T> first, const std::vector<T> &second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::string readBytes(const std::filesystem::path &path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void expectJoined(const Result &first, const Result &second, const Result &whole) {
  for (const auto &[name, spikes] : whole.spikeRecords) {
    EXPECT_GT(spikes.size(), 50u) << name;
    EXPECT_TRUE(joined(first.spikesOf(name.substr(10)), second.spikesOf(name.substr(10))) == spikes) << name;
  }
  for (const auto &[name, trace] : whole.traces) {
    EXPECT_TRUE(joined(first.trace(name).steps, second.trace(name).steps) == trace.steps) << name;
    EXPECT_TRUE(joined(first.trace(name).values, second.trace(name).values) == trace.values) << name;
  }
  EXPECT_EQ(first.figures.events + second.figures.events, whole.figures.events);
}

} // namespace

TEST_P(Checkpoint, ContinuesBitForBitWithAnyNumberOfWorkers) {
  for (const char *text : {neurons, synapses}) {
    const Program program(text, precision());
    const Result whole = program.run();
    for (auto [before, after, steps] : {std::tuple(1u, 1u, 1000u), {1u, 3u, 777u}, {3u, 2u, 1u}, {2u, 1u, 1999u}}) {
      SCOPED_TRACE(steps);
      const Result first = program.run({.workers = before, .chunkSteps = 37, .steps = steps, .save = file});
      const Result second = program.run({.workers = after, .resume = file});
      expectJoined(first, second, whole);
    }
  }
}

TEST_P(Checkpoint, DoesNotDependOnWorkers) {
  const Program program(synapses, precision());
  const CheckpointFile other("other");
  program.run({.workers = 1, .steps = 500, .save = file});
  program.run({.workers = 3, .steps = 500, .save = other});
  EXPECT_TRUE(readBytes(file) == readBytes(other));
}

TEST_P(Checkpoint, AnotherProgramOfTheSameModelContinuesIt) {
  Program(neurons, precision()).run({.steps = 1000, .save = file});
  const Result whole = Program(neurons, precision()).run();
  // Compiled for another machine, run for longer, and with something else recorded.
  std::string text = neurons;
  text.replace(text.find("record I of M[:3]"), 17, "record I of N[:3];  record n of N;  record tau of M");
  CompileSettings narrow{.precision = GetParam(), .cpu = "x86-64-v3"};
  const Result rest = Program(text, narrow).run({.settings = {{"duration", 150}}, .resume = file});
  const std::vector<Spike> &all = whole.spikesOf("N"), &later = rest.spikesOf("N");
  auto from = std::lower_bound(all.begin(), all.end(), Spike{1000, 0});
  ASSERT_GT(later.size(), size_t(all.end() - from));
  EXPECT_TRUE(std::equal(from, all.end(), later.begin()));
  EXPECT_EQ(rest.trace("V of N").steps.back(), 2999u);
}

TEST(CheckpointOfAModel, DoesNotFitAnother) {
  const CheckpointFile file;
  Program(neurons).run({.steps = 100, .save = file});
  auto refusal = [&](const std::string &from, const std::string &to) -> std::string {
    std::string text = neurons;
    text.replace(text.find(from), from.size(), to);
    try {
      Program(text).run({.resume = file});
    } catch (const std::runtime_error &error) {
      return error.what();
    }
    return "continued";
  };
  const std::string prefix = "the checkpoint `" + file.string() + "` does not fit: ";
  EXPECT_EQ(refusal("HH[257]", "HH[258]"), prefix + "`N` had 257 neurons when it was saved and has 258 now");
  EXPECT_EQ(refusal("synapse Alpha(tau = 3 ms)", "synapse Alpha(tau = 4 ms)"),
            prefix + "`N -> N.Alpha.tau` was 3 ms when it was saved and is 4 ms now");
  EXPECT_EQ(refusal("dt 0.05 ms", "dt 0.1 ms"), prefix + "`dt` was 0.05 ms when it was saved and is 0.1 ms now");
  EXPECT_EQ(refusal("duration 100 ms", "duration 100 ms;  precision f64"),
            prefix + "it is of a run with `precision f32`, and this one has `precision f64`");
  EXPECT_EQ(refusal("seed 11", "seed 12"), prefix + "the seed was 11 when it was saved and is 12 now");
  EXPECT_EQ(refusal("population M", "population K = LIF[1]\npopulation M"),
            prefix + "population 2 was `M` when it was saved and is `K` now");
  const std::string changed = prefix + "the model has changed since it was saved";
  EXPECT_EQ(refusal("(t >= 20 ms)", "(t > 20 ms)"), changed);
  EXPECT_EQ(refusal("1 nA * i", "1 nA * i * i"), changed);
  EXPECT_EQ(refusal("synapse Alpha(tau = 3 ms)", "synapse Expon(tau = 3 ms)"), changed);
  EXPECT_EQ(refusal("bernoulli(0.2)", "bernoulli(0.2, autapses = false)"), changed);
  EXPECT_EQ(refusal("keeping sign", ""), changed);
  EXPECT_EQ(refusal("~ uniform(0.5 ms, 3 ms)", "~ normal(0.5 ms, 3 ms) at least dt"), changed);
}

INSTANTIATE_TEST_SUITE_P(Models, Checkpoint, bothPrecisions(), precisionName);
