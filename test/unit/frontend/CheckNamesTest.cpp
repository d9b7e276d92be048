// Names: what they refer to, and what is said where they refer to nothing.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;
using test::expectOnly;

static const char *twoCells =
    "neuron Cell {\n state V = 0 mV\n input I: current\n param R = 1 Mohm\n param tau = 1 ms\n"
    " V' = (R*I - V)/tau\n spike when V > 1 mV\n}\n";

TEST(CheckNames, UnknownNamesHaveHints) {
  expectOnly({"neuron N { param tau_m = 5 ms\n state V = 1 mV\n V' = -V/<<tau_n>>\n let a = tau_m\n let b = a }", "N1",
              "unknown name `tau_n`, did you mean `tau_m`?"});
  expectOnly({"neuron N { state V = 1 mV\n V' = -V/<<xyzzy>> }", "N1", "unknown name `xyzzy`"});
  expectOnly({"neuron N { state V = 1 mV\n <<W>>' = 3 mV/ms }", "N1", "unknown state `W`"});
  expectOnly({"neuron N { state V = 1 mV\n V' = <<expo>>(-V/1 mV)*1 mV/ms }", "N8",
              "unknown function `expo`, did you mean `exp`?"});
}

TEST(CheckNames, AreDeclaredOnce) {
  expectOnly({"neuron N { state V = 1 mV\n state <<V>> = 2 mV\n V' = -V/1 ms }", "N2", "`V` is declared twice"});
  expectOnly({"neuron N { state V = 1 mV\n V' = -V/1 ms }\nsynapse <<N>> { weight w\n output w }", "N2",
              "`N` is declared twice"});
  expectOnly({"function f(x) = x\nfunction <<f>>(y) = 2*y\n", "N2", "function `f` is declared twice"});
  expectOnly({"network A { population P = Poisson[1]\n group <<P>> = P[:1] }", "N2", "`P` is declared twice"});
  expectOnly({"network A { population P = Poisson[1] }\nnetwork <<A>> { population P = Poisson[1] }", "N2",
              "network `A` is declared twice"});
  expectOnly(
      {"network A { population P = Poisson[1] { rate = 2 Hz; <<rate = 3 Hz>> } }", "N2", "`rate` is given twice"});
}

TEST(CheckNames, ModelsAreKnown) {
  expectOnly({"network A { population P = <<Poison>>[1] }", "N3", "unknown neuron `Poison`, did you mean `Poisson`?"});
  expectOnly({"network A { population P = <<Expon>>[1] }", "N3", "a neuron is needed here, and `Expon` is a synapse"});
  std::string text =
      std::string(twoCells) +
      "network A { population P = Cell[2]\n project P -> P { connect all_to_all; weight 1 pA; synapse <<Expo>> } }";
  expectOnly({text.c_str(), "N3", "unknown synapse `Expo`, did you mean `Expon`?"});
  text = std::string(twoCells) +
         "network A { population P = Cell[2]\n project P -> P { connect all_to_all; weight 1 pA; output <<Expon>> } }";
  expectOnly({text.c_str(), "N3", "an output is needed here, and `Expon` is a synapse"});
}

TEST(CheckNames, FileModelsHideTheLibrary) {
  CheckedText checked(
      "neuron Poisson { param rate = 3 Hz\n spike at rate rate }\nnetwork A { population P = Poisson[1] }");
  ASSERT_TRUE(checked.model()) << checked.rendered();
  ASSERT_EQ(checked.model()->definitions.size(), 1u);
  EXPECT_FALSE(checked.model()->definitions[0]->fromLibrary);
}

TEST(CheckNames, SettingsAreOfTheModel) {
  expectOnly({"network A { population P = LIF[1] { <<tu>> = 3 ms } }", "N4", "`LIF` has no parameter or state `tu`"});
  expectOnly({"network A { population P = LIF[1] { <<I>> = 3 nA } }", "N4", "is neither a parameter nor a state"});
  expectOnly(
      {"neuron N { const k = 2\n state V = 0\n V' = -V*k/1 ms }\nnetwork A { population P = N[1] { <<k>> = 3 } }", "N4",
       "`k` is a `const` of `N`"});
}

