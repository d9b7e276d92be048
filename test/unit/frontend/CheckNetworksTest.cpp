// Networks: populations, groups, projections, and how the parts of a projection find together.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;
using test::expectOnly;

/// A network with two populations of a cell that has a current port and a conductance port.
static std::string network(const std::string &body) {
  return "neuron Cell {\n state V = 0 mV\n param tau = 1 ms\n param C = 1 pF\n input I: current\n input G: "
         "conductance\n"
         " V' = (I - G*V)/C\n spike when V > 1 mV\n refractory tau holding V\n}\n"
         "network A {\n population P = Cell[10]\n population Q = Cell[4]\n population S = Poisson[3]\n" +
         body + "\n}\n";
}

static void rejects(const std::string &body, const char *code, const char *message) {
  SCOPED_TRACE(body);
  std::string text = network(body);
  expectOnly({text.c_str(), code, message});
}

static std::string accepts(const std::string &body) {
  CheckedText checked(network(body));
  EXPECT_EQ(checked.diagnostics.errorCount(), 0u) << body << "\n" << checked.rendered();
  return checked.printed();
}

static void expectPrints(const std::string &body, const std::string &expected) {
  std::string printed = accepts(body);
  EXPECT_NE(printed.find(expected), std::string::npos) << "expected: " << expected << "\n" << printed;
}

TEST(CheckNetworks, SizesAreWholeNumbers) {
  rejects("population R = Cell[<<0>>]", "C1", "at least one neuron");
  rejects("population R = Cell[<<2.5>>]", "C1", "must be a whole number from 0 to 2^53, not `2.5`");
  rejects("population R = Cell[<<-3>>]", "C1", "whole number");
  rejects("population R = Cell[<<1e20>>]", "C1", "whole number");
  rejects("population R = Cell[<<3 mV>>]", "U2", "the size of a population is a number, but `3 mV` is a voltage");
  expectPrints("const k = 3\n population R = Cell[2*k + 1]", "population R = Cell[7]");
}

TEST(CheckNetworks, SlicesStayInRange) {
  rejects("group G = P[<<:11>>]", "C1", "`P` has 10 neurons, so index 10 is out of range");
  rejects("group G = P[<<10>>]", "C1", "`P` has 10 neurons, so index 10 is out of range");
  rejects("group G = P[<<5:5>>]", "C1", "the slice is empty");
  rejects("group G = P[<<7:5>>]", "C1", "ends before it begins");
  rejects("group G = P[4:]\n group H = G[<<:7>>]", "C1", "`G` has 6 neurons");
  expectPrints("group G = P[4:]\n group H = G[1:3]\n group J = P[3]", "group H = P[5:7]\n  group J = P[3:4]");
}

TEST(CheckNetworks, EveryRuleIsKnown) {
  expectPrints("project S -> P.I { connect all_to_all; weight 1 pA*ms }", "connect all_to_all\n");
  expectPrints("project S -> P.I { connect all_to_all(autapses = false); weight 1 fC }",
               "connect all_to_all without autapses\n");
  expectPrints("project P -> P.I { connect one_to_one; weight 1 fC }", "connect one_to_one\n");
  expectPrints("project S -> P.I { connect bernoulli(0.25); weight 1 fC }", "connect bernoulli(0.25)\n");
  expectPrints("project S -> P.I { connect fixed_indegree(3, multapses = false); weight 1 fC }",
               "connect fixed_indegree(3) without multapses\n");
  expectPrints("project P -> Q.I { connect fixed_outdegree(2*2, autapses = false, multapses = true); weight 1 fC }",
               "connect fixed_outdegree(4) without autapses\n");
  expectPrints("project P -> Q.I { connect fixed_total(12.4); weight 1 fC }", "connect fixed_total(12)\n");
  expectPrints("project P -> Q.I { connect pairs(load(\"edges.npy\")); weight 1 fC }",
               "connect pairs(\"edges.npy\")\n");
}

