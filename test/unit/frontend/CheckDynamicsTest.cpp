// Methods with options, handlers, event inputs and shared states: what is accepted, and rules M5, M7, M13 to M16.

#include "CheckedText.h"

using namespace snn::test;

namespace {

void rejects(const char *body, const char *code, const char *message) {
  std::string text = "neuron A {\n    state V = 0 mV\n    " + std::string(body) + "\n}\n";
  expectOnly({text.c_str(), code, message});
}

std::string accepted(const std::string &text) {
  CheckedText checked(text);
  EXPECT_TRUE(checked.diagnostics.all().empty()) << checked.rendered();
  return checked.printed();
}

void expectPart(const std::string &printed, const char *part) {
  EXPECT_NE(printed.find(part), std::string::npos) << "expected: " << part << "\nin:\n" << printed;
}

} // namespace

TEST(CheckMethods, HaveSubstepsAndTolerances) {
  std::string printed = accepted(R"(
neuron A {
    state x = 1;  y = 1
    x' = -x / 1 ms   method euler steps 3
    y' = -y / 1 ms   steps 2
    method adaptive(tolerance = 1e-4)
}
neuron B = A { method rk4 }
network N { population P = B[2] { method heun steps 2 } }
simulate N { duration 1 ms;  method rk2 steps 4 }
)");
  for (const char *part : {"method euler steps 3", " steps 2", "method adaptive(tolerance = 1e-04)", "neuron B", "method rk4\n",
                           "population P = B[2] method heun steps 2", "method rk2 steps 4"})
    expectPart(printed, part);
}

TEST(CheckMethods, RejectOptionsWithoutMeaning) {
  rejects("V' = -V / 1 ms   method euler steps <<0>>", "M13", "`steps` is a whole number from 1 to 10000, not `0`");
  rejects("V' = -V / 1 ms   method euler steps <<1.5>>", "M13", "`steps` is a whole number");
  rejects("V' = -V / 1 ms   method euler steps <<5 ms>>", "U2", "`steps` is a number, but `5 ms` is a time");
  rejects("V' = -V / 1 ms   method adaptive(tolerance = <<2>>)", "M13", "`tolerance` lies between 0 and 1, not `2`");
  rejects("V' = -V / 1 ms   method adaptive(<<accuracy>> = 0.1)", "N7", "`adaptive` takes one argument, `tolerance`");
  rejects("V' = -V / 1 ms   method rk4(<<0.1>>)", "N7", "`rk4` takes no arguments");
  rejects("V' = -V / 1 ms   method adaptive steps <<2>>", "M13", "`adaptive` chooses its steps itself");
  expectOnly({"neuron A { state V = 0 mV }\nnetwork N { population P = A[1] { method rk4;  <<method euler>> } }", "P9",
              "the method is given twice"});
}

TEST(CheckHandlers, AreKept) {
  std::string printed = accepted(R"(
neuron A {
    param tau = 5 ms
    shared state mu = 0 mV
    state V = 0 mV
    state g = 0 nS
    input ex: event conductance
    let gain = 1 + (V / (1 mV))
    g' = -g / tau
    on step { V = old(V) + mu }
    on ex { g += gain * ex / 2 }
    every 2 * tau { mu = 1 mV * randn() }
    spike when V > 1 mV and since spike > 2 ms { V = 0 mV }
}
)");
  for (const char *part : {"shared state mu", "input ex: event", "on step\n", "old(V)", "on ex\n", "every ", "since spike"})
    expectPart(printed, part);
}

TEST(CheckHandlers, KnowTheirEvents) {
  rejects("on <<pre>> { V += 1 mV }", "M16", "`A` has no event `pre`");
  rejects("input I: current\n    on <<I>> { V += 1 mV }", "M16", "`A` has no event `I`");
  rejects("on step { V = 1 mV }\n    <<on step { V = 2 mV }>>", "M8", "a neuron has one `on step`");
  rejects("input <<ex>>: event voltage", "M5", "needs an `on ex { ... }`");
  rejects("input ex: event voltage\n    on ex { V += ex }\n    V' = <<ex>> / 1 ms", "M16", "which only its `on ex` knows");
  rejects("every <<0 ms>> { V = 0 mV }", "M13", "the period of `every` must be positive");
  rejects("every 1 ms + <<t>> { V = 0 mV }", "M7", "cannot change in time");
  rejects("every <<3 mV>> { V = 0 mV }", "U2", "is a time, but `3 mV` is a voltage");
}

