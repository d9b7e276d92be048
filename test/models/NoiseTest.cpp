// White noise: the distribution of an Ornstein-Uhlenbeck process, the two integrals, and strong and weak orders.
//
// The orders are measured on geometric Brownian motion, x' = mu x + s x xi, whose solution is known for every path:
//   Ito x = exp((mu - s^2 / 2) t + s W),  Stratonovich x = exp(mu t + s W)
// (Kloeden & Platen 1992, doi:10.1007/978-3-662-12616-5). A second state with the same noise is W.

#include "Moments.h"
#include "Precision.h"

#include <cmath>
#include <numeric>

using namespace snn::test;

namespace {

constexpr double neurons = 40000;

/// The standard deviation over neurons of an Ornstein-Uhlenbeck process of unit variance and tau = 5 ms, long after its start.
double stationarySpread(const std::string &method, double dt) {
  const Program program(R"(
neuron Process {
    param tau = 5 ms;  sigma = 1 mV
    state V = 0 mV
    V' = -V/tau + sigma*sqrt(2/tau)*xi
    )" + (method.empty() ? "" : "method " + method) + R"(
}
network One { population N = Process[40000] }
simulate One { dt 0.1 ms;  duration 50 ms;  seed 3;  record V of N every 50 ms }
)");
  const Result result = program.run({.settings = {{"dt", dt}}});
  const Moments moments = momentsOf(result.trace("V of N").row(uint64_t(std::lround(50 / dt)) - 1));
  EXPECT_NEAR(moments.mean, 0, 5 / std::sqrt(neurons));
  return moments.sd;
}

/// Five standard errors of a standard deviation of 1.
const double spreadTolerance = 5 / std::sqrt(2 * neurons);

const double mu = -1, s = 0.7, end = 1; // per ms, per sqrt(ms), ms

struct Errors {
  double strong; ///< mean of |x - X|
  double weak;   ///< mean of x - X
};

/// At 1 ms, in steps of 1 ms / `steps`, against the Ito or the Stratonovich solution of the same noise.
Errors errorsOf(const Program &program, uint64_t steps, bool isIto) {
  const Result result = program.run({.seed = 7, .settings = {{"dt", end / double(steps)}}});
  const std::vector<double> x = result.trace("x of N").row(steps - 1), w = result.trace("w of N").row(steps - 1);
  Errors errors{};
  for (size_t i = 0; i < x.size(); ++i) {
    const double difference = x[i] - std::exp((mu - (isIto ? s * s / 2 : 0)) * end + s * w[i]);
    errors.strong += std::abs(difference) / double(x.size());
    errors.weak += difference / double(x.size());
  }
  return errors;
}

Program geometricMotion(const std::string &method) {
  return Program(R"(
neuron Geometric {
    state x = 1
    state w = 0 ms^0.5
    let noise = xi
    x' = -1 /ms * x + 0.7 /ms^0.5 * x * noise
    w' = noise
    method )" + method + R"(
}
network One { population N = Geometric[40000] }
simulate One { dt 0.1 ms;  duration 1 ms;  precision f64;  record x, w of N every 1 ms }
)");
}

struct NoisyMethod {
  const char *method;
  bool isIto;
  double strongOrder;
  double weakOrder; ///< 0: not measured, since the mean is exact or its error drowns in the sampling error
};

void PrintTo(const NoisyMethod &method, std::ostream *output) { *output << method.method; }

class Noise : public testing::TestWithParam<NoisyMethod> {};

} // namespace

TEST_P(Noise, ConvergesAtItsOrders) {
  const NoisyMethod &method = GetParam();
  const Program program = geometricMotion(method.method);
  const Errors coarse = errorsOf(program, 16, method.isIto), fine = errorsOf(program, 256, method.isIto);
  EXPECT_NEAR(std::log2(coarse.strong / fine.strong) / 4, method.strongOrder, 0.1);
  if (method.weakOrder != 0) {
    EXPECT_NEAR(std::log2(coarse.weak / fine.weak) / 4, method.weakOrder, 0.2);
  }
  // The other integral is somewhere else altogether.
  EXPECT_GT(errorsOf(program, 256, !method.isIto).strong, 0.05);
}

