// Contacts of every rule, counted: all sources fire in step 0 and a contact adds one to its target's state in step 1.

#include "EdgeFile.h"
#include "Moments.h"
#include "Precision.h"

#include <numeric>

using namespace snn::test;

namespace {

/// Contacts per target: 200 sources (the first neurons of the population) onto all 1000 neurons of the same population.
std::vector<double> indegrees(const std::string &rule, const RunSettings &run = {},
                              const CompileSettings &compile = {}) {
  return simulate(R"(
neuron Once {
    state x = 1
    state contacts = 0
    spike when x > 0.5 { x = 0 }
}
network One {
    population N = Once[1000] { x = if i < 200 then 1 else 0 }
    project N[:200] -> N.contacts { connect )" +
                      rule + R"(;  weight 1 }
}
simulate One { dt 0.1 ms;  duration 0.2 ms;  precision f64;  seed 3;  record contacts of N }
)",
                  compile, run)
      .trace("contacts of N")
      .row(1);
}

double total(const std::vector<double> &degrees) { return std::accumulate(degrees.begin(), degrees.end(), 0.0); }

} // namespace

TEST(Connectivity, AllToAll) { EXPECT_EQ(indegrees("all_to_all"), std::vector<double>(1000, 200)); }

TEST(Connectivity, AllToAllWithoutAutapses) {
  const std::vector<double> degrees = indegrees("all_to_all(autapses = false)");
  for (uint32_t neuron = 0; neuron < 1000; ++neuron)
    EXPECT_EQ(degrees[neuron], neuron < 200 ? 199 : 200) << "neuron " << neuron;
}

TEST(Connectivity, FixedIndegree) { EXPECT_EQ(indegrees("fixed_indegree(37)"), std::vector<double>(1000, 37)); }

TEST(Connectivity, FixedOutdegree) {
  const std::vector<double> degrees = indegrees("fixed_outdegree(80)");
  EXPECT_EQ(total(degrees), 200 * 80);
  // Targets are drawn with replacement, so in-degrees are binomial with mean 16.
  EXPECT_NEAR(momentsOf(degrees).sd, std::sqrt(16 * 0.999), 0.4);
}

TEST(Connectivity, FixedTotal) {
  const std::vector<double> degrees = indegrees("fixed_total(20000)");
  EXPECT_EQ(total(degrees), 20000);
  EXPECT_NEAR(momentsOf(degrees).sd, std::sqrt(20 * 0.999), 0.5);
}

TEST(Connectivity, Bernoulli) {
  const std::vector<double> degrees = indegrees("bernoulli(0.1)");
  EXPECT_NEAR(total(degrees), 20000, 4 * std::sqrt(200000 * 0.1 * 0.9));
  EXPECT_NEAR(momentsOf(degrees).sd, std::sqrt(200 * 0.1 * 0.9), 0.4);
}

TEST(Connectivity, BernoulliAtItsLimits) {
  EXPECT_EQ(indegrees("bernoulli(1)"), std::vector<double>(1000, 200));
  EXPECT_EQ(indegrees("bernoulli(0)"), std::vector<double>(1000, 0));
}

TEST(Connectivity, WithoutMultapsesEveryTargetIsTakenOnce) {
  // 999 different targets that are not the source itself are all the others.
  const std::vector<double> degrees = indegrees("fixed_outdegree(999, autapses = false, multapses = false)");
  for (uint32_t neuron = 0; neuron < 1000; ++neuron)
    EXPECT_EQ(degrees[neuron], neuron < 200 ? 199 : 200) << "neuron " << neuron;
  EXPECT_EQ(indegrees("fixed_indegree(200, multapses = false)"), std::vector<double>(1000, 200));
}

TEST(Connectivity, Pairs) {
  const TemporaryFolder folder;
  writeEdges(folder.path() / "edges.npy", {{0, 5}, {1, 5}, {1, 5}, {199, 999}, {7, 0}});
  std::vector<double> expected(1000, 0);
  expected[5] = 3;
  expected[999] = 1;
  expected[0] = 1;
  EXPECT_EQ(indegrees("pairs(load(\"edges.npy\"))", {}, {.folder = folder.path()}), expected);
}

TEST(Connectivity, OneToOne) {
  const Result result = simulate(R"(
neuron Once {
    state x = 1
    state heard = 0
    spike when x > 0.5 { x = 0 }
}
network One {
    population A = Once[5]
    population B = Once[5] { x = 0 }
    project A -> B.heard { connect one_to_one;  weight 1 + pre.i }
}
simulate One { dt 0.1 ms;  duration 0.2 ms;  precision f64;  record heard of B }
)");
  EXPECT_EQ(result.trace("heard of B").row(1), (std::vector<double>{1, 2, 3, 4, 5}));
}

TEST(Connectivity, DoesNotDependOnWorkers) {
  for (const char *rule : {"fixed_outdegree(80)", "fixed_indegree(37)", "fixed_total(20000)", "bernoulli(0.1)"}) {
    SCOPED_TRACE(rule);
    EXPECT_EQ(indegrees(rule, {.workers = 3}), indegrees(rule));
  }
}

TEST(Connectivity, DrawnWeightsHaveTheirMoments) {
  // 2000 contacts per target: the sum has mean 2000 * 3 and sd sqrt(2000) * 0.5.
  const std::vector<double> sums = simulate(R"(
neuron Once {
    state x = 1
    state sum = 0
    spike when x > 0.5 { x = 0 }
}
network One {
    population A = Once[2000]
    population B = Once[500] { x = 0 }
    project A -> B.sum { connect all_to_all;  weight ~ normal(3, 0.5) }
}
simulate One { dt 0.1 ms;  duration 0.2 ms;  precision f64;  seed 3;  record sum of B }
)")
                                       .trace("sum of B")
                                       .row(1);
  EXPECT_NEAR(momentsOf(sums).mean, 6000, 4 * std::sqrt(2000.0) * 0.5 / std::sqrt(500.0));
  EXPECT_NEAR(momentsOf(sums).sd, std::sqrt(2000.0) * 0.5, 3);
}
