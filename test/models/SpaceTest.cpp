// Places and what depends on them: contacts within a distance, kernels, weights and delays, against counts on lattices and sums of
// probabilities.

#include "Moments.h"
#include "Precision.h"

#include <numbers>
#include <numeric>

using namespace snn::test;

namespace {

/// Every neuron of P spikes once, in step 0, and `weight` reaches its targets in step 1.
std::string sheet(const std::string &size, const std::string &position, const std::string &clauses) {
  return R"(
neuron Once {
    param x = 0 um
    param y = 0 um
    state ready = 1
    state heard = 0
    spike when ready > 0.5 { ready = 0 }
}
network Sheet {
    population P = Once[)" + size + "] { " + position + R"( }
    project P -> P.heard { )" + clauses + R"( }
}
simulate Sheet { dt 0.1 ms;  duration 0.5 ms;  precision f64;  seed 3;  record heard, x, y of P }
)";
}

std::vector<double> heard(const std::string &source, const RunSettings &run = {}) {
  return simulate(source, {}, run).trace("heard of P").row(1);
}

double total(const std::vector<double> &values) { return std::accumulate(values.begin(), values.end(), 0.0); }

} // namespace

TEST(Space, WithinADistanceOnATorusAllHaveTheSameNeighbours) {
  // Sites closer than two spacings: the site itself, four at one spacing and four at its square root of two.
  EXPECT_EQ(heard(sheet("100", "position in grid(10, 10, 50 um) periodic", "connect where distance < 100 um; weight 1")),
            std::vector<double>(100, 9));
}

TEST(Space, WithinADistanceOnASheetTheEdgesHaveFewer) {
  const std::vector<double> degrees =
      heard(sheet("100", "position in grid(10, 10, 50 um)", "connect where distance < 100 um; weight 1"));
  for (uint32_t i = 0; i < 100; ++i) {
    uint32_t column = i % 10, row = i / 10;
    double across = column == 0 || column == 9 ? 2 : 3, along = row == 0 || row == 9 ? 2 : 3;
    EXPECT_EQ(degrees[i], across * along) << "neuron " << i;
  }
}

TEST(Space, ThreeDimensions) {
  // On a periodic cube of 5^3 sites, 6 others are at one spacing.
  EXPECT_EQ(heard(sheet("125", "position in grid(5, 5, 5, 10 um) periodic",
                        "connect where distance < 12 um and pre.i != post.i; weight 1")),
            std::vector<double>(125, 6));
}

TEST(Space, ARingIsClosed) {
  // Neuron 0 and neuron 9 are neighbours: all hear 2 * (1 - 100/400) from their neighbours and 1 from themselves.
  const std::vector<double> sums =
      heard(sheet("10", "position in ring(1 mm)", "connect where distance < 150 um; weight 1 - distance / (400 um)"));
  for (double sum : sums)
    EXPECT_NEAR(sum, 1 + 2 * 0.75, 1e-12);
}

TEST(Space, WeightsAndDelaysFollowTheDistance) {
  // Of two neurons 300 um apart, a spike reaches the other one 0.1 ms + 300 um / (1 um/us) later, as 300.
  const Result result = simulate(R"(
neuron Once {
    state ready = 1
    state heard = 0
    spike when ready > 0.5 { ready = 0 }
}
network Pair {
    population A = Once[1] { position = [0 um, 0 um] }
    population B = Once[1] { position = [180 um, 240 um];  ready = 0 }
    project A -> B.heard { connect all_to_all;  weight distance / (1 um);  delay 0.1 ms + distance / (1 m/s) }
}
simulate Pair { dt 0.1 ms;  duration 1 ms;  precision f64;  record heard of B }
)");
  EXPECT_EQ(result.trace("heard of B").at(3), 0);
  EXPECT_NEAR(result.trace("heard of B").at(4), 300, 1e-9);
}

TEST(Space, ADiscIsFilledEvenly) {
  const Result result = simulate(sheet("20000", "position ~ uniform_disc(1 mm);  x = position.x;  y = position.y",
                                       "connect one_to_one; weight 1"));
  const std::vector<double> x = result.trace("x of P").row(1), y = result.trace("y of P").row(1);
  std::vector<double> squares;
  for (size_t i = 0; i < x.size(); ++i)
    squares.push_back((x[i] * x[i] + y[i] * y[i]) / 1e6);
  // r^2 is uniform between 0 and 1; four standard errors.
  EXPECT_NEAR(momentsOf(squares).mean, 0.5, 4 * std::sqrt(1.0 / 12 / 20000));
  EXPECT_NEAR(momentsOf(squares).sd, std::sqrt(1.0 / 12), 0.005);
  EXPECT_NEAR(momentsOf(x).mean, 0, 4 * 500 / std::sqrt(20000.0));
}

