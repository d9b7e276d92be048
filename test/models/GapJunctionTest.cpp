// Gap junctions: two cells against the solution written out, what symmetric coupling conserves, who is joined, and the same bits from
// any number of workers and from a checkpoint.

#include "EdgeFile.h"
#include "Precision.h"

#include <cmath>
#include <numeric>
#include <tuple>

using namespace snn::test;

namespace {

class GapJunction : public InBothPrecisions {};

/// Cells that do nothing but leak; `method` is the end of the equation's line.
std::string passive(const std::string &leak = "10 nS", const std::string &method = "") {
  return R"(
neuron Passive {
    param C   = 100 pF
    param g_L = )" +
         leak + R"(
    param E_L = -70 mV
    state V = E_L
    input I: current
    V' = (g_L*(E_L - V) + I) / C  )" +
         method + "\n}\n";
}

/// In single precision a voltage near -70 mV stops short of its end where a step would move it by less than half its last digit, 4e-6 mV; a step
/// goes a hundredth of the way.
constexpr double stalled = 1e-3;

double sumOf(const std::vector<double> &values) { return std::accumulate(values.begin(), values.end(), 0.0); }

} // namespace

TEST_P(GapJunction, TwoCellsFollowTheRule) {
  // The voltage of the other cell is that of the step's start, the conductance is in the exponent.
  const Result result = simulate(passive() + R"(
network Pair {
    population A = Passive[1] { V = -40 mV }
    population B = Passive[1] { C = 50 pF }
    gap_junction A.I <-> B.I { connect one_to_one;  weight 4 nS }
}
simulate Pair { dt 0.1 ms;  duration 50 ms;  record V of A;  record V of B }
)",
                                 precision());
  double a = -40, b = -70;
  auto advance = [](double own, double other, double capacitance) {
    double decay = std::exp(-0.1 * (10 + 4) / capacitance), rest = (10 * -70 + 4 * other) / (10 + 4);
    return rest + (own - rest) * decay;
  };
  for (uint64_t step = 0; step < 500; ++step) {
    std::tie(a, b) = std::pair(advance(a, b, 100), advance(b, a, 50));
    ASSERT_NEAR(result.trace("V of A").at(step), a, tolerance(1e-10, 1e-3)) << step;
    ASSERT_NEAR(result.trace("V of B").at(step), b, tolerance(1e-10, 1e-3)) << step;
  }
}

TEST_P(GapJunction, TwoCellsApproachTheClosedFormAtFirstOrder) {
  // The sum of two equal cells decays with C / g_L, their difference with C / (g_L + 2 g).
  auto error = [&](double dt) {
    const Result result = simulate(passive() + R"(
network Pair {
    population A = Passive[2] { V = -70 mV + 20 mV * i }
    gap_junction A.I <-> A.I { connect all_to_all;  weight 8 nS }
}
simulate Pair { dt )" + std::to_string(dt) +
                                       " ms;  duration 4 ms;  record V of A every 4 ms }",
                                   {.precision = snn::model::Precision::F64});
    const Trace &trace = result.trace("V of A");
    double mean = 10 * std::exp(-4 * 10. / 100), half = 10 * std::exp(-4 * (10. + 2 * 8) / 100);
    return trace.values.at(1) - (-70 + mean + half);
  };
  const double coarse = error(0.02), fine = error(0.01);
  EXPECT_LT(std::fabs(fine), 5e-3);
  EXPECT_NEAR(coarse / fine, 2, 0.05);
}

TEST_P(GapJunction, InputDividesOverTheCoupledCells) {
  // At rest 30 pA into the first of two cells: the difference is I / (g_L + 2 g), whatever the step.
  const Result result = simulate(passive() + R"(
network Pair {
    population A = Passive[2]
    gap_junction A <-> A { connect bernoulli(1);  weight 10 nS }
}
simulate Pair { dt 0.5 ms;  duration 400 ms;  A[:1].I = 30 pA;  record V of A every 400 ms }
)",
                                 precision());
  const std::vector<double> last = result.trace("V of A").values;
  EXPECT_NEAR(last.at(0) - last.at(1), 1, tolerance(1e-9, stalled));
  EXPECT_NEAR(last.at(0) + last.at(1), -140 + 3, tolerance(1e-9, stalled));
}