INSTANTIATE_TEST_SUITE_P(Models, Noise,
                         testing::Values(NoisyMethod{"euler", true, 0.5, 1}, NoisyMethod{"exp_euler", true, 0.5, 0},
                                         NoisyMethod{"milstein", true, 1, 1}, NoisyMethod{"heun", false, 1, 0}),
                         [](const auto &info) { return info.param.method; });

TEST(Noise, IsSolvedExactlyWhereTheEquationIsLinear) {
  for (double dt : {0.1, 1.0, 10.0})
    EXPECT_NEAR(stationarySpread("", dt), 1, spreadTolerance) << "dt " << dt;
}

TEST(Noise, IsAddedUndampedByEuler) {
  // The variance that v <- a v + b N keeps: b^2 / (1 - a^2).
  const double ratio = 1.0 / 5;
  EXPECT_NEAR(stationarySpread("exp_euler", 1), std::sqrt(2 * ratio / (1 - std::exp(-2 * ratio))), 1.1 * spreadTolerance);
  EXPECT_NEAR(stationarySpread("euler", 1), std::sqrt(1 / (1 - ratio / 2)), 1.1 * spreadTolerance);
}

TEST(Noise, IsOneSourcePerOccurrenceAndNeuron) {
  const Result result = simulate(R"(
neuron Sources {
    state a = 0 ms^0.5
    state b = 0 ms^0.5
    state c = 0 ms^0.5
    let shared = xi
    a' = shared
    b' = shared
    c' = xi
}
network One { population N = Sources[10000] }
simulate One { dt 0.1 ms;  duration 10 ms;  precision f64;  record a, b, c of N every 10 ms }
)");
  const std::vector<double> a = result.trace("a of N").row(99), b = result.trace("b of N").row(99),
                            c = result.trace("c of N").row(99);
  EXPECT_EQ(a, b);
  EXPECT_NEAR(momentsOf(a).sd, std::sqrt(10), 5 * std::sqrt(10 / 2e4));
  EXPECT_NEAR(std::inner_product(a.begin(), a.end(), c.begin(), 0.0) / 1e4 / 10, 0, 5 / std::sqrt(1e4));
  EXPECT_NEAR(std::inner_product(a.begin() + 1, a.end(), a.begin(), 0.0) / 1e4 / 10, 0, 5 / std::sqrt(1e4));
}

TEST(Noise, EntersThroughAnInput) {
  // The membrane filters the current: sd = R sigma / sqrt(2 tau).
  const Result result = simulate(R"(
neuron Leaky {
    param tau = 5 ms;  R = 2 ohm
    state V = 0 mV
    input I: current
    V' = (R*I - V) / tau
}
network One { population N = Leaky[40000] }
simulate One { dt 1 ms;  duration 50 ms;  N.I = 3 mA*ms^0.5 * xi;  record V of N every 50 ms }
)");
  EXPECT_NEAR(momentsOf(result.trace("V of N").row(49)).sd / (6 / std::sqrt(10.0)), 1, spreadTolerance);
}

TEST(Noise, IsTheSameForAnyNumberOfWorkers) {
  const Program program(R"(
neuron Process {
    state V = 0
    V' = -V / 5 ms + 1 * xi * 1 /ms^0.5
    method heun
    spike when V > 1.5 { V = 0 }
}
network One { population N = Process[1000] }
simulate One { dt 0.1 ms;  duration 50 ms;  record spikes of N;  record V of N every 50 ms }
)");
  const Result one = program.run(), three = program.run({.workers = 3});
  EXPECT_GT(one.spikesOf("N").size(), 100u);
  EXPECT_EQ(one.spikesOf("N"), three.spikesOf("N"));
  EXPECT_EQ(one.trace("V of N").values, three.trace("V of N").values);
}
