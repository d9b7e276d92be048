// Index sets, tables, `for` and `if`: what is written once becomes what would have been written many times.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;
using test::expectOnly;

/// A network over the layers of a column, with a family of populations `P` unless `body` declares it.
static std::string network(const std::string &body, const std::string &experiment = "") {
  return "neuron Cell {\n state V = 0 mV\n param tau = 1 ms\n input I: current\n V' = -V/tau + I / 1 pF\n"
         " spike when V > 1 mV\n}\n"
         "network A {\n index layer = up, mid, low\n index outer = up, low\n table size[layer] = [10 20 30]\n" +
         body + "\n}\n" + experiment;
}

static const std::string family = "for a in layer { population P[a] = Cell[size[a]] }\n";

static void rejects(const std::string &body, const char *code, const char *message) {
  SCOPED_TRACE(body);
  std::string text = network(body);
  expectOnly({text.c_str(), code, message});
}

static std::string printed(const std::string &body, const std::string &experiment = "") {
  CheckedText checked(network(body, experiment));
  EXPECT_EQ(checked.diagnostics.errorCount(), 0u) << body << "\n" << checked.rendered();
  return checked.printed();
}

static void expectPrints(const std::string &body, const std::string &expected, const std::string &experiment = "") {
  std::string text = printed(body, experiment);
  EXPECT_NE(text.find(expected), std::string::npos) << "expected: " << expected << "\n" << text;
}

/// Part of the printed network that begins with `what`.
static unsigned occurrences(const std::string &text, const std::string &what) {
  unsigned count = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++count;
  return count;
}

TEST(CheckFamilies, ForDeclaresAMemberForEachMember) {
  expectPrints(family,
               "  population P[up] = Cell[10]\n  population P[mid] = Cell[20]\n  population P[low] = Cell[30]\n");
  expectPrints("for a in outer { population P[a] = Cell[size[a]]; group G[a] = P[a][:5] }",
               "group G[up] = P[up][0:5]\n  group G[low] = P[low][0:5]\n");
}

TEST(CheckFamilies, TheSecondNameChangesFasterAndConditionsSelect) {
  std::string text = printed("for a in layer, b in layer if a != b { population P[a, b] = Cell[1] }");
  EXPECT_EQ(occurrences(text, "population P["), 6u) << text;
  EXPECT_LT(text.find("P[up, mid]"), text.find("P[up, low]"));
  EXPECT_LT(text.find("P[up, low]"), text.find("P[mid, up]"));
}

TEST(CheckFamilies, MembersOfOneFamilyMayBeDeclaredInSeveralPlacesAndModels) {
  expectPrints("population P[mid] = Poisson[3]\n for a in outer { population P[a] = Cell[2] }",
               "population P[mid] = Poisson[3]\n  population P[up] = Cell[2]\n");
  rejects(family + "population <<P>>[mid] = Cell[3]", "N2", "`P[mid]` is declared twice");
  rejects(family + "population <<P>> = Cell[3]", "N2", "`P` is declared twice");
  rejects(family + "population <<P>>[up, mid] = Cell[3]", "N2", "`P` is declared twice");
}

TEST(CheckFamilies, ForIsNestedAndSeesOuterNames) {
  expectPrints("for a in outer { for b in layer if b == a { population Q[a, b] = Cell[size[b]] } }",
               "population Q[up, up] = Cell[10]\n  population Q[low, low] = Cell[30]\n");
}

TEST(CheckFamilies, IfChoosesWhatThereIs) {
  expectPrints("const rich = true\n if rich { population P = Cell[1] } else { population P = Cell[2] }",
               "population P = Cell[1]\n");
  expectPrints("const k = 2\n if k == 1 { population P = Cell[1] } else if k == 2 { population P = Cell[2] }",
               "population P = Cell[2]\n");
  expectPrints("for a in layer { if a in outer { population P[a] = Cell[1] } else { population P[a] = Poisson[2] } }",
               "population P[mid] = Poisson[2]\n");
}

TEST(CheckFamilies, WhatThereIsDoesNotDependOnRunTimeValues) {
  rejects("param g = 1\n if <<g > 0>> { population P = Cell[1] }", "C9", "cannot depend on a `param`");
  rejects("param g = 1\n table p[a in layer] = g\n for a in layer if <<p[a] > 0>> { population P[a] = Cell[1] }", "C9",
          "cannot depend on a `param`");
  rejects("param g = 1\n table n[a in layer] = g * 4\n for a in layer { population P[a] = Cell[<<n[a]>>] }", "C9",
          "a `param` in the table may change then");
  rejects("param k = 1\n table n[a in layer] = 2 * k\n" + family +
              "project P[up] -> P[low] { connect fixed_indegree(<<n[up]>>); weight 1 fC }",
          "C9", "a `param` in the table may change then");
}

