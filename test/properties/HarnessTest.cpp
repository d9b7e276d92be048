// The tools of these tests can tell what they are there to tell.

#include "Alternatives.h"
#include "Differences.h"
#include "Generator.h"
#include "Shrink.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

using namespace snn::test;

TEST(PropertyHarness, WritesTheOtherWayOnlyWhereItIsCalledFor) {
  const std::string text =
      "a" + alternative("x", "1", "2") + "b" + alternative("y", "", ", c = d") + alternative("x", "3", "") + "e";
  EXPECT_TRUE(hasAlternative(text, "x"));
  EXPECT_FALSE(hasAlternative(text, "z"));
  EXPECT_EQ(written(text), "a1b3e");
  EXPECT_EQ(written(text, "x"), "a2be");
  EXPECT_EQ(written(text, "y"), "a1b, c = d3e");
}

TEST(PropertyHarness, LeavesOutWhatAFailureDoesNotNeed) {
  const std::string text = "a {\n    b\n    c {\n        d\n        e\n    }\n}\nf\ng { h }\ni\n";
  auto fails = [](const std::string &smaller) {
    if (smaller.find("a {") == std::string::npos)
      throw std::runtime_error("no program");
    return smaller.find("e\n") != std::string::npos && smaller.find("i\n") != std::string::npos;
  };
  EXPECT_EQ(shrink(text, fails), "a {\n    c {\n        e\n    }\n}\ni\n");
}

TEST(PropertyHarness, SeesWhatDiffers) {
  Result one;
  one.spikeRecords["spikes of N"] = {{3, 1}, {5, 0}};
  one.traces["V of N"] = {{0, 1}, 2, {-60, -50, -61, 1e-3}};
  Result other = one;
  EXPECT_EQ(firstDifference(one, other), "");
  other.traces["V of N"].values[2] += 1e-9;
  EXPECT_NE(firstDifference(one, other), "");
  EXPECT_EQ(firstDifference(one, other, 1e-9), "");
  EXPECT_NE(firstDifference(one, other, 1e-11), "");
  EXPECT_EQ(firstDifference(one, other, 1e-11, 1), "") << "after the end";
  other = one;
  other.spikeRecords["spikes of N"].pop_back();
  EXPECT_EQ(firstDifference(one, other), "spikes of N: neuron 0 in step 5 and none");
  EXPECT_EQ(firstOtherSpike(one, other), 5u);
  one.traces["V of N"].values[3] = 0.0 / 0.0;
  EXPECT_NE(firstDifference(one, one), "") << "not finite";
}

TEST(PropertyHarness, GeneratesTheSameForASeedAndOtherThingsForOthers) {
  std::set<std::string> programs;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_EQ(generateProgram(seed), generateProgram(seed));
    programs.insert(generateProgram(seed));
  }
  EXPECT_EQ(programs.size(), 50u);
}