TEST_P(GapJunction, NothingOvershootsHoweverStrong) {
  // dt (g_L + g) / C = 40: the conductance of the junctions is in the exponent.
  const Result result = simulate(passive() + R"(
network Pair {
    population A = Passive[20] { V ~ uniform(-90 mV, -50 mV) }
    gap_junction A <-> A { connect all_to_all;  weight 2 uS }
}
simulate Pair { dt 0.1 ms;  duration 20 ms;  record V of A }
)",
                                 precision());
  for (double v : result.trace("V of A").values)
    ASSERT_TRUE(v > -90.01 && v < -49.99) << v;
}

/// Networks whose cells have no leak, so that nothing but the junctions moves charge.
static const char *const isolated[] = {
    R"(population A = Passive[150] { V ~ uniform(-90 mV, -50 mV) }
       gap_junction A <-> A { connect bernoulli(0.1);  weight ~ uniform(0.1 nS, 0.5 nS) })",
    R"(population A = Passive[150] { V ~ uniform(-90 mV, -50 mV) }
       gap_junction A <-> A { connect all_to_all;  weight 0.02 nS })",
    R"(population A = Passive[150] { V ~ uniform(-90 mV, -50 mV) }
       gap_junction A[:60] <-> A[80:] { connect fixed_outdegree(7);  weight ~ uniform(0.1 nS, 0.5 nS) })",
    R"(population A = Passive[90] { V ~ uniform(-90 mV, -50 mV) }
       population B = Passive[60] { V ~ uniform(-40 mV, -20 mV) }
       gap_junction A <-> B { connect fixed_indegree(5);  weight 0.1 nS + 0.01 nS * pre.i + 0.002 nS * post.i })",
    R"(population A = Passive[90] { V ~ uniform(-90 mV, -50 mV) }
       population B = Passive[60] { V ~ uniform(-40 mV, -20 mV) }
       gap_junction A.I <-> B.I { connect fixed_total(500);  weight ~ normal(0.3 nS, 0.05 nS) })",
};

TEST_P(GapJunction, MutualJunctionsConserveCharge) {
  // Equal and opposite currents, so every junction has the same conductance both ways. Euler's method adds nothing of its own.
  for (const char *cells : isolated) {
    const std::string network = cells;
    const bool hasTwo = network.find("B = ") != std::string::npos;
    const Result result = simulate(passive("0 nS", "method euler") + "network Net {\n" + network + "\n}\n" +
                                       "simulate Net { dt 0.1 ms;  duration 100 ms;  record V of A every 50 ms\n" +
                                       (hasTwo ? "record V of B every 50 ms }" : "}"),
                                   precision());
    auto total = [&](uint64_t step) {
      return sumOf(result.trace("V of A").row(step)) + (hasTwo ? sumOf(result.trace("V of B").row(step)) : 0);
    };
    EXPECT_NEAR(total(499), total(999), tolerance(1e-8, 0.05)) << cells;
    const std::vector<double> before = result.trace("V of A").row(499), after = result.trace("V of A").row(999);
    EXPECT_NE(before, after) << "nothing moves in " << cells;
  }
}

TEST_P(GapJunction, OneWayJunctionsActOnTheTargetOnly) {
  const Result result = simulate(passive() + R"(
network Pair {
    population A = Passive[1] { E_L = -50 mV }
    population B = Passive[1]
    gap_junction A -> B { connect one_to_one;  weight 10 nS }
}
simulate Pair { dt 0.1 ms;  duration 200 ms;  record V of A every 200 ms;  record V of B every 200 ms }
)",
                                 precision());
  EXPECT_NEAR(result.trace("V of A").values.at(0), -50, tolerance(1e-9, stalled));
  EXPECT_NEAR(result.trace("V of B").values.at(0), -60, tolerance(1e-6, stalled));
}

