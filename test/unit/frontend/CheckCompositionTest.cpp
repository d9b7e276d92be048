// Models made of others: `extends`, guards, and membrane mechanisms.

#include "CheckedText.h"

using namespace snn::test;

namespace {

std::string accepted(const std::string &text) {
  CheckedText checked(text);
  EXPECT_TRUE(checked.diagnostics.all().empty()) << checked.rendered();
  return checked.printed();
}

/// The lines of the model that is printed last.
std::string lastOf(const std::string &printed, const std::string &head) {
  size_t begin = printed.find(head);
  return begin == std::string::npos ? "" : printed.substr(begin);
}

const std::string leak = R"(
current Leak {
    param g = 10 nS  where >= 0 nS
    param E = -70 mV
    post V: voltage
    current = g * (E - V)
}
)";

} // namespace

TEST(CheckExtends, AddsAndReplaces) {
  std::string printed = accepted(R"(
neuron A {
    param tau = 10 ms
    state V = 0 mV
    V' = -V / tau
    spike when V > 1 mV { V = 0 mV }
}
neuron B extends A {
    param tau = 20 ms
    state w = 0 mV
    V' = -(V + w) / tau
    then w' = -w / tau
    refractory 2 ms holding V
}
)");
  std::string b = lastOf(printed, "neuron B");
  for (const char *part : {"param tau: time = 20", "state w", "V' = ", "then w' = ", "spike when", "refractory 2"})
    EXPECT_NE(b.find(part), std::string::npos) << part << "\n" << printed;
  EXPECT_EQ(b.find("= 10"), std::string::npos) << b;
}

TEST(CheckExtends, ReachesThroughDerivedModels) {
  std::string printed = accepted("neuron A { param k = 1 /ms;  state x = 1;  x' = -k * x }\nneuron F = A { k = 5 /ms }\n"
                                 "neuron B extends F { state y = 0;  y' = -y / 1 ms }\n");
  std::string b = lastOf(printed, "neuron B");
  EXPECT_NE(b.find("= 5"), std::string::npos) << printed;
}

TEST(CheckExtends, RejectsWhatDoesNotExist) {
  expectOnly({"neuron B extends <<Q1>> { state x = 0 }", "N3", "unknown neuron `Q1`"});
  expectOnly({"neuron B extends <<Expon>> { state x = 0 }", "N3", "a neuron is needed here, and `Expon` is a synapse"});
  expectOnly({"neuron <<A>> extends A { state x = 0 }", "N6", "`A` is derived from itself"});
}

TEST(CheckGuards, DecideWhatAModelConsistsOf) {
  std::string text = "neuron A {\n    const terms = 1\n    state x = 0\n    x' = -x / 1 ms\n    if terms > 1 { state y = 0;  y' = -y / 1 ms }\n}\n"
                     "neuron B = A { terms = 2 }\n";
  std::string printed = accepted(text);
  size_t b = printed.find("neuron B");
  EXPECT_EQ(printed.substr(0, b).find("state y"), std::string::npos) << printed;
  EXPECT_NE(printed.substr(b).find("y' = "), std::string::npos) << printed;
}

TEST(CheckGuards, AskForConstantsOnly) {
  expectOnly({"neuron A {\n    param p = 1\n    state x = 0\n    if <<p>> > 0 { state y = 0 }\n}", "M7", "`p` is not a `const`"});
  expectOnly({"neuron A {\n    state x = 0\n    if <<3>> { state y = 0 }\n}", "U4", "a condition is needed"});
}

TEST(CheckMechanisms, BecomePartOfTheNeuron) {
  std::string printed = accepted(leak + R"(
current Slow {
    param tau = 5 ms
    post V: voltage
    let m_inf = 1 / (1 + exp(-V / 5 mV))
    state m = m_inf
    m' = (m_inf - m) / tau
    current = 1 nS * m * V
}
neuron A {
    state V = -60 mV
    state Vd = -60 mV
    input I: current
    use Leak(g = 5 nS) as leak
    use Slow as slow at Vd
    V' = (leak.current + slow.current + I) / 100 pF
    Vd' = (V - Vd) / 1 ms
}
network N { population P = A[3] { leak.g ~ normal(5 nS, 1 nS);  slow.m = 0.5 } }
simulate N { duration 1 ms;  P.I = 1 pA;  P.leak.E = -65 mV;  record slow.m, V of P }
)");
  std::string a = lastOf(printed, "neuron A");
  for (const char *part : {"param leak.g: ", " = 5\n", "let leak.V", "let slow.V: voltage = Vd", "state slow.m", "slow.m' = ", "let leak.current",
                           "P.leak.E = -65", "record slow.m of P", "slow.m = 0.5"})
    EXPECT_NE(a.find(part), std::string::npos) << part << "\n" << printed;
}

