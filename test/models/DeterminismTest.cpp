// The same seed gives the same bits with any number of workers, chunks of any length, and on any CPU.

#include "Precision.h"

using namespace snn::test;

namespace {

/// Random connections, weights, delays, initial values and Poisson input at once.
const char *const network = R"(
network Mixed {
    population N = HH[257] { V ~ uniform(-70 mV, -60 mV) }
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
}
simulate Mixed {
    dt 0.05 ms
    duration 100 ms
    seed 11
    N.I = 6 uA * (t >= 20 ms) + 1 nA * i
    record spikes of N
    record V of N every 1 ms
}
)";

void expectSame(const Result &one, const Result &other) {
  EXPECT_GT(one.spikesOf("N").size(), 100u);
  EXPECT_EQ(other.spikesOf("N"), one.spikesOf("N"));
  EXPECT_EQ(other.trace("V of N").values, one.trace("V of N").values);
}

class Determinism : public InBothPrecisions {};

} // namespace

TEST_P(Determinism, AnyNumberOfWorkers) {
  const Program program(network, precision());
  const Result one = program.run();
  for (uint32_t workers : {2u, 3u}) {
    SCOPED_TRACE(workers);
    expectSame(one, program.run({.workers = workers}));
  }
}

TEST_P(Determinism, ChunksOfAnyLength) {
  const Program program(network, precision());
  const Result one = program.run();
  for (uint32_t chunk : {1u, 50u, 1999u}) {
    SCOPED_TRACE(chunk);
    expectSame(one, program.run({.chunkSteps = chunk}));
  }
}

TEST_P(Determinism, AnyVectorWidth) {
  // The width follows the CPU: 256 bits here, and what this machine has.
  const CompileSettings narrow{.precision = GetParam(), .cpu = "x86-64-v3"};
  expectSame(simulate(network, precision()), simulate(network, narrow));
}

TEST_P(Determinism, AnotherSeedIsAnotherRun) {
  const Program program(network, precision());
  EXPECT_NE(program.run({.seed = 12}).spikesOf("N"), program.run().spikesOf("N"));
}

INSTANTIATE_TEST_SUITE_P(Models, Determinism, bothPrecisions(), precisionName);