TEST_P(GapJunction, PortsSayWhichVoltageIsCoupled) {
  // Dendrites of two-compartment cells; the somata hear of it through their own dendrite only.
  const Result result = simulate(R"(
neuron Two {
    state Vs = -70 mV
    state Vd = -70 mV
    input Is: current at Vs
    input Id: current at Vd
    Vs' = (10 nS * (-70 mV - Vs) + Is) / (100 pF)
    Vd' = (10 nS * (-70 mV - Vd) + Id) / (100 pF)
}
network Pair {
    population A = Two[1]
    population B = Two[1]
    gap_junction A.Id <-> B.Id { connect one_to_one;  weight 10 nS }
    gap_junction A.Is -> B.Id { connect one_to_one;  weight 5 nS }
}
simulate Pair {
    dt 0.1 ms;  duration 300 ms
    A.Id = 100 pA
    record Vs of A every 300 ms;  record Vd of A every 300 ms;  record Vs of B every 300 ms;  record Vd of B every 300 ms
}
)",
                                 precision());
  auto last = [&](const char *record) { return result.trace(record).values.at(0); };
  EXPECT_NEAR(last("Vs of A"), -70, tolerance(1e-9, stalled));
  EXPECT_NEAR(last("Vs of B"), -70, tolerance(1e-9, stalled));
  // 100 = 20 a - 10 b, 0 = 25 b - 10 a for what a and b are above rest.
  EXPECT_NEAR(last("Vd of A") + 70, 6.25, tolerance(1e-6, stalled));
  EXPECT_NEAR(last("Vd of B") + 70, 2.5, tolerance(1e-6, stalled));
}

TEST_P(GapJunction, PairsOfAFileAreJoinedBothWays) {
  const TemporaryFolder folder;
  writeEdges(folder.path() / "edges.npy", {{3, 1}, {0, 2}});
  const Result result = simulate(passive() + R"(
network Net {
    population A = Passive[4]
    gap_junction A <-> A { connect pairs(load("edges.npy"));  weight 10 nS }
}
simulate Net { dt 0.1 ms;  duration 300 ms;  A.I = 15 pA * i;  record V of A every 300 ms }
)",
                                 {.precision = GetParam(), .folder = folder.path()});
  const std::vector<double> above = result.trace("V of A").values;
  // Two pairs: of a pair with inputs x and y, the cells are (2 x + y) / 30 and (x + 2 y) / 30 above rest.
  EXPECT_NEAR(above[0] + 70, 30. / 30, tolerance(1e-6, stalled));
  EXPECT_NEAR(above[2] + 70, 60. / 30, tolerance(1e-6, stalled));
  EXPECT_NEAR(above[1] + 70, (2 * 15 + 45) / 30., tolerance(1e-6, stalled));
  EXPECT_NEAR(above[3] + 70, (15 + 2 * 45) / 30., tolerance(1e-6, stalled));
}

TEST_P(GapJunction, WorkersAndCheckpointsDoNotMatter) {
  const Program program(R"(
network Net {
    population A = HH[120] { V ~ uniform(-70 mV, -55 mV) }
    population B = LIFRef[70] { V_rest = -60 mV;  V_th = -50 mV;  V_reset = -60 mV;  tau = 20 ms;  V ~ uniform(-60 mV, -50 mV) }
    gap_junction A <-> A { connect bernoulli(0.1);  weight ~ uniform(1 uS, 20 uS) }
    gap_junction A -> B { connect fixed_indegree(3);  weight 0.02 S }
    project B -> A { connect bernoulli(0.1);  weight 10 uS;  delay 0.7 ms;  synapse Expon(tau = 2 ms);  output COBA(E = 0 mV) }
}
simulate Net { dt 0.05 ms;  duration 40 ms;  A.I = 8 uA;  record spikes of A;  record V of A every 1 ms;  record V of B every 1 ms }
)",
                        precision());
  const Result one = program.run();
  EXPECT_GT(one.spikesOf("A").size(), 50u);
  for (uint32_t workers : {2u, 4u}) {
    const Result several = program.run({.workers = workers});
    EXPECT_TRUE(several.spikesOf("A") == one.spikesOf("A")) << workers;
    EXPECT_TRUE(several.trace("V of A").values == one.trace("V of A").values) << workers;
    EXPECT_TRUE(several.trace("V of B").values == one.trace("V of B").values) << workers;
  }
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "saved.snnc";
  program.run({.workers = 2, .steps = 333, .save = file});
  const Result rest = program.run({.workers = 3, .resume = file});
  const std::vector<double> &all = one.trace("V of A").values, &tail = rest.trace("V of A").values;
  ASSERT_LT(tail.size(), all.size());
  EXPECT_TRUE(std::equal(tail.rbegin(), tail.rend(), all.rbegin()));
}

INSTANTIATE_TEST_SUITE_P(Models, GapJunction, bothPrecisions(), precisionName);