TEST(CheckNames, GroupsAreKnown) {
  expectOnly({"network A { population Pop = Poisson[1]\n group G = <<Popp>>[:1] }", "N5",
              "unknown population or group `Popp`, did you mean `Pop`?"});
  expectOnly({"network A { population P = Poisson[1] }\nsimulate <<B>> { duration 1 s }", "N5", "unknown network `B`"});
  expectOnly({"network A { population P = Poisson[1] }\nsimulate A { duration 1 s\n record spikes of <<Q>> }", "N5",
              "unknown population or group `Q`"});
}

TEST(CheckNames, NothingIsDefinedByItself) {
  expectOnly(
      {"neuron N { let <<a>> = b + 1\n let b = 2*a\n state V = 0\n V' = -a*V/1 ms }", "N6", "`a` needs `b` needs `a`"});
  expectOnly({"neuron N { state <<x>>: voltage = y\n state y: voltage = x\n x' = -y/1 ms\n y' = -x/1 ms }", "N6",
              "`x` is defined in terms of itself: `x` needs `y` needs `x`"});
  expectOnly({"neuron <<A>> = B\nneuron B = A\n", "N6", "`A` is derived from itself"});
  expectOnly({"network A { population P = Poisson[1]\n group <<G>> = H[:1]\n group H = G[:1] }", "N6",
              "group `G` is part of itself"});
  expectOnly({"network A { const <<a>> = b\n const b = a\n population P = Poisson[1] }", "N6",
              "`a` is defined in terms of itself"});
  expectOnly(
      {"function f(x) = <<f(x)>>\nneuron N { state V = 0\n V' = f(V)/1 ms }", "N6", "function `f` calls itself"});
  expectOnly({"neuron N { param a = 1\n state V: number = 2\n V' = -V*a/1 ms }\n"
              "network A { population P = <<N>>[1] { a = V\n V = a } }",
              "N6", "`a` needs `V` needs `a`"});
}

TEST(CheckNames, OrderOfDeclarationDoesNotMatter) {
  CheckedText checked(
      "simulate A { duration 10 ms }\n"
      "network A { group G = P[:k]\n population P = M[2*k]\n const k = l + 1\n const l = 1 }\n"
      "neuron M = N { tau = 2 ms }\n"
      "neuron N { V' = -rate*V\n let rate = f(1)/tau\n state V = V0\n param V0 = 1\n param tau = 1 ms }\n"
      "function f(x) = g(x) + 1\nfunction g(x) = 2*x\n");
  EXPECT_EQ(checked.rendered(), "");
  ASSERT_TRUE(checked.model());
  EXPECT_EQ(checked.model()->networks[0]->populations[0]->size, 4u);
  EXPECT_EQ(checked.model()->networks[0]->groups[0].end, 2u);
}

TEST(CheckNames, OwnNamesHideThoseOfTheSimulation) {
  CheckedText checked("neuron N { state n = 0.5\n state i = 0\n n' = -n*i/1 ms\n i' = n/1 ms }\n"
                      "network A { population P = N[10] { n = i/n } }");
  ASSERT_TRUE(checked.model()) << checked.rendered();
  std::string printed = checked.printed();
  EXPECT_NE(printed.find("n' = -n * i / 1"), std::string::npos) << printed;
  // In a setting the names of the simulation come first.
  const model::Expr &value = *checked.model()->networks[0]->populations[0]->model.settings[0].value;
  EXPECT_EQ(value.operands[0]->kind, model::Expr::Kind::Index);
  EXPECT_EQ(value.operands[1]->kind, model::Expr::Kind::Count);
}

TEST(CheckNames, FunctionsAreWrittenOut) {
  CheckedText checked("function gate(x, s) = 1 / (1 + exp(-x / s))\n"
                      "neuron N { state V = 0 mV\n V' = (gate(V + 20 mV, 5 mV) - V/1 mV) * 1 mV/ms }");
  EXPECT_NE(checked.printed().find("V' = (1 / (1 + exp(-(V + 20) / 5)) - V / 1) * 1"), std::string::npos)
      << checked.printed();
  expectOnly(
      {"function f(x, y) = x\nneuron N { state V = 0\n V' = <<f(V)>>/1 ms }", "N7", "`f` takes 2 arguments, not 1"});
  expectOnly({"neuron N { state V = 0\n V' = <<exp(V, 2)>>/1 ms }", "N7", "`exp` takes 1 argument, not 2"});
  expectOnly({"neuron N { state V = 0\n V' = <<max(V)>>/1 ms }", "N7", "`max` takes at least 2 arguments, not 1"});
  CheckedText wrong("function f(x) = x + 1 ms\nneuron N { state V = 0 mV\n V' = f(V)/1 ms }");
  EXPECT_EQ(wrong.rendered(), "test.snn:1:17: error[U1]: `x` is a voltage, but `1 ms` is a time\n"
                              "    1 | function f(x) = x + 1 ms\n"
                              "      |                 ^~~~~~~~\n"
                              "test.snn:3:7: note: in this call of `f`\n"
                              "test.snn:2:22: note: `V` is given here; it would fit if it were a time\n");
}

