// Neurons, synapses and outputs: what they may contain.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;
using test::expectOnly;

/// `body` in a neuron with a voltage that everything uses.
static void rejects(const std::string &body, const char *code, const char *message) {
  SCOPED_TRACE(body);
  std::string text = "neuron N {\n param tau = 5 ms\n state V = 0 mV\n" + body + "\n}\n";
  if (body.find("V' =") == std::string::npos)
    text = "neuron N {\n param tau = 5 ms\n state V = 0 mV\n V' = -V/tau\n" + body + "\n}\n";
  expectOnly({text.c_str(), code, message});
}

TEST(CheckModels, OnlyParametersHaveBounds) {
  rejects("state x = 0 where <<> 1>>\n x' = -x/tau", "M1", "only a `param` or `const` can have bounds");
}

TEST(CheckModels, EquationsDescribeStatesOnce) {
  rejects("V' = V/tau\n <<V>>' = -V/tau", "M2", "`V` has two equations");
}

TEST(CheckModels, OnlyStatesAreAssignedAndHeld) {
  rejects("<<tau>>' = 1", "M3", "must be a state, and `tau` is not one");
  rejects("spike when V > 1 mV { <<tau>> = 3 ms }", "M3", "what is assigned to must be a state");
  rejects("spike when V > 1 mV\n refractory tau holding <<tau>>", "M3", "what is held must be a state");
  rejects("spike when V > 1 mV { V = <<3 ms>> }", "U2", "`V` is a voltage, but `3 ms` is a time");
  rejects("spike when V > 1 mV { V *= <<3 mV>> }", "U2", "a factor is a number, but `3 mV` is a voltage");
}

TEST(CheckModels, WeightsEnterOnce) {
  expectOnly({"synapse S { weight w\n state g: w = 0\n g' = -g/5 ms\n on pre { g += w }\n output g*<<w>> }", "M4",
              "the weight enters twice"});
  expectOnly({"synapse S { weight <<w>>\n state s = 0\n s' = -s/5 ms\n on pre { s += 1 }\n output s }", "M4",
              "enters neither"});
  expectOnly(
      {"synapse S { weight w\n state g: w = 0\n g' = (<<w>> - g)/5 ms\n output g }", "M4", "not in an equation"});
  expectOnly({"synapse S { weight w\n let twice = 2*w\n state g: w = 0\n g' = -g/5 ms\n on pre { g += twice }\n output "
              "<<w>>+g }",
              "M4", "the weight enters twice"});
  CheckedText twoStates("synapse S { weight w\n state g: w = 0\n state h: w = 0\n g' = -g/5 ms\n h' = -h/1 ms\n"
                        " on pre { g += w; h += w }\n output g - h }");
  EXPECT_EQ(twoStates.rendered(), ""); // one arrival may move several states
}

TEST(CheckModels, PortsHaveADimension) { rejects("input <<I>>", "M5", "`I` needs a dimension, as in `I: current`"); }

TEST(CheckModels, AreComplete) {
  expectOnly({"neuron <<N>> { state V = 0 mV\n V' = -V/5 ms\n refractory 2 ms holding V }", "M5",
              "has a refractory period but no `spike`"});
  expectOnly({"synapse <<S>> { weight w\n state g: w = 0\n g' = -g/5 ms\n on pre { g += w } }", "M5",
              "synapse `S` needs an `output`"});
  expectOnly({"output <<O>> { param E = 0 mV\n post V: voltage\n current = E - V }", "M5", "needs one `input`"});
  expectOnly({"output <<O>> { input g }", "M5", "needs a `current = ...`"});
  expectOnly({"neuron N { param V0: voltage\n state V = V0\n V' = -V/1 ms }\nnetwork A { population P = <<N>>[1] }",
              "M5", "`N` needs a value for `V0`"});
}

TEST(CheckModels, ValuesKeepTheirBounds) {
  rejects("param a = <<-1 ms>> where > 0 ms\n let b = V*(a/tau)\n let c = b", "M6", "`a` must be > 0 ms, but is -1 ms");
}