TEST(Space, AKernelGivesEveryPairItsProbability) {
  // What is drawn for the positions is the same wherever it is read: in parameters and in the rule.
  const Result result =
      simulate(sheet("1000", "position ~ uniform_square(1 mm);  x = position.x;  y = position.y",
                     "connect bernoulli(0.6 * gaussian(distance, 100 um) + 0.01 * (pre.x > 0 um)); weight 1"));
  const std::vector<double> x = result.trace("x of P").row(1), y = result.trace("y of P").row(1),
                            degrees = result.trace("heard of P").row(1);
  double expected = 0, variance = 0, chiSquare = 0;
  for (size_t post = 0; post < 1000; ++post) {
    double mean = 0, spread = 0;
    for (size_t pre = 0; pre < 1000; ++pre) {
      double distance = std::hypot(x[pre] - x[post], y[pre] - y[post]);
      double p = 0.6 * std::exp(-distance * distance / 2e4) + (x[pre] > 0 ? 0.01 : 0);
      mean += p;
      spread += p * (1 - p);
    }
    expected += mean;
    variance += spread;
    chiSquare += (degrees[post] - mean) * (degrees[post] - mean) / spread;
  }
  EXPECT_NEAR(total(degrees), expected, 4 * std::sqrt(variance));
  EXPECT_NEAR(chiSquare, 1000, 4 * std::sqrt(2.0 * 1000)); // in-degrees scatter as sums of independent pairs do
}

TEST(Space, TheSameForAnyNumberOfWorkers) {
  const std::string source = sheet("1500", "position ~ uniform_square(1 mm) periodic",
                                   "connect bernoulli(0.3 * exponential(distance, 80 um), autapses = false); weight 1 + distance / (1 mm)");
  const std::vector<double> one = heard(source);
  EXPECT_GT(total(one), 1500);
  for (uint32_t workers : {2u, 4u})
    EXPECT_EQ(heard(source, {.workers = workers}), one) << workers;
}

/// A bound that the compiler sees and one that it does not: `heaviside` hides it. Everything else of the two networks is the same.
TEST(Space, ABoundedKernelJoinsTheSamePairsWhetherOrNotItsReachIsKnown) {
  const char *const positions[] = {"position in grid(40, 25, 50 um) periodic", "position ~ uniform_square(1 mm)", "position ~ uniform_cube(400 um)",
                                   "position in ring(5 mm)"};
  const std::pair<const char *, const char *> kernels[] = {
      {"bernoulli(if distance < 167.3 um then 0.4 * gaussian(distance, 100 um) else 0)", "bernoulli(0.4 * gaussian(distance, 100 um) * heaviside(167.3 um - distance))"},
      {"bernoulli((distance < 167.3 um) * 0.3)", "bernoulli(0.3 * heaviside(167.3 um - distance))"},
      {"where distance < 167.3 um and pre.i % 3 == post.i % 3", "where heaviside(167.3 um - distance) > 0 and pre.i % 3 == post.i % 3"}};
  for (const char *position : positions)
    for (auto [bounded, hidden] : kernels) {
      auto program = [&](const char *kernel) { // a target hears from whom
        return Program(sheet("1000", position, std::string("connect ") + kernel + ";  weight 1 + sin(pre.i)"));
      };
      auto contacts = [](const Program &program, uint32_t workers) { return program.run({.workers = workers}).trace("heard of P").row(1); };
      const std::vector<double> expected = contacts(program(hidden), 1);
      EXPECT_GT(*std::max_element(expected.begin(), expected.end()), 0) << position << ", " << bounded;
      const Program seen = program(bounded);
      for (uint32_t workers : {1u, 3u})
        EXPECT_EQ(contacts(seen, workers), expected) << position << ", " << bounded;
    }
}

TEST(Space, TheReachMayBeAParameter) {
  const std::string source = "neuron Once { state ready = 1;  state heard = 0;  spike when ready > 0.5 { ready = 0 } }\n"
                             "network Sheet {\n param r = 60 um\n population P = Once[100] { position in grid(10, 10, 50 um) periodic }\n"
                             " project P -> P.heard { connect where distance <= r;  weight 1 }\n}\n"
                             "simulate Sheet { dt 0.1 ms;  duration 0.5 ms;  precision f64;  record heard of P }\n";
  const Program program(source);
  EXPECT_EQ(program.run().trace("heard of P").row(1), std::vector<double>(100, 5));
  EXPECT_EQ(program.run({.settings = {{"r", 100}}}).trace("heard of P").row(1), std::vector<double>(100, 13)); // those at two spacings too
}

TEST(Space, ContactsLikeThoseOfAnother) {
  const Result result = simulate(R"(
neuron Once {
    state ready = 1
    state sum = 0
    state count = 0
    spike when ready > 0.5 { ready = 0 }
}
network Twice {
    population P = Once[300] { position ~ uniform_disc(1 mm) }
    project P -> P.sum as A { connect bernoulli(0.5 * gaussian(distance, 300 um));  weight 1 }
    project P -> P.sum { connect like A;  weight -1 }
    project P -> P.count { connect like A;  weight 1 }
}
simulate Twice { dt 0.1 ms;  duration 0.3 ms;  precision f64;  record sum, count of P }
)");
  EXPECT_EQ(result.trace("sum of P").row(1), std::vector<double>(300, 0));
  EXPECT_GT(total(result.trace("count of P").row(1)), 1000);
}