TEST(CheckNetworks, RulesCanBeMet) {
  rejects("project P -> Q.I { connect <<one_to_one>>; weight 1 fC }", "C3", "these have 10 and 4 neurons");
  rejects("project P -> Q.I { connect bernoulli(<<1.5>>); weight 1 fC }", "C3",
          "a probability lies between 0 and 1, not `1.5`");
  rejects("const k = 2\n project P -> Q.I { connect bernoulli(<<k/1>>); weight 1 fC }", "C3",
          "between 0 and 1, but `k/1` is 2");
  rejects("project P -> Q.I { connect bernoulli(<<-0.5>>); weight 1 fC }", "C3", "a probability lies between 0 and 1");
  rejects("project P -> Q.I { connect fixed_indegree(<<2.5>>); weight 1 fC }", "C3", "an indegree is a whole number");
  rejects("project P -> Q.I { connect fixed_total(<<-1>>); weight 1 fC }", "C3", "cannot be negative");
  rejects("project P -> Q.I { connect fixed_indegree(<<11>>, multapses = false); weight 1 fC }", "C3",
          "there are only 10 sources to choose 11 from without `multapses`");
  rejects("project P -> P.I { connect fixed_outdegree(<<10>>, autapses = false, multapses = false); weight 1 fC }",
          "C3", "there are only 9 targets to choose 10 from");
  rejects("project P[:1] -> P[:1].I { connect fixed_indegree(<<1>>, autapses = false); weight 1 fC }", "C3",
          "only 0 sources");
  rejects("project P -> Q.I { connect fixed_total(<<41>>, multapses = false); weight 1 fC }", "C3", "only 40 pairs");
  accepts("project P -> Q.I { connect fixed_indegree(1000); weight 1 fC }");
}

TEST(CheckNetworks, ConnectClausesAreWellFormed) {
  rejects("project P -> Q.I { connect <<bernouli>>(0.1); weight 1 fC }", "C2",
          "unknown connection rule `bernouli`, did you mean `bernoulli`?");
  rejects("project P -> Q.I { connect <<bernoulli>>; weight 1 fC }", "C2", "`bernoulli` needs its probability");
  rejects("project P -> Q.I { connect <<fixed_indegree(autapses = false)>>; weight 1 fC }", "C2",
          "`fixed_indegree` needs its indegree");
  rejects("project P -> Q.I { connect bernoulli(0.1, <<0.2>>); weight 1 fC }", "C2",
          "`bernoulli` takes one probability");
  rejects("project P -> Q.I { connect all_to_all(<<3>>); weight 1 fC }", "C2", "`all_to_all` takes no number");
  rejects("project P -> Q.I { connect bernoulli(0.1, <<multapses>> = false); weight 1 fC }", "C2",
          "`bernoulli` has no option `multapses`");
  rejects("project P -> Q.I { connect fixed_total(9, <<autapse>> = false); weight 1 fC }", "C2",
          "did you mean `autapses`?");
  rejects("project P -> Q.I { connect fixed_total(9, autapses = <<3>>); weight 1 fC }", "U4",
          "a condition is needed here");
  rejects("project P -> Q.I { connect pairs(<<\"edges.npy\">>); weight 1 fC }", "C2", "`pairs` takes a file");
  rejects("project P -> Q.I { connect fixed_indegree(<<pre.i>>); weight 1 fC }", "C2",
          "the indegree is one number for all; only `bernoulli` and `where` look at the joined neurons");
}

TEST(CheckNetworks, ClausesAreThere) {
  rejects("project <<P>> -> Q.I { weight 1 fC }", "C4", "needs a `connect` clause");
  rejects("project <<P>> -> Q.I { connect all_to_all }", "C4", "the projection needs a `weight` clause");
  rejects("project Poisson(rate = 8 Hz) -> Q.I { <<connect all_to_all>>; weight 1 fC }", "C2",
          "so there is no `connect`");
}

