// Weights and delays that depend on the neurons they join: `pre.X` is the value that the neuron has when the network is built.

#include "Precision.h"

using namespace snn::test;

namespace {

class JoinedNeuron : public InBothPrecisions {};

/// Sources that spike once, in step 0, and targets that add up what arrives.
std::string network(const std::string &populations, const std::string &projection) {
  return R"(
neuron Once {
    param gain = 2
    param x = 0.5
    let twice = 2 * gain
    param y = twice + 1
    state left = 1
    state z = 3 * y
    spike when left > 0.5 { left = 0 }
}
neuron Sum {
    param x = 0
    state V = 0 mV
    V' = 0 mV/ms
}
network Joined {
)" + populations + "\n project S -> T.V { " +
         projection + R"( }
}
simulate Joined { dt 0.1 ms;  duration 3 ms;  record V of T;  record x of S;  record x of T }
)";
}

const char *const threeToTwo = "population S = Once[3]\n population T = Sum[2]";

std::vector<double> finalSums(const Program &program, const RunSettings &settings = {}) {
  return program.run(settings).trace("V of T").row(29);
}

} // namespace

TEST_P(JoinedNeuron, PositionsAndSizesOfBothEnds) {
  Program program(network(threeToTwo, "connect all_to_all;  weight (10*pre.i + post.i + 100*pre.n + 1000*post.n) * 1 mV"),
                  precision());
  // Over sources 0, 1, 2: 30 + 3 j + 300 * 3 + 2000 * 3.
  EXPECT_EQ(finalSums(program), (std::vector<double>{6930, 6933}));
}

TEST_P(JoinedNeuron, ParametersInitialValuesAndWhatTheyAreMadeOf) {
  Program program(network("population S = Once[3] { x = i / n }\n population T = Sum[2] { x = 10 * i }",
                          "connect all_to_all;  weight (pre.gain + pre.y + pre.z + 12*pre.x + post.x) * 1 mV"),
                  precision());
  // gain 2, y = 2 * 2 + 1 = 5, z = 15, 12 x = 0, 4, 8.
  EXPECT_EQ(finalSums(program), (std::vector<double>{78, 108}));
  // A parameter that is set without compiling again counts here too: gain 3, y 7, z 21.
  RunSettings more;
  more.settings["S.gain"] = 3;
  EXPECT_EQ(finalSums(program, more), (std::vector<double>{105, 135}));
}

TEST_P(JoinedNeuron, DrawnValuesAreThoseTheNeuronHas) {
  for (const char *end : {"pre", "post"}) {
    Program program(network("population S = Once[200] { let r ~ uniform(0, 1)\n x = r * r }\n"
                            " population T = Sum[200] { x ~ normal(5, 1) at least 3 }",
                            "connect one_to_one;  weight " + std::string(end) + ".x * 1 mV"),
                    precision());
    const Result one = program.run();
    std::vector<double> expected = one.trace(end == std::string("pre") ? "x of S" : "x of T").row(29);
    std::vector<double> sums = one.trace("V of T").row(29);
    ASSERT_EQ(sums.size(), expected.size());
    for (size_t i = 0; i < sums.size(); ++i)
      EXPECT_EQ(sums[i], expected[i]) << end << " " << i;
    // They do not depend on who builds the synapse.
    RunSettings many;
    many.workers = 3;
    EXPECT_EQ(finalSums(program, many), sums);
  }
}

TEST_P(JoinedNeuron, DelaysDependOnThemToo) {
  Program program(network(threeToTwo, "connect all_to_all;  weight 1 mV;  delay if pre.i < 2 then 1 ms else 2 ms"), precision());
  const Result result = program.run();
  const Trace &V = result.trace("V of T");
  EXPECT_EQ(V.at(9), 0);
  EXPECT_EQ(V.at(10), 2);
  EXPECT_EQ(V.at(19), 2);
  EXPECT_EQ(V.at(20), 3);
}

TEST_P(JoinedNeuron, ALetOfTheProjectionIsDrawnOnceForEachConnection) {
  Program program(network(threeToTwo, "let r ~ uniform(0, 1)\n connect all_to_all\n weight (r - r + pre.i) * 1 mV"), precision());
  EXPECT_EQ(finalSums(program), (std::vector<double>{3, 3}));
}

INSTANTIATE_TEST_SUITE_P(Models, JoinedNeuron, bothPrecisions(), precisionName);