TEST(CheckMechanisms, AreUsedAsDeclared) {
  auto rejects = [](const std::string &use, const char *code, const char *message) {
    std::string text = leak + "neuron A {\n    state V = 0 mV\n    " + use + "\n    V' = 0 mV/ms\n}\n";
    expectOnly({text.c_str(), code, message});
  };
  rejects("use <<NaF>> as na", "N3", "unknown current `NaF`");
  rejects("use <<Expon>> as na", "N3", "a current is needed here, and `Expon` is a synapse");
  rejects("use Leak(<<h>> = 5 nS) as leak\n    let I = leak.current", "N4", "`Leak` has no parameter or state `h`");
  rejects("use Leak as leak at <<Vd>>\n    let I = leak.current", "C7", "`Leak` reads `Vd` of the neuron, which has no variable of that name");
  rejects("use Leak(g = <<5 mV>>) as leak\n    let I = leak.current", "U2", "is a conductance, but `5 mV` is a voltage");
  expectOnly({"current <<Empty>> { param g = 1 nS }", "M5", "needs a `current = ...`"});
}

TEST(CheckVectors, AreTheirElements) {
  std::string printed = accepted(R"(
neuron A {
    const n = 2
    param tau[n] = [20, 200] ms  where > 0 ms
    state I[n] = 1 pA
    state V = 0 mV
    let both = I / tau
    I' = -both
    V' = (sum(I) + I[1]) / 100 pF
    spike when V >= 1 mV { I = 2 * I }
    refractory 1 ms holding V, I
}
neuron B = A { tau = [1, 2] ms }
network N { population P = B[3] { I = [-1, 2] pA;  tau[0] = 3 ms } }
simulate N { duration 1 ms;  record I of P }
)");
  for (const char *part : {"param tau[0]: time = 20", "param tau[1]: time = 200", "state I[1]", "let both[1]", "I[0]' = ", "V' = (I[0] + I[1] + I[1])",
                           "I[1] = 2 * I[1]", "holding V, I[0], I[1]", "param tau[1]: time = 2 ", "I[0] = -1", "tau[0] = 3", "record I[1] of P"})
    EXPECT_NE(printed.find(part), std::string::npos) << part << "\n" << printed;
}

TEST(CheckVectors, HaveLengths) {
  auto rejects = [](const std::string &body, const char *code, const char *message) {
    std::string text = "neuron A {\n    state x[2] = 1\n    state y[3] = 1\n    state V = 0\n    " + body + "\n}\n";
    expectOnly({text.c_str(), code, message});
  };
  rejects("V' = <<x>> / 1 ms", "M17", "`x` is a vector, where a single value is needed");
  rejects("x' = <<-x * y>> / 1 ms", "M17", "vectors of 2 and 3 elements have no common length");
  rejects("x' = -<<x[2]>> / 1 ms", "M17", "an element of `x` is chosen by a whole number from 0 to 1");
  rejects("V' = <<sum(V)>> / 1 ms", "M17", "`V` is a single value, of which there is no sum");
  rejects("param k[2] = <<[1, 2, 3]>>", "M17", "`k` has 2 elements, but `[1, 2, 3]` has 3");
  rejects("param k[<<0>>] = 1", "M17", "a vector has a whole number of 1 to 1000 elements, not `0`");
  rejects("param k[<<V>>] = 1", "M7", "`V` is not a `const`");
  rejects("input <<ex>>[2]: event number", "M17", "an input that receives events is no vector");
  rejects("param k = <<[1, 2]>>", "M17", "a list stands only where a vector is needed");
  rejects("spike when V > 1 { x = <<x / sum(x)>> }", "M17", "would depend on others that have just been assigned");
}