TEST(CheckNetworks, TheOnlyFittingPortIsTaken) {
  expectPrints("project S -> P { connect all_to_all; weight 1 nS; synapse Expon }", "project S -> P.G");
  expectPrints("project S -> P { connect all_to_all; weight 1 nS; synapse Expon; output COBA }", "project S -> P.I");
  expectPrints("project S -> P { connect all_to_all; weight 1 pA; synapse Expon }", "project S -> P.I");
  expectPrints("project S -> P { connect all_to_all; weight 1 nS*ms }", "project S -> P.G");
  expectPrints("project S -> P { connect all_to_all; weight 1 mV }", "project S -> P.V");
  expectPrints("project S -> P.V { connect all_to_all; weight 1 mV }", "project S -> P.V");
  rejects("project S -> <<P>> { connect all_to_all; weight 0; synapse Expon }", "C5",
          "several targets in `Cell` fit, write one of `P.I`, `P.G`");
  rejects("project S -> <<P>> { connect all_to_all; weight 1 ms; synapse Expon }", "C6",
          "no port of `Cell` fits a weight that is a time");
  rejects("project S -> P.<<J>> { connect all_to_all; weight 1 pA; synapse Expon }", "C5",
          "`Cell` has no port or state `J`");
  rejects("project S -> P.<<tau>> { connect all_to_all; weight 1 ms }", "C5", "`Cell` has no port or state `tau`");
  rejects("project S -> P.<<V>> { connect all_to_all; weight 1 mV; synapse Expon }", "C5",
          "events add to it directly, without `synapse`");
}

TEST(CheckNetworks, WeightsFitTheirTarget) {
  rejects("project S -> P.I { connect all_to_all; weight <<1 mV>>; synapse Expon }", "C6",
          "the weight must be a current for the port `I` of `Cell`, a current, through `Expon`, but it is a voltage");
  rejects("project S -> P.I { connect all_to_all; weight <<1 pA>>; synapse Expon; output COBA }", "C6",
          "the weight must be a conductance for the port `I` of `Cell`, a current, through `Expon` and `COBA`, but it "
          "is a current");
  rejects("project S -> P.I { connect all_to_all; weight <<1 pA>> }", "C6", "the weight must be a charge");
  rejects("project S -> P.V { connect all_to_all; weight <<1 pA>> }", "C6",
          "the weight must be a voltage for the state `V`");
  rejects("project S -> P.I { connect all_to_all; weight ~ <<normal(1 mV, 2 mV)>>; synapse Expon }", "C6",
          "but it is a voltage");
  accepts("project S -> P.I { connect all_to_all; weight 0; synapse Expon }");
  expectPrints("project S -> P { connect all_to_all; weight 1 nA; synapse Alpha(tau = 3 ms, g = 2 pA) }", "g = 2\n");
  rejects("project S -> P { connect all_to_all; weight 1 nA; synapse Alpha(g = <<2 nS>>) }", "U2",
          "`g` is a current, but `2 nS` is a conductance");
}

TEST(CheckNetworks, SynapsesMayHaveNoWeight) {
  std::string graded = "synapse Graded { pre V: voltage\n output V * 1 nS }\n";
  std::string text = graded + network("project P -> Q.I { connect all_to_all; synapse Graded }");
  CheckedText checked(text);
  EXPECT_EQ(checked.diagnostics.errorCount(), 0u) << checked.rendered();
  text = graded + network("project P -> Q.I { connect all_to_all; synapse Graded\n <<weight 3 nS>> }");
  expectOnly({text.c_str(), "C4", "synapse `Graded` has no weight"});
  text = graded + network("project S -> Q.I { connect all_to_all; synapse <<Graded>> }");
  expectOnly({text.c_str(), "C7", "`Graded` reads `V` of the source, but `Poisson` has no variable of that name"});
}

