// Copies of a network: each computes what it would compute alone, and connections that are the same are held once.

#include "Precision.h"

using namespace snn::test;

namespace {

/// Random connections, weights, delays, initial values and noise; synapses with states per connection and per source.
const char *const network = R"(
synapse Gating { weight w;  state s = 0;  s' = -s / (4 ms);  on pre { s += 0.5 * (1 - s) };  output w * s }
neuron Cell {
    param tau = 10 ms;  state V = 0 mV;  input I: mV/ms
    V' = -V / tau + I;  spike when V >= 10 mV { V = 0 mV }
}
network Mixed {
    population N = Cell[300] { V ~ uniform(0 mV, 10 mV) }
    population S = Poisson[50] { rate = 100 Hz }
    project S -> N.I as Input { connect bernoulli(0.2);  weight ~ uniform(0 mV/ms, 0.5 mV/ms);  synapse Expon(tau = 3 ms) }
    project N -> N.I { connect bernoulli(0.1);  weight ~ uniform(0 mV/ms, 0.05 mV/ms);  delay ~ uniform(0.1 ms, 4 ms)
                       synapse Expon(tau ~ uniform(2 ms, 8 ms)) }
    project N -> N.I { connect fixed_outdegree(9);  weight 0.01 mV/ms;  synapse Gating }
}
simulate Mixed {
    dt 0.1 ms;  duration 60 ms;  seed 5
    N.I += 0.9 mV/ms + 0.1 mV/ms * randn()
    record spikes of N;  record spikes of S;  record V of N[:20];  record rate of N every 5 ms
}
)";

void expectSame(const Result &one, const Result &other) {
  EXPECT_GT(one.spikesOf("N").size(), 100u);
  EXPECT_EQ(other.spikesOf("N"), one.spikesOf("N"));
  EXPECT_EQ(other.spikesOf("S"), one.spikesOf("S"));
  EXPECT_EQ(other.trace("V of N[:20]").values, one.trace("V of N[:20]").values);
  EXPECT_EQ(other.trace("rate of N").values, one.trace("rate of N").values);
}

class BatchInBoth : public InBothPrecisions {};

} // namespace

TEST_P(BatchInBoth, OfOneIsTheRunWithoutABatch) {
  const Program program(network, precision());
  expectSame(program.run(), program.runTogether({{}}).front());
}

TEST_P(BatchInBoth, CopiesAreWhatTheyWouldBeAloneWithAnyNumberOfWorkers) {
  const Program program(network, precision());
  for (bool redraws : {false, true}) {
    std::vector<RunSettings> copies(3);
    for (uint32_t c = 0; c < copies.size(); ++c) {
      copies[c].copy = c;
      copies[c].redraws = redraws;
    }
    std::vector<Result> alone;
    for (const RunSettings &copy : copies)
      alone.push_back(program.run(copy));
    EXPECT_NE(alone[0].spikesOf("N"), alone[1].spikesOf("N"));
    for (uint32_t workers : {1u, 2u, 4u}) {
      SCOPED_TRACE(workers);
      copies.front().workers = workers;
      const std::vector<Result> together = program.runTogether(copies);
      for (uint32_t c = 0; c < copies.size(); ++c)
        expectSame(alone[c], together[c]);
    }
  }
}

TEST_P(BatchInBoth, ASweepIsItsRunsOneByOne) {
  const Program program(network, precision());
  std::vector<RunSettings> copies;
  for (double tau : {8.0, 10.0, 12.0})
    for (double total : {9.0, 12.0}) // what connects differs too
      copies.push_back({.settings = {{"N.tau", tau}, {"N -> N.I (2).fixed_outdegree", total}}});
  const std::vector<Result> together = program.runTogether(copies);
  for (size_t c = 0; c < copies.size(); ++c) {
    SCOPED_TRACE(c);
    expectSame(program.run(copies[c]), together[c]);
  }
  expectSame(program.run({.settings = {{"N -> N.I (2).fixed_outdegree", 9}}}), together[2]);
}

TEST(Batch, EqualConnectionsAreHeldOnce) {
  const Program program(network);
  const uint64_t rows = program.run().figures.row_bytes;
  std::vector<RunSettings> copies(8);
  for (uint32_t c = 0; c < copies.size(); ++c)
    copies[c].copy = c;
  const std::vector<Result> shared = program.runTogether(copies);
  uint64_t others = 0;
  for (size_t c = 1; c < shared.size(); ++c)
    others += shared[c].figures.row_bytes;
  EXPECT_EQ(shared[0].figures.row_bytes, rows);
  EXPECT_LT(others, 7 * rows * 3 / 4) << "states of synapses alone; ends, amounts and delays are those of the first";
  EXPECT_EQ(shared[3].figures.synapses, shared[0].figures.synapses);
  for (RunSettings &copy : copies)
    copy.redraws = true;
  EXPECT_NE(program.runTogether(copies)[1].figures.synapses, shared[0].figures.synapses);
}

TEST(Batch, CopiesThatSeeNoRandomNumberAreAlike) {
  const Program program(R"(
network One { population N = LIFRef[10] { tau = 20 ms;  V_th = 10 mV } }
simulate One { dt 0.1 ms;  duration 100 ms;  N.I = 15 mA;  record V of N }
)");
  const std::vector<Result> copies = program.runTogether({{}, {.copy = 1}});
  EXPECT_EQ(copies[0].trace("V of N").values, copies[1].trace("V of N").values);
}

INSTANTIATE_TEST_SUITE_P(Precision, BatchInBoth, bothPrecisions(), precisionName);