TEST(CheckFamilies, ParametersStayRunTimeValuesThroughTables) {
  expectPrints("param g = 4 pA\n table w[a in layer] = if a in outer then g else -2*g\n" + family +
                   "for a in layer { project P[a] -> P[a] { connect one_to_one; weight w[a] * 1 ms } }",
               "param g = 4\n");
  expectPrints("param g = 4 pA\n table w[a in layer] = if a in outer then g else -2*g\n" + family +
                   "for a in layer { project P[a] -> P[a] { connect one_to_one; weight w[a] * 1 ms } }",
               "weight (-2) * g * 1");
}

TEST(CheckFamilies, ProjectionsAreNamedByTheMembersTheyJoin) {
  std::string body =
      family + "for a in outer, b in layer { project P[b] -> P[a].I as W[a, b] { connect all_to_all; weight 1 fC } }\n"
               "for a in outer { project P[a] -> P[a][:5] { connect all_to_all; weight 1 fC } }\n"
               "for a in outer { project Poisson(rate = 8 Hz) -> P[a].I { weight 1 fC } }";
  expectPrints(body, "project P[low] -> P[up].I as \"W[up, low]\"\n");
  expectPrints(body, "project P[up] -> P[up][0:5].I as \"P[up] -> P[up][:5]\"\n");
  expectPrints(body, "population Poisson -> P[low].I = Poisson[30] private\n");
}

TEST(CheckFamilies, AFamilyStandsForAllItsMembersInExperiments) {
  std::string experiment =
      "simulate A { duration 1 s; P.I = 2 pA; P[up].I += 1 pA; record spikes of P; record V of P[mid][:2] }";
  std::string text = printed(family, experiment);
  EXPECT_EQ(occurrences(text, ".I = 2\n"), 3u) << text;
  EXPECT_NE(text.find("P[up].I += 1\n"), std::string::npos) << text;
  EXPECT_EQ(occurrences(text, "record spikes of P["), 3u) << text;
  EXPECT_NE(text.find("record V of P[mid][0:2]\n"), std::string::npos) << text;
}

TEST(CheckFamilies, ElsewhereOneMemberIsNeeded) {
  rejects(family + "project <<P>> -> P[up] { connect all_to_all; weight 1 fC }", "C12",
          "`P` is a family of 3, and one member is needed here, such as `P[up]`");
  rejects(family + "group G = P[<<:5>>]", "N9", "a slice");
  rejects(family + "group G = <<P[up, mid]>>", "C12", "is named by 1 index, not 2");
  rejects(family + "group G = P[<<lo>>]", "N9", "the family `P` has no member `lo`, did you mean `low`?");
  rejects("population P = Cell[4]\n group G = <<P[up, mid]>>", "C12", "`P` is not a family");
  rejects("for a in layer if a != mid { population P[a] = Cell[4] }\n group G = P[<<mid>>]", "N9",
          "the family `P` has no member `mid`");
}

TEST(CheckFamilies, TablesHaveANumberForEveryMember) {
  rejects(family + "table t[layer] = <<[1 2]>>", "C11",
          "`t` is a table over `layer`, so it has 3 numbers, but there are 2");
  rejects(family + "table t[outer, layer] = [\n 1 2 3\n <<4 5>>\n ]", "C11",
          "over `outer` and `layer`, so it has 2 x 3 numbers, but row 2 has 2");
  rejects(family + "table t[outer, layer] = <<[\n 1 2 3\n 4 5 6\n 7 8 9\n ]>>", "C11",
          "so it has 2 x 3 numbers, but there are 3 rows");
  expectPrints(family + "table t[outer, layer] = [1 2 3 4 5 6]\n let x = t[low, mid]\n population Q = Cell[x]",
               "Q = Cell[5]");
  expectPrints("table t[layer] = [1, -2, 2*2] mV\n for a in layer { population P[a] = Cell[1] { V = t[a] } }",
               "population P[low] = Cell[1]\n    V = 4\n");
}

TEST(CheckFamilies, TablesAreReadByMembers) {
  rejects(family + "population Q = Cell[size[<<lwo>>]]", "N9", "`lwo` is not a member of `layer`, did you mean `low`?");
  rejects(family + "population Q = Cell[<<size[up, low]>>]", "N9",
          "`size` is a table over `layer`, so it takes 1 index, not 2");
  rejects(family + "population Q = Cell[<<size>>]", "N9", "`size` is a table over `layer`: which of its entries?");
  rejects(family + "population Q = Cell[size[<<1>>]]", "N9", "not the name of a member");
  rejects(family + "table t[outer] = [1 2]\n for a in layer { group G[a] = P[a][:t[<<a>>]] }", "N9",
          "`mid` is not a member of `outer`");
  rejects(family + "for a in layer { group G[a] = P[a][:<<a>>] }", "N9",
          "`a` is a member of `layer`, which has no value");
}