TEST(CheckNetworks, JoinedNeuronsHaveWhatIsRead) {
  std::string text = "neuron Odd { state V = 1\n V' = -V/1 ms\n input I: current }\n" +
                     network("population O = Odd[1]\n project S -> O.I { connect all_to_all; weight 1 nS; synapse "
                             "Expon; output <<COBA>> }");
  expectOnly({text.c_str(), "C7", "`COBA` reads `V` of the target, a voltage, but in `Odd` it is a number"});
  text = "neuron Silent { state V = 0 mV\n V' = -V/1 ms }\n" +
         network("population O = Silent[1]\n project <<O>> -> P.I { connect all_to_all; weight 1 pA; synapse Expon }");
  expectOnly({text.c_str(), "C7", "`O` never spikes: `Silent` has no `spike`"});
}

TEST(CheckNetworks, WeightsAndDelaysMayDependOnTheJoinedNeurons) {
  expectPrints("project P -> Q.I { connect all_to_all; weight if pre.i < post.i then 1 pA else 2 pA * pre.V/1 mV; "
               "synapse Expon\n"
               " delay 1 ms + 0.1 ms * post.i/post.n }",
               "weight if pre.i < post.i then 1 else 2 * pre.V / 1: current\n    delay 1 + 0.1 * post.i / post.n");
  rejects("project P -> Q.I { connect all_to_all; weight 1 pA * <<i>>; synapse Expon }", "N1",
          "`i` is ambiguous between two neurons");
  rejects("project P -> Q.I { connect all_to_all; weight 1 pA * <<pre.X>>; synapse Expon }", "N4",
          "`Cell` has no parameter or state `X`");
  rejects("project P -> Q.I { connect all_to_all; weight 1 pA; synapse Expon; delay <<1 mV>> }", "U2",
          "a delay is a time, but `1 mV` is a voltage");
  rejects("project P -> Q.I { connect all_to_all; weight 1 pA; synapse Expon; delay <<-1 ms>> }", "C10",
          "a delay cannot be negative");
  expectPrints("project P -> Q.I { let r ~ uniform(0, 1)\n connect all_to_all; weight r * 1 pA; synapse Expon; delay 1 "
               "ms + r * 1 ms }",
               "weight ~uniform#0(0, 1) * 1: current\n    delay 1 + ~uniform#0(0, 1) * 1");
}

TEST(CheckNetworks, SourcesMayBeModels) {
  CheckedText checked(network("project Poisson(rate = 8 Hz) -> P[2:6].I as Noise { weight 1 pA; synapse Expon }\n"
                              " project Poisson -> Q.I { weight 1 pA; synapse Expon }"));
  ASSERT_TRUE(checked.model()) << checked.rendered();
  const model::Network &a = *checked.model()->networks[0];
  ASSERT_EQ(a.populations.size(), 5u);
  EXPECT_TRUE(a.populations[3]->anonymous);
  EXPECT_EQ(a.populations[3]->size, 4u);
  EXPECT_EQ(a.populations[3]->model.settings[0].value->number, 0.008);
  EXPECT_EQ(a.populations[4]->size, 4u);
  EXPECT_EQ(a.projections[0]->name, "Noise");
  EXPECT_EQ(a.projections[0]->connect.rule, model::ConnectRule::OneToOne);
  EXPECT_EQ(a.projections[0]->source.population, a.populations[3].get());
  EXPECT_EQ(a.projections[1]->name, "Poisson -> Q.I");
}

TEST(CheckNetworks, SettingsSeeTheNetwork) {
  expectPrints("const k = 2\n let twice = k * 3 mV\n population R = Cell[10] { V = twice * i/n }", "V = 6 * i / n");
  expectPrints("population R = Cell[10] { let r ~ normal(1, 0.1)\n V = r * 1 mV\n tau = r^2 * 3 ms }",
               "V = ~normal#0(1, 0.1) * 1\n    tau = ~normal#0(1, 0.1) ^ 2 * 3");
  expectPrints(
      "population R = Cell[10] { V ~ truncated_normal(1 mV, 1 mV, 0, 2 mV) at least 0.5 mV keeping sign clip }",
      "V = ~truncated_normal#0(1, 1, 0, 2) at least 0.5 keeping sign clip");
}

