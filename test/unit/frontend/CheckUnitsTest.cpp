// Dimensions in expressions: what agrees, what does not, and how that is said.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;
using test::expectOnly;

/// A neuron whose only peculiarity is `body`.
static std::string neuron(const std::string &body) {
  return "neuron N {\n param V0 = 5 mV\n param I0 = 2 pA\n param tau = 10 ms\n param C = 1 pF\n state V = V0\n"
         " V' = (V0 - V)/tau + I0/C\n" +
         body + "\n}\n";
}

static void rejects(const std::string &body, const char *code, const char *message) {
  SCOPED_TRACE(body);
  std::string text = neuron(body + "\n spike when V > V0");
  expectOnly({text.c_str(), code, message});
}

static void accepts(const std::string &body) {
  CheckedText checked(neuron(body + "\n spike when V > V0"));
  EXPECT_EQ(checked.diagnostics.errorCount(), 0u) << body << "\n" << checked.rendered();
}

TEST(CheckUnits, OperandsAgree) {
  rejects("let a = <<V + I0>>", "U1", "`V` is a voltage, but `I0` is a current");
  rejects("let a = <<V - 3>>", "U1", "`V` is a voltage, but `3` is a number");
  rejects("let a = if <<V > I0>> then 1 else 2", "U1", "`V` is a voltage, but `I0` is a current");
  rejects("let a = <<max(V, I0)>>", "U1", "`V` is a voltage, but `I0` is a current");
  rejects("let a = <<clip(V, 0, 1 ms)>>", "U1", "`V` is a voltage, but `1 ms` is a time");
  rejects("let a = <<if V > V0 then V else tau>>", "U1", "`V` is a voltage, but `tau` is a time");
  rejects("let a = <<V % 3>>", "U1", "`V` is a voltage, but `3` is a number");
  rejects("let a = <<V/tau - I0>>", "U1", "`V/tau` is in mV/ms, but `I0` is a current");
}

TEST(CheckUnits, ZeroFitsEverything) {
  accepts("let a = V + 0");
  accepts("let a = if V > 0 then V else 0");
  accepts("let a = max(-V, 0) + I0*tau/C");
  accepts("let a = clip(V, 0, 0) + V0");
  rejects("let a = <<V + 0 ms>>", "U1", "`V` is a voltage, but `0 ms` is a time");
}

TEST(CheckUnits, FunctionsTakeNumbers) {
  rejects("let a = exp(<<V>>)", "U3", "`exp` needs a number, but `V` is a voltage");
  rejects("let a = sin(<<tau>>)", "U3", "`sin` needs a number, but `tau` is a time");
  rejects("let a = round(<<V>>)", "U3", "`round` needs a number, but `V` is a voltage");
  accepts("let a = exp(V/V0) + log(1.5) + tanh(V / 1 mV) + sign(V) + heaviside(V - V0)");
  accepts("let a = sqrt(V*V) + abs(V)");
}

TEST(CheckUnits, PowersOfQuantitiesAreConstant) {
  rejects("let a = V^<<(V/V0)>>", "U5", "`V` is a voltage, so its exponent must be a constant fraction");
  rejects("let a = V^<<I0>>", "U3", "an exponent needs a number, but `I0` is a current");
  rejects("let a = V^<<0.123456>>", "U5", "constant fraction");
  accepts("let a = (V/V0)^(V/V0) + pow(V, 2) / V0^2");
  accepts("const k = 2\n let a = V^k + V0^2 + (V*V)^1");
  accepts("let a = V^0.5 / V0^(1/2) + 1");
}

TEST(CheckUnits, ConditionsAreNoQuantities) {
  rejects("let a = <<(V > V0)>> + 1", "U4", "is a condition, but a quantity is needed here");
  rejects("let a = if <<V>> then 1 else 2", "U4", "`V` is a voltage, but a condition is needed here");
  rejects("let a = if <<V>> and V > V0 then 1 else 2", "U4", "a condition is needed here");
  rejects("let a = <<if V > V0 then 1 else V > V0>>", "U4", "one branch is a condition");
  rejects("let a = <<(V > V0)>> / 2", "U4", "cannot be divided");
  accepts("let a = V * (V > V0) + (V > V0) * (t > 1 ms) * V0");
  accepts("let a = if V > V0 and not (t < 5 ms) or V < -V0 then 1 else 2");
}

TEST(CheckUnits, DivisionByZero) { rejects("let a = V / <<0>>", "U5", "division by zero"); }

TEST(CheckUnits, UnitsAreKnown) {
  rejects("let a = 5 /<<msec>>", "N1", "unknown name `msec`, did you mean the unit `ms`?");
  rejects("let a = <<kHz>>", "N1", "unknown name `kHz`; a unit stands only behind a number");
}

TEST(CheckUnits, ValuesFitTheirNames) {
  rejects("param a: voltage = <<20 ms>>", "U2", "`a` is a voltage, but `20 ms` is a time");
  rejects("state x = 0 mV\n x' = <<-x>>", "U2", "`x'` is in mV/ms, but `-x` is a voltage");
  rejects("param a = 5 mV where > <<0 ms>>", "U2", "`a` is a voltage, but `0 ms` is a time");
  rejects("state x = 0 mV\n x' = <<I0>> method euler", "U2", "`x'` is in mV/ms, but `I0` is a current");
}

TEST(CheckUnits, DimensionsAreDeclared) {
  rejects("input J: <<curent>>", "U6", "neither a declared name nor a dimension nor a unit, did you mean `current`?");
  rejects("param a: <<mv>> = 3 mV", "U6", "did you mean `mV`?");
  accepts("param a: V0 = 3 V\n param b: V0/tau^2 = 3 V/s^2\n param c: number = 3\n input J: mV/ms\n let d = a + "
          "b*tau*tau + V*c + J*tau");
}

TEST(CheckUnits, DegreesCelsiusAreAbsolute) {
  accepts("param T = 36 degC\n let a = T / 1 K");
  rejects("param T = 36 <<degC>>/ms", "U6", "`degC` stands only as a whole absolute temperature");
  CheckedText checked("neuron N { param T = 36 degC\n state x = 0 K\n x' = T / 1 ms }");
  EXPECT_NE(checked.printed().find("param T: temperature = 309.15"), std::string::npos) << checked.printed();
}

TEST(CheckUnits, ConstantsHaveDimensions) {
  accepts("let a = V * elementary_charge / (boltzmann_constant * 300 K)\n let b = exp(a) * pi");
  accepts("let a = gas_constant * 310 K / faraday_constant + V");
  rejects("let a = <<V + elementary_charge>>", "U1", "`V` is a voltage, but `elementary_charge` is a charge");
}

TEST(CheckUnits, ShownInTheUsersUnits) {
  CheckedText checked("network A {\n population N = LIFRef[4] {\n  tau = 20 mV\n }\n}\n");
  EXPECT_EQ(checked.rendered(), "test.snn:3:3: error[U2]: `tau` is a time, but `20 mV` is a voltage\n"
                                "    3 |   tau = 20 mV\n"
                                "      |         ^~~~~\n"
                                "stdlib/neurons/lif-ref.snn:7:11: note: `tau` is declared here as `5 ms`\n");
}
