// Networks in networks.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;
using test::expectOnly;

/// A network `Whole` with the parts of `body`, made of a network `Column`.
static std::string whole(const std::string &body, const std::string &experiment = "") {
  return "neuron Cell {\n state V = 0 mV\n input I: current\n V' = -V / 1 ms + I / 1 pF\n spike when V > 1 mV\n}\n"
         "network Column {\n const size = 10\n const rich = false\n param g = 1 fC\n index layer = up, low\n"
         " for a in layer { population P[a] = Cell[2 * size] }\n population N = Cell[size]\n group H = N[:1]\n"
         " if rich { population Extra = Cell[1] }\n"
         " project N -> P[up].I as Feed { connect all_to_all; weight g }\n}\n"
         "network Whole {\n" +
         body + "\n}\n" + experiment;
}

static void rejects(const std::string &body, const char *code, const char *message) {
  SCOPED_TRACE(body);
  std::string text = whole(body);
  expectOnly({text.c_str(), code, message});
}

static std::string printed(const std::string &body, const std::string &experiment = "") {
  CheckedText checked(whole(body, experiment));
  EXPECT_EQ(checked.diagnostics.errorCount(), 0u) << body << "\n" << checked.rendered();
  std::string text = checked.printed();
  size_t begin = text.find("network Whole");
  return begin == std::string::npos ? text : text.substr(begin);
}

static void expectPrints(const std::string &body, const std::string &expected, const std::string &experiment = "") {
  std::string text = printed(body, experiment);
  EXPECT_NE(text.find(expected), std::string::npos) << "expected: " << expected << "\n" << text;
}

TEST(CheckParts, APartBringsWhatItsNetworkDeclares) {
  expectPrints("part V1 = Column", "  population V1.P[up] = Cell[20]\n  population V1.P[low] = Cell[20]\n"
                                   "  population V1.N = Cell[10]\n  group V1.H = V1.N[0:1]\n"
                                   "  project V1.N -> V1.P[up].I as \"V1.Feed\"\n");
}

TEST(CheckParts, ConstantsAndParametersAreGiven) {
  expectPrints("part V1 = Column(size = 3)\n part V2 = Column(rich = true)",
               "population V1.N = Cell[3]\n  population V2.P[up] = Cell[20]");
  expectPrints("part V2 = Column(rich = true)", "population V2.Extra = Cell[1]\n");
  expectPrints("part V1 = Column(g = 5 fC)\n part V2 = Column", "param V1.g = 5\n  param V2.g = 1\n");
  // One that is made of the whole's follows it.
  std::string text = printed("param h = 2 fC\n part V1 = Column(g = 3*h)");
  EXPECT_EQ(text.find("param V1.g"), std::string::npos) << text;
  EXPECT_NE(text.find("weight 3 * h"), std::string::npos) << text;
}

TEST(CheckParts, WhatIsGivenIsThereAndFits) {
  rejects("part V1 = Column(<<siez>> = 3)", "N4",
          "network `Column` has no `param` or `const` called `siez`, did you mean `size`?");
  rejects("part V1 = Column(g = <<3 mV>>)", "U2", "`g` is a charge, but `3 mV` is a voltage");
  rejects("param k = 3\n part V1 = Column(size = <<k>>)", "C9",
          "`size` is a `const`, so it cannot depend on a `param`");
  rejects("part V1 = Column(size = 3, <<size>> = 4)", "N2", "given twice");
  rejects("part V1 = Column(<<3>>)", "N7", "has a name");
  rejects("part V1 = <<Colum>>", "N5", "unknown network `Colum`, did you mean `Column`?");
  rejects("part V1 = <<Whole>>", "N6", "network `Whole` is part of itself");
}

TEST(CheckParts, DoublingAtEveryLevelIsALimit) {
  std::string text = "network N0 { population P = LIF[1] }\n";
  for (int i = 1; i < 40; ++i)
    text += "network N" + std::to_string(i) + " { part a = N" + std::to_string(i - 1) + "; part b = N" +
            std::to_string(i - 1) + " }\n";
  CheckedText checked(text);
  ASSERT_GE(checked.diagnostics.errorCount(), 1u);
  EXPECT_NE(checked.rendered().find("more than 10000 parts"), std::string::npos);
}

TEST(CheckParts, MembersOfPartsAreNamed) {
  expectPrints(
      "part V1 = Column\n part V2 = Column\n project V1.P[low] -> V2.N[:4].I { connect all_to_all; weight 1 fC }",
      "project V1.P[low] -> V2.N[0:4].I as \"V1.P[low] -> V2.N[:4].I\"\n");
  rejects("part V1 = Column\n group G = V1.<<M>>", "N5", "unknown population or group `M`");
  rejects("part V1 = Column\n group G = <<V1>>", "C12", "`V1` is a network; a population of it is named as in `V1.N`");
  rejects("part V1 = Column\n group G = <<V1.P>>", "C12", "`P` is a family of 2");
}

TEST(CheckParts, PartsComeInFamiliesToo) {
  expectPrints(
      "index area = a1, a2\n table scale[area] = [1 2]\n for a in area { part C[a] = Column(size = scale[a]) }\n"
      " project C[a1].N -> C[a2].P[low].I { connect all_to_all; weight 1 fC }",
      "project C[a1].N -> C[a2].P[low].I as \"C[a1].N -> C[a2].P[low].I\"\n");
  expectPrints(
      "index area = a1, a2\n table scale[area] = [1 2]\n for a in area { part C[a] = Column(size = scale[a]) }",
      "population C[a2].N = Cell[2]\n");
}

TEST(CheckParts, ExperimentsReachIntoParts) {
  std::string experiment = "simulate Whole { duration 1 s; V1.N.I = 1 pA; record spikes of V1.P; record V of V1.H }";
  std::string text = printed("part V1 = Column", experiment);
  EXPECT_NE(text.find("V1.N.I = 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("record spikes of V1.P[low]\n"), std::string::npos) << text;
  EXPECT_NE(text.find("record V of V1.N[0:1]\n"), std::string::npos) << text;
}