TEST(CheckNetworks, LibraryCobaIsWrittenWithoutKinetics) {
  // An event through an output without kinetics is a pulse of the output's input.
  expectPrints("project S -> P.I { connect all_to_all; weight 1 nS*ms; output COBA }", "weight 1: ");
  rejects("project S -> P.I { connect all_to_all; weight <<1 nS>>; output COBA }", "C6", "but it is a conductance");
}

TEST(CheckNetworks, ElementsOfVectorsArePortsAndValues) {
  auto text = [](const std::string &body) {
    return "neuron V2 {\n param tau[2] = [1, 2] ms\n state x = 0\n input I[2]: current\n x' = (sum(I) / (1 pA) - x) / tau[0]\n}\n"
           "network N {\n const k = 1\n population S = Poisson[2]\n population P = V2[2]\n" + body + "\n}\n";
  };
  auto rejects = [&](const std::string &body, const char *code, const char *message) {
    SCOPED_TRACE(body);
    std::string source = text(body);
    expectOnly({source.c_str(), code, message});
  };
  const std::string clauses = " { connect all_to_all;  weight 1 pA;  synapse Alpha }";
  CheckedText good(text("project S -> P[:1].I[k] { connect all_to_all;  weight post.tau[1] / (1 ms) * 1 pA;  synapse Alpha }"));
  EXPECT_NE(good.printed().find("project S -> P[0:1].I[1]"), std::string::npos) << good.rendered() << good.printed();
  rejects("project S -> P.<<I>>" + clauses, "C5", "`I` of `V2` is a vector; a target is one of its elements, from `I[0]` to `I[1]`");
  rejects("project S -> <<P>>" + clauses, "C5", "several targets in `V2` fit, write one of `P.I[0]`, `P.I[1]`");
  rejects("project S -> P.<<I[2]>>" + clauses, "C5", "has no port or state `I[2]`");
  rejects("project S -> <<P.I[0:1]>>" + clauses, "M17", "is chosen by one number");
  rejects("project S -> P.I[0] { connect all_to_all;  weight <<post.tau[5]>> * 1 pA/ms;  synapse Alpha }", "N4", "has no parameter or state `tau[5]`");
  rejects("project S -> P.I[0] { connect all_to_all;  weight <<k[0]>> * 1 pA;  synapse Alpha }", "M17", "`k` is a single value and has no elements");
  rejects("project S -> P.I[0] { connect all_to_all;  weight <<sum(k)>> * 1 pA;  synapse Alpha }", "M17", "`k` is a single value, of which there is no sum");
}

TEST(CheckNetworks, WeightsAreScaledToASumOfTheirKind) {
  auto rejects = [](const std::string &clauses, const char *code, const char *message) {
    SCOPED_TRACE(clauses);
    std::string source = "network N {\n population P = LIF[9]\n project P -> P.I { synapse Alpha;  " + clauses + " }\n}\n";
    expectOnly({source.c_str(), code, message});
  };
  rejects("connect all_to_all;  weight 1 pA normalised per target to <<1 mV>>", "U2", "the sum of the weights is a current, but `1 mV` is a voltage");
  rejects("connect all_to_all;  weight 1 pA normalised per target to <<1 pA * pre.i>>", "C21", "the sum of the weights is one number for each target");
  rejects("connect bernoulli(0.1, procedural = true);  weight 1 pA normalised per target to <<1 pA>>", "C21", "to be scaled to a sum, weights are kept");
  rejects("connect all_to_all;  weight 1 pA normalised <<1>> pA", "P1", "expected `per target to`");
  expectOnly({"network N {\n population P = LIF[9]\n gap_junction P.I <-> P.I { connect all_to_all;  weight 1 nS normalised per target to <<1 nS>> }\n}\n", "C21",
              "the weight of a gap junction is that of both neurons"});
}