TEST(CheckHandlers, AddEventsUp) {
  for (const char *statement : {"V = ex", "V += 1 mV", "V += ex + 1 mV", "V += ex * ex / 1 mV", "V += max(ex, 1 mV)", "V *= ex / 1 mV",
                                "V += ex * (V / 1 mV)", "V += if ex > 1 mV then ex else 0"}) {
    std::string body = "input ex: event voltage\n    on ex { <<" + std::string(statement) + ">> }";
    rejects(body.c_str(), "M15", "only add something proportional to `ex`");
  }
  for (const char *statement : {"V -= 2 * ex", "V += if W > 0 mV then ex else 0", "V += -(ex - 3 * ex)", "V += max(ex, 0)", "V -= 2 * abs(ex)",
                                "V += if ex < 0 then 3 * ex else -ex"})
    accepted("neuron A {\n state V = 0 mV\n state W = 0 mV\n input ex: event voltage\n V' = W / 1 ms\n on ex { " +
             std::string(statement) + " }\n}");
}

TEST(CheckHandlers, KeepSharedStatesShared) {
  rejects("shared state m = 0 mV\n    every 1 ms { m = <<V>> }", "M14", "cannot depend on a state of single neurons such as `V`");
  rejects("shared state m = 0\n    on step { m = <<i>> }", "M14", "cannot depend on the index of a neuron");
  rejects("shared state m = 0\n    spike when V > 1 mV { <<m += 1>> }", "M14", "nothing that happens to one of them");
}

TEST(CheckPast, StandsInWhatANeuronDoes) {
  rejects("param p = <<old(V)>>", "N8", "`old` looks back to the start of the step");
  rejects("param p = <<since spike>>", "N8", "`since spike` is known only to what a neuron does in a step");
  rejects("V' = <<since pre>> * 1 mV/ms^2", "N8", "`since pre` is known only to what a synapse or a plasticity rule does in a step");
  rejects("V' = since <<dawn>> * 1 mV/ms^2", "N8", "`since dawn` is not known");
  rejects("let a = old(V)\n    param p = <<a>>", "M7", "cannot depend on the past");
}

TEST(CheckPast, SynapsesKnowTheirEvents) {
  expectOnly({"synapse S { weight w\n state g = 0\n g' = -g / (5 ms) * (<<since post>> < 1 ms)\n output w * g }", "N8",
              "`since post` is known only to what a plasticity rule does in a step"});
  expectOnly({"synapse S { weight w\n state g = <<since pre>> / 1 ms\n g' = -g / (5 ms)\n output w * g }", "N8", "`since pre` is known only to"});
  expectOnly({"output O { input g\n current = g * (<<since pre>> < 1 ms) }", "N8", "`since pre` is known only to"});
  expectOnly({"synapse S { weight w\n state g = 0\n g' = -<<delayed(g, 1 ms)>> / (5 ms)\n output w * g }", "P6",
              "`delayed` is not supported yet outside neurons and plasticity rules"});
  EXPECT_EQ(CheckedText("synapse S { weight w\n state g = 0\n let open = since pre < 2 ms\n g' = 1 /ms * open - g / (5 ms)\n output w * g }").rendered(), "");
  EXPECT_EQ(CheckedText("synapse S { weight w\n output w * (since pre < 1 ms) }").rendered(), "");
}

TEST(CheckPorts, ReceiveEventsOrReadAState) {
  std::string network = "neuron S { spike at rate 1 Hz }\nneuron A {\n    state Vd = 0 mV\n    state g = 0 nS\n"
                        "    input ex: event conductance\n    input Id: current at Vd\n    on ex { g += ex }\n"
                        "    Vd' = (Id - g * Vd) / 1 pF\n}\nnetwork N {\n    population P = S[1]\n    population Q = A[1]\n";
  std::string text = network + "    project P -> Q.<<ex>> { connect all_to_all;  weight 1 nS;  synapse Expon }\n}";
  expectOnly({text.c_str(), "C5", "`ex` receives events itself, without `synapse`"});
  std::string printed = accepted(network + "    project P -> Q.ex { connect all_to_all;  weight 1 nS }\n"
                                           "    project P -> Q.Id { connect all_to_all;  weight 1 nS;  synapse Expon;  output COBA }\n}");
  expectPart(printed, "at Vd");
  text = network + "    project P -> Q.ex { connect all_to_all;  weight 1 nS }\n}\nsimulate N { duration 1 ms;  Q.Id = 1 pA;  Q.<<ex>> = 1 nS }";
  expectOnly({text.c_str(), "X3", "`ex` receives events, which only projections send"});
  text = network + "    project P -> Q.ex { connect all_to_all;  weight 1 nS }\n}\nsimulate N { duration 1 ms;  Q.Id = 1 pA;  record <<ex>> of Q }";
  expectOnly({text.c_str(), "X5", "`ex` receives events, and has no value to record"});
  expectOnly({"neuron A {\n    state V = 0 mV\n    input I: current at <<W>>\n    V' = I / 1 pF\n}", "N1", "unknown state `W`"});
}