TEST(CheckFamilies, TablesHaveOneDimension) {
  rejects(family + "table t[layer] = [1 mV, <<2 ms>>, 3 mV]", "U1",
          "is a time, but the first entry, `1 mV`, is a voltage");
  rejects(family + "table t[layer] = [1 ms, <<2 mV>>, 3 mV]", "U1", // one error, although it is the first that is wrong
          "is a voltage, but the first entry, `1 ms`, is a time");
  rejects("table t[layer] = [1 2 3] ms\n population P = Cell[<<t[up]>>]", "U2", "is a number, but `t[up]` is a time");
}

TEST(CheckFamilies, MembersAreCompared) {
  rejects(family + "table t[a in layer] = if <<a < mid>> then 1 else 2", "N9", "have no order");
  rejects(family + "table t[a in layer] = if a == <<mdi>> then 1 else 2", "N9",
          "`mdi` is not a member of `layer`, did you mean `mid`?");
  rejects(family + "table t[a in layer] = if a in <<inner>> then 1 else 2", "N9", "unknown index set `inner`");
  rejects("for a in <<layers>> { population P[a] = Cell[1] }", "N9",
          "unknown index set `layers`, did you mean `layer`?");
  // A branch that is not taken may read a table that does not have the member.
  expectPrints("table t[outer] = [7 8]\n for a in layer { population P[a] = Cell[if a in outer then t[a] else 1] }",
               "population P[mid] = Cell[1]\n  population P[low] = Cell[8]\n");
  expectPrints("table t[outer] = [7 8]\n for a in layer if a in outer and t[a] > 7 { population P[a] = Cell[1] }",
               "network A\n  population P[low] = Cell[1]\n");
}

TEST(CheckFamilies, SumsGoOverIndexSets) {
  expectPrints("population P = Cell[sum(size[a] for a in layer)]", "P = Cell[60]");
  expectPrints("population P = Cell[sum(size[a] * size[b] for a in outer, b in layer if a != b)]", "P = Cell[1400]");
  rejects("population P = Cell[<<max>>(size[a] for a in layer)]", "N8", "only `sum` takes a `for`");
}

TEST(CheckFamilies, AMistakeInAllCopiesIsReportedOnceAndSaysWhere) {
  std::string text = network("for a in layer, b in outer { population P[a, b] = Cell[1] { tau = 1 mV } }");
  CheckedText checked(text);
  ASSERT_EQ(checked.diagnostics.errorCount(), 1u) << checked.rendered();
  EXPECT_NE(checked.rendered().find("note: where `a` is `up`, `b` is `up`"), std::string::npos) << checked.rendered();
}

TEST(CheckFamilies, NothingFollowsFromAMistakeInASetOrATable) {
  rejects("index <<3>> = a, b\n for x in sets { population Q[x] = Cell[1] }\n group G = Q[a]", "P1", "expected");
  rejects("table t[layer] = <<[1 2]>>\n for a in layer { population Q[a] = Cell[t[a]] }\n group G = Q[up]", "C11",
          "3 numbers");
  rejects("table t[<<lyr>>] = [1 2]\n for a in layer { population Q[a] = Cell[t[a]] }\n group G = Q[up]", "N9",
          "unknown index set");
}

TEST(CheckFamilies, ATableIsNotDefinedInTermsOfItself) {
  rejects(family + "table <<t>>[a in layer] = t[a] + 1", "N6", "`t` is defined in terms of itself");
  expectPrints(family + "table t[a in layer] = if a == up then 1 else 2*t[up]\n population Q = Cell[t[low]]",
               "Q = Cell[2]");
}

TEST(CheckFamilies, ValuesStandInTheNetworkItself) {
  rejects("for a in layer { <<let>> x = 1; population P[a] = Cell[1] }", "P3", "a value for every member is a `table`");
}

TEST(CheckFamilies, ManyCopiesAreALimitAndNotAMemoryLeak) {
  std::string members;
  for (int i = 0; i < 1100; ++i)
    members += (i ? ", m" : "m") + std::to_string(i);
  std::string text = "neuron Cell { state V = 0 mV; V' = -V / 1 ms }\nnetwork A {\n index many = " + members +
                     "\n <<for a in many, b in many if a == b { population P[a, b] = Cell[1] }>>\n}\n";
  expectOnly({text.c_str(), "C1", "more than 1000000 combinations"});
}
