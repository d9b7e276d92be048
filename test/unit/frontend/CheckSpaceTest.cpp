// Places of neurons, what depends on them, the contacts of other projections, and data from files.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;
using test::expectOnly;

static std::string network(const std::string &body) {
  return "neuron Cell {\n state V = 0 mV\n param tau = 1 ms\n param at = 0 um\n input I: current\n"
         " V' = (at - at)/(1 ms)*(1 mV/um) - V/tau + I*(1 ohm)/tau\n spike when V > 1 mV\n}\n"
         "network A {\n" +
         body + "\n}\n";
}

static void rejects(const std::string &body, const char *code, const char *message) {
  SCOPED_TRACE(body);
  std::string text = network(body);
  expectOnly({text.c_str(), code, message});
}

static void expectPrints(const std::string &body, const std::string &expected) {
  CheckedText checked(network(body));
  EXPECT_EQ(checked.diagnostics.errorCount(), 0u) << body << "\n" << checked.rendered();
  std::string printed = checked.printed();
  EXPECT_NE(printed.find(expected), std::string::npos) << "expected: " << expected << "\n" << printed;
}

static const std::string sheet = "population P = Cell[12] { position in grid(4, 3, 50 um) periodic }\n";

TEST(CheckSpace, LayoutsFitTheirPopulation) {
  rejects("population P = Cell[10] { position in <<grid(4, 3, 50 um)>> }", "C13", "the grid has 12 sites, but there are 10 neurons");
  rejects("population P = Cell[12] { position in <<gird>>(4, 3, 50 um) }", "C13", "did you mean `grid`?");
  rejects("population P = Cell[12] { position in <<grid(12)>> }", "C13", "is written `grid(64, 64, 50 um)`");
  rejects("population P = Cell[12] { position in grid(12, <<50 ms>>) }", "U2", "the spacing of a grid is a length, but `50 ms` is a time");
  rejects("population P = Cell[12] { position in ring(<<-1 mm>>) }", "C13", "the length of a ring is positive");
  rejects("population P = Cell[12] { position ~ <<uniform_disk>>(1 mm) }", "C13", "did you mean `uniform_disc`?");
  rejects("population P = Cell[12] { position ~ uniform_disc(1 mm) <<periodic>> }", "C13", "no opposite sides");
  rejects("population P = Cell[12] { position = <<[1 um, 2 um, 3 um, 4 um]>> }", "C13", "one to three coordinates");
  rejects("population P = Cell[12] { position = [load(\"x.npy\")] <<periodic>> }", "C13", "has an extent");
  rejects("population P = Cell[12] { position = [<<i * 1 ms>>] }", "U2", "a coordinate is a length");
  rejects("population P = Cell[12] { position in ring(1 mm);  <<position in ring(2 mm)>> }", "N2", "given twice");
}

TEST(CheckSpace, OnlyNeuronsWithAPlaceHaveOne) {
  rejects("population P = Cell[12] { at = <<position>> }", "C13", "`P` has no positions");
  rejects(sheet + "population Q = Cell[12] { at = <<position.x>> }", "C13", "`Q` has no positions");
}

TEST(CheckSpace, CoordinatesHaveNames) {
  rejects("population P = Cell[12] { position in grid(4, 3, 50 um);  at = <<position>> }", "C13",
          "a position of `P` has 2 coordinates, `position.x` and `position.y`");
  rejects("population P = Cell[12] { position in grid(4, 3, 50 um);  at = <<position.z>> }", "C13", "has 2 coordinates");
  rejects(sheet + "project P -> P.V { connect all_to_all; weight 1 mV * (<<pre.position>> / (1 um)) }", "C13", "has 2 coordinates");
  expectPrints("population P = Cell[12] { position in ring(1 mm);  at = position }", "at = i / n * 1000");
}

TEST(CheckSpace, DistancesAreBetweenNeuronsInOneSpace) {
  rejects(sheet + "population Q = Cell[5]\nproject P -> Q.V { connect where <<distance>> < 1 mm; weight 1 mV }", "C13",
          "`Q` has no positions");
  rejects(sheet + "population Q = Cell[5] { position in ring(1 mm) }\nproject P -> Q.V { connect where <<distance>> < 1 mm; weight 1 mV }",
          "C13", "there is no distance between `P` (2 coordinates, periodic) and `Q` (1 coordinate, periodic)");
  rejects("population P = Cell[12] { at = <<distance>> }", "C13", "so it stands in a projection");
}