TEST(CheckModels, SettingsKeepTheBoundsOfTheirParameters) {
  expectOnly({"network A { population P = LIF[1] { <<tau = 0 ms>> } }", "M6", "`tau` must be > 0 ms, but is 0 ms"});
  expectOnly(
      {"network A { population P = LIF[1] { <<V_reset = 5 mV>> } }", "M6", "`V_th` must be > 5 mV, but is 1 mV"});
  expectOnly({"neuron Q = LIF { tau = <<-1 ms>> }", "M6", "`tau` must be > 0 ms, but is -1 ms"});
  CheckedText drawn("network A { population P = LIF[1] { V_th ~ normal(0 mV, 1 mV) } }");
  EXPECT_EQ(drawn.diagnostics.errorCount(), 0u) << drawn.rendered();
  CheckedText both("network A { population P = LIF[1] { V_reset = -60 mV; V_th = -50 mV; V_rest = -60 mV } }");
  EXPECT_EQ(both.diagnostics.errorCount(), 0u) << both.rendered();
}

TEST(CheckModels, ValuesAreKnownWhenNeeded) {
  rejects("param a = <<2*V>>\n let b = a", "M7", "a parameter cannot depend on a state such as `V`");
  rejects("input I: current\n param a = <<2*I>>\n let b = a", "M7",
          "a parameter cannot depend on an input such as `I`");
  rejects("input I: current\n let c = 2*I\n state x = <<c>>\n x' = -x/tau", "M7",
          "an initial value cannot depend on an input");
  rejects("const k = <<2*tau>>\n let b = V*k", "M7", "`k` is a `const`, but this value is not known before the run");
  rejects("param a = <<t>>\n let b = a", "M7", "a parameter cannot depend on the time");
  rejects("const k ~ <<normal(0, 1)>>\n let b = k", "M7", "only a parameter or a state can be drawn");
}

TEST(CheckModels, SpikeOnce) {
  rejects("spike when V > 1 mV\n <<spike when V > 2 mV>>", "M8", "a neuron has one `spike`");
  rejects("spike when <<V>>", "U4", "a condition is needed here");
  rejects("spike when V crosses <<3 ms>>", "U2", "`V` is a voltage, but `3 ms` is a time");
  rejects("spike at rate <<V>>", "U2", "a spike rate is a frequency, but `V` is a voltage");
  rejects("spike when V > 1 mV\n refractory <<V>> holding V", "U2",
          "a refractory period is a time, but `V` is a voltage");
  rejects("spike when V > 1 mV\n refractory tau holding V, <<V>>", "M8", "`V` is held twice");
}

TEST(CheckModels, MethodsAreKnown) {
  rejects("state x = 0\n x' = -x/tau method <<rk5>>", "M9", "unknown method `rk5`, did you mean `rk");
}

TEST(CheckModels, WhiteNoiseStandsInEquations) {
  CheckedText checked("neuron N { param tau = 5 ms\n state x = 0\n let noise = 2*xi\n x' = (-x + noise*sqrt(tau))/tau }");
  EXPECT_TRUE(checked.model()) << checked.rendered();
  rejects("state x = 0\n x' = <<xi>>", "U2", "`x'` is a frequency, but `xi` is in 1/ms^(1/2)");
  rejects("param a = <<xi>>", "M11", "`xi` is white noise, which only an equation can contain");
  rejects("spike when <<xi*sqrt(tau) > 1>>", "M11", "a spike condition would need the value of white noise");
  rejects("let noise = xi\n spike when V > 1 mV { V = <<noise*sqrt(tau)*1 mV>> }", "M11",
          "an assignment would need the value of white noise");
}

TEST(CheckModels, DerivedModelsChangeDefaults) {
  CheckedText checked("neuron Slow = LIF { tau = 50 ms;  V = 2*V_rest }\nneuron Slower = Slow { tau = 100 ms }\n"
                      "network A { population P = Slower[1] }");
  ASSERT_TRUE(checked.model()) << checked.rendered();
  const model::Definition *slower = checked.model()->findDefinition("Slower");
  ASSERT_TRUE(slower);
  EXPECT_EQ(slower->find("tau")->value->number, 100);
  EXPECT_EQ(slower->find("V")->value->kind, model::Expr::Kind::Apply);
  EXPECT_EQ(checked.model()->findDefinition("Slow")->find("tau")->value->number, 50);
  expectOnly(
      {"neuron Slow = LIF { <<taw>> = 50 ms }", "N4", "`LIF` has no parameter or state `taw`, did you mean `tau`?"});
  expectOnly({"neuron Slow = LIF { tau = <<50 mV>> }", "U2", "`tau` is a time, but `50 mV` is a voltage"});
  expectOnly({"synapse Slow = <<LIF>>", "N3", "a synapse is needed here, and `LIF` is a neuron"});
}

