// What is drawn again for every spike is the network that would have been stored, bit for bit.

#include "Precision.h"

using namespace snn::test;

namespace {

std::string network(const std::string &rule, bool isProcedural, const std::string &weight) {
  std::string connect = rule;
  if (isProcedural)
    connect.insert(connect.size() - 1, std::string(connect.ends_with("()") ? "" : ", ") + "procedural = true");
  if (connect.ends_with("()"))
    connect.resize(connect.size() - 2);
  return R"(
network Drawn {
    population N = LIF[700] { V ~ uniform(0 mV, 1 mV);  position in grid(35, 20, 50 um) periodic }
    project N[:600] -> N.V { connect fixed_indegree(10);  weight 0.01 mV }
    project N -> N[100:].V { connect )" + connect + ";  weight " + weight + R"(;  delay 1.3 ms }
    project N -> N.V { connect bernoulli(0.03);  weight 0.02 mV;  delay 0.7 ms }
}
simulate Drawn { dt 0.1 ms;  duration 60 ms;  seed 5;  N.I = 1.2 mA;  record spikes of N;  record V of N every 1 ms }
)";
}

struct Case {
  const char *name, *rule, *weight;
};

std::ostream &operator<<(std::ostream &out, const Case &c) { return out << c.name; }

class Procedural : public testing::TestWithParam<Case> {};

} // namespace

TEST_P(Procedural, IsTheNetworkThatWouldBeStored) {
  for (auto precision : {snn::model::Precision::F32, snn::model::Precision::F64}) {
    const CompileSettings compile{.precision = precision};
    const Result stored = Program(network(GetParam().rule, false, GetParam().weight), compile).run();
    const Program drawn(network(GetParam().rule, true, GetParam().weight), compile);
    ASSERT_GT(stored.spikesOf("N").size(), 1000u);
    for (uint32_t workers : {1u, 2u, 4u}) {
      SCOPED_TRACE(workers);
      const Result result = drawn.run({.workers = workers});
      EXPECT_EQ(result.spikesOf("N"), stored.spikesOf("N"));
      EXPECT_EQ(result.trace("V of N").values, stored.trace("V of N").values);
      EXPECT_NEAR(double(result.figures.synapses), double(stored.figures.synapses), 0.1 * double(stored.figures.synapses))
          << "they are counted as many as the rule lets expect";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Models, Procedural,
                         testing::Values(Case{"AllToAll", "all_to_all()", "0.0005 mV"},
                                         Case{"Bernoulli", "bernoulli(0.05)", "0.01 mV"},
                                         Case{"DrawnWeights", "bernoulli(0.05)", "~ normal(0.01 mV, 0.003 mV)"},
                                         Case{"FixedOutdegree", "fixed_outdegree(30)", "0.01 mV * (1 + pre.i / pre.n)"},
                                         Case{"WithoutMultapses", "fixed_outdegree(30, multapses = false)", "0.01 mV"},
                                         Case{"Kernel", "bernoulli(0.4 * gaussian(distance, 100 um))", "0.01 mV"}),
                         [](const auto &info) { return info.param.name; });

TEST(Procedural, ContinuesFromACheckpoint) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "snn-procedural.h5";
  const Program drawn(network("bernoulli(0.05)", true, "~ normal(0.01 mV, 0.003 mV)"));
  const Result whole = drawn.run();
  drawn.run({.steps = 300, .save = file});
  const Result rest = drawn.run({.workers = 2, .resume = file});
  std::filesystem::remove(file);
  std::vector<Spike> late;
  for (const Spike &spike : whole.spikesOf("N"))
    if (spike.step >= 300)
      late.push_back(spike);
  EXPECT_GT(late.size(), 100u);
  EXPECT_EQ(rest.spikesOf("N"), late);
}