TEST(CheckSpace, ProbabilitiesMayLookAtBothNeurons) {
  expectPrints(sheet + "project P -> P.V { connect bernoulli(0.5 * gaussian(distance, 100 um)); weight 1 mV }", "connect bernoulli(0.5 * exp(");
  expectPrints(sheet + "project P -> P.V { connect where pre.i != post.i; weight 1 mV }", "connect bernoulli(if pre.i != post.i then 1 else 0)");
  rejects(sheet + "project P -> P.V { connect where <<distance>>; weight 1 mV }", "U4", "a condition is needed here");
  rejects(sheet + "project P -> P.V { connect bernoulli(<<distance>>); weight 1 mV }", "U2", "a probability is a number");
  rejects(sheet + "project P -> P.V { connect fixed_indegree(<<distance>>); weight 1 mV }", "C2", "only `bernoulli` and `where`");
  rejects(sheet + "project P -> P.V { connect bernoulli(<<gaussian(distance, 1 ms)>>); weight 1 mV }", "U1", "is a length, but `1 ms` is a time");
}

TEST(CheckSpace, ContactsOfAnotherProjection) {
  const std::string two = "population P = Cell[12]\npopulation Q = Cell[12]\n";
  expectPrints(two + "project P -> Q.V { connect like W; weight 1 mV }\nproject P -> Q.V as W { connect bernoulli(0.1); weight 1 mV }",
               "connect bernoulli(0.1) like \"W\"");
  rejects(two + "project P -> Q.V as W { connect bernoulli(0.1); weight 1 mV }\nproject Q -> P.V { connect <<like W>>; weight 1 mV }",
          "C14", "`W` joins other sources than this projection");
  rejects(two + "project P -> Q.V { connect like <<P>>; weight 1 mV }", "C14", "`P` is not the name of a projection");
  rejects(two + "project P -> Q.V as W { connect bernoulli(0.1); weight 1 mV }\nproject P -> Q.V as X { connect like W; weight 1 mV }\n"
                "project P -> Q.V { connect like <<X>>; weight 1 mV }",
          "C14", "`X` has the contacts of another projection itself");
}

TEST(CheckSpace, DataGiveValuesWhenTheNetworkIsBuilt) {
  expectPrints("population P = Cell[12] { tau = load(\"t.npz\", \"tau\") }", "tau = load(\"t.npz\", \"tau\") in ms");
  rejects("population P = Cell[<<load(\"n.npy\")>>]", "C15", "there is none of these here");
  rejects("population P = Cell[12] { tau = load(<<\"t.csv\">>) }", "C15", "reads `.npy`, `.npz`, `.h5` and `.hdf5` files");
  rejects("population P = Cell[12] { tau = load(\"t.npy\", <<\"tau\">>) }", "C15", "it has no data sets");
  rejects("population P = Cell[12] { tau = load(<<3>>) }", "C15", "`load` takes texts");
  rejects("population P = Cell[12] { tau = <<load()>> }", "C15", "`load` takes a file");
  rejects("population P = Cell[12] { tau = load(\"t.npy\", <<every>> = 1 ms) }", "C15", "`every` is said of data that an experiment drives");
  rejects("population P = Cell[12]\nproject P -> P.V { connect bernoulli(<<load(\"p.npy\")>>); weight 1 mV }", "C15",
          "there is none of these here");
}

TEST(CheckSpace, ProceduralContactsAreDrawnBySource) {
  const std::string one = "population P = Cell[12]\n";
  expectPrints(one + "project P -> P.V { connect bernoulli(0.1, procedural = true); weight 1 mV }", "connect bernoulli(0.1) procedural");
  rejects(one + "project P -> P.V { connect fixed_total(10, <<procedural>> = true); weight 1 mV }", "C16",
          "`fixed_total` draws the sources of every target");
  rejects(one + "project P -> P.V { connect pairs(load(\"e.npy\"), <<procedural>> = true); weight 1 mV }", "C16",
          "reads its contacts from a file");
  rejects(one + "project P -> P.V { connect bernoulli(0.1, procedural = true); weight 1 mV; delay ~ <<uniform(1 ms, 2 ms)>> }", "C16",
          "have one delay for all");
}

TEST(CheckIndexSets, SeveralStandOnOneLine) {
  expectPrints("index layer = L4, L5;  kind = E, I\nfor a in layer, b in kind { population P[a, b] = Cell[3] }", "population P[L5, I] = Cell[3]");
}

TEST(CheckIndexSets, OneThatIsMisspeltIsToldOnce) {
  rejects("index layr = L4, L5\nfor a in <<layer>> { population P[a] = Cell[3] }\nfor a in layer { population Q[a] = Cell[3] }", "N9",
          "unknown index set `layer`, did you mean `layr`?");
}

TEST(CheckIndexSets, AMisspeltDeclarationIsToldOnce) {
  rejects("index layer = L4, L5\nparam weigth = 1 mV\nfor a in layer { population P[a] = Cell[3] }\n"
          "for a in layer { project P[a] -> P[a].V { connect all_to_all; weight <<weight_0>> }\n project P[a] -> P[a].V { connect all_to_all; weight weight_0 } }",
          "N1", "unknown name `weight_0`");
}