TEST(CheckModels, GroupsOfEquationsFollowThen) {
  CheckedText checked("neuron N { state a = 0\n state b = 0\n state c = 0\n a' = b/1 ms\n then b' = a/1 ms method "
                      "rk4\n c' = b/1 ms\n method euler }");
  ASSERT_TRUE(checked.model()) << checked.rendered();
  const model::Definition &n = *checked.model()->definitions[0];
  ASSERT_EQ(n.equations.size(), 3u);
  EXPECT_EQ(n.equations[0].group, 0u);
  EXPECT_EQ(n.equations[1].group, 1u);
  EXPECT_EQ(n.equations[2].group, 1u);
  EXPECT_EQ(n.equations[1].integration.method, model::Method::Rk4);
  EXPECT_EQ(n.equations[2].integration.method, model::Method::Default);
  EXPECT_EQ(n.integration.method, model::Method::Euler);
}

TEST(CheckModels, InitialisationFollowsDependencies) {
  CheckedText checked("neuron N { state m = a*2\n let a = V/1 mV\n state V = E\n param E = 2*F\n param F = 1 mV\n"
                      " m' = -m/1 ms\n V' = -V/1 ms }\n"
                      "network A { population P = N[1] { F = 3 mV * m } }\n");
  EXPECT_NE(checked.rendered().find("is defined in terms of itself"), std::string::npos);
  CheckedText good("neuron N { state m = a*2\n let a = V/1 mV\n state V = E\n param E = 2*F\n param F = 1 mV\n"
                   " m' = -m/1 ms\n V' = -V/1 ms }\nnetwork A { population P = N[1] { m = 0 } }\n");
  EXPECT_TRUE(good.model()) << good.rendered(); // the setting opens the circle
}

TEST(CheckModels, RandomNumbersAreToldApart) {
  CheckedText checked("neuron N { state V = 0\n let r = randn()\n V' = (r + r + randn() - V)/1 ms }");
  ASSERT_TRUE(checked.model()) << checked.rendered();
  std::string printed = checked.printed();
  EXPECT_NE(printed.find("let r: number = randn#0()"), std::string::npos) << printed;
  EXPECT_NE(printed.find("V' = (r + r + randn#1() - V) / 1"), std::string::npos) << printed;
}

TEST(CheckModels, GenericSynapsesAreSolved) {
  CheckedText fixed("synapse S { weight w\n state g = 0 nS\n g' = -g/1 ms\n on pre { g += w }\n output g*1 mV }");
  ASSERT_TRUE(fixed.model()) << fixed.rendered();
  EXPECT_EQ(fixed.model()->definitions[0]->find("w")->dimension, Dimension::conductance());
  EXPECT_EQ(fixed.model()->definitions[0]->find("w")->weightPower, Rational(0));
  CheckedText generic(
      "synapse S { weight w\n param A: w/mV\n state g: w = 0\n g' = -g/1 ms\n on pre { g += w }\n output g + A*1 mV }");
  ASSERT_TRUE(generic.model()) << generic.rendered();
  EXPECT_EQ(generic.model()->definitions[0]->find("A")->dimension, Dimension::number() / Dimension::voltage());
  EXPECT_EQ(generic.model()->definitions[0]->find("A")->weightPower, Rational(1));
}

TEST(CheckModels, SynapsesMayWaitForACondition) {
  auto rejects = [](const std::string &handler, const char *code, const char *message) {
    SCOPED_TRACE(handler);
    std::string source = "synapse A {\n weight w\n state g = 0\n on pre { g += 1 }\n " + handler + "\n output w * g\n}\n";
    expectOnly({source.c_str(), code, message});
  };
  rejects("on <<g + 1>> { g = 0 }", "U4", "a condition is needed here");
  rejects("on g > 1 { <<w>> = 0 }", "M3", "must be a state, and `w` is not one");
  rejects("on g > <<w>> { g = 0 }", "M4", "not where a condition comes to hold");
  rejects("on <<post>> { g = 0 }", "M16", "`A` has no event `post`");
  rejects("on <<prev>> { g = 0 }", "M16", "`A` has no event `prev`, did you mean `pre`?");
}