TEST(CheckNames, DrawsAndNoiseHaveTheirPlaces) {
  expectOnly(
      {"network A { population P = Poisson[1] { rate = 3 Hz * <<rand()>> } }", "N8", "is drawn anew in every step"});
  expectOnly({"network A { population P = Poisson[1] { rate = <<normal>>(3 Hz, 1 Hz) } }", "N8",
              "`normal` is a distribution, which stands behind `~`"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ <<normale>>(3 Hz, 1 Hz) } }", "N8",
              "unknown distribution `normale`, did you mean `normal`?"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ <<normal(3 Hz)>> } }", "N7", "`normal` needs its sd"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ normal(3 Hz, 1 Hz, <<2 Hz>>) } }", "N7",
              "`normal` takes mean, sd"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ normal(3 Hz, sd = <<-1 Hz>>) } }", "C8",
              "must not be negative"});
  expectOnly(
      {"network A { population P = Poisson[1] { rate ~ uniform(<<3 Hz>>, 1 Hz) } }", "C8", "lies above the upper one"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ gamma(<<0 Hz>>, 1 Hz) } }", "C8", "the mean of `gamma` must be"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ weibull(2 Hz, <<-1>>) } }", "C8", "the shape of `weibull`"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ weibull(2 Hz, <<3 Hz>>) } }", "U3", "needs a number"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ <<beta(2, 3)>> } }", "U2", "is a number"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ <<normal(3 Hz, 1 ms)>> } }", "U1",
              "`3 Hz` is a frequency, but `1 ms` is a time"});
  expectOnly({"network A { population P = Poisson[1] { rate ~ normal(3 Hz, 1 Hz) at least <<5 Hz>> at most 1 Hz } }",
              "C8", "no number is at least"});
}

TEST(CheckNames, LaterPartsOfTheLanguageSaySo) {
  expectOnly({"network A { population P = Poisson[1] { rate = <<sweep>>(1 Hz, 2 Hz) } }", "P6", "`sweep` is not supported yet"});
}

TEST(CheckNames, NothingFollowsFromAnErrorOfTheParser) {
  CheckedText checked(
      "neuron N {\n param = 5 ms\n state V = 0 mV\n V' = -V/tau\n}\nnetwork A { population P = N[1] { tau = 5 ms } }");
  EXPECT_EQ(checked.diagnostics.errorCount(), 1u) << checked.rendered();
  CheckedText misplaced("synapse S {\n weight w\n state g: w = 0\n deliver g\n on pre { g += w }\n output g\n}\n"
                        "network A {\n population P = LIF[3]\n project P -> P { connect all_to_all\n weight 1 nS\n synapse S }\n}\n"
                        "simulate A { duration 1 s\n record spikes of P }");
  EXPECT_EQ(misplaced.diagnostics.errorCount(), 1u) << misplaced.rendered();
}

TEST(CheckNames, IndependentErrorsAreAllReported) {
  CheckedText checked(
      "neuron N {\n param a = 3 mV\n state V = 0 mV\n state m = 1\n V' = a - V/tau\n m' = -m\n spike when V > 2\n}\n"
      "network X {\n population P = N[20] { a = 5 pA }\n"
      " project P -> P { connect bernoulli(2); weight 1 pA; synapse Expo }\n}\n"
      "simulate X { dt 0.1; duration 1 s; P.V = 3 pA; record m of P[:50] }\n");
  std::string codes;
  for (const Diagnostic *found : checked.diagnostics.sorted())
    codes += spelling(found->code).str() + " ";
  EXPECT_EQ(codes, "N1 U2 U1 C3 N3 U2 C1 ") << checked.rendered();
}
