// Experiments: options, drives and records.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;
using test::expectOnly;

static std::string experiment(const std::string &body, bool hasDuration = true) {
  return "network A {\n population P = LIF[10]\n population S = Poisson[3]\n group E = P[:5]\n group F = P[5:]\n"
         " project S -> P as W { connect all_to_all; weight 1 pA; synapse Alpha }\n"
         " project S -> P.V as D { connect all_to_all; weight 1 mV }\n}\nsimulate A {\n" +
         std::string(hasDuration ? " duration 1 s\n" : "") + body + "\n}\n";
}

static void rejects(const std::string &body, const char *code, const char *message, bool hasDuration = true) {
  SCOPED_TRACE(body);
  std::string text = experiment(body, hasDuration);
  expectOnly({text.c_str(), code, message});
}

static void expectPrints(const std::string &body, const std::string &expected) {
  CheckedText checked(experiment(body));
  EXPECT_EQ(checked.rendered(), "") << body;
  EXPECT_NE(checked.printed().find(expected), std::string::npos) << "expected: " << expected << "\n"
                                                                 << checked.printed();
}

TEST(CheckExperiments, OptionsHaveTheirRanges) {
  rejects("dt <<0 ms>>", "X1", "`dt` must be positive, and `0 ms` is not");
  rejects("dt <<-1 ms>>", "X1", "`dt` must be positive");
  rejects("dt <<1 mV>>", "U2", "`dt` is a time, but `1 mV` is a voltage");
  rejects("duration <<0 s>>", "X1", "`duration` must be positive", false);
  rejects("seed <<1.5>>", "X1", "a seed is a whole number");
  rejects("seed <<-1>>", "X1", "a seed is a whole number");
  rejects("precision <<f16>>", "X1", "a precision is `f32` or `f64`");
  rejects("method <<rk3>>", "M9", "unknown method `rk3`");
  rejects("dt <<t>>", "N1", "unknown name `t`");
}

TEST(CheckExperiments, NeedADuration) {
  expectOnly({"network A { population S = Poisson[1] }\nsimulate <<A>> { dt 1 ms }", "X2", "needs a `duration`"});
}

TEST(CheckExperiments, AreFilledIn) {
  CheckedText checked(experiment("dt 50 us;  seed 18446744073709551615;  precision f64;  method rk4"));
  ASSERT_TRUE(checked.model()) << checked.rendered();
  const model::Experiment &e = *checked.model()->experiments[0];
  EXPECT_EQ(e.dt, 0.05);
  EXPECT_EQ(e.duration, 1000.0);
  EXPECT_EQ(e.seed, UINT64_MAX);
  EXPECT_EQ(e.precision, model::Precision::F64);
  EXPECT_EQ(e.integration.method, model::Method::Rk4);
  CheckedText defaults(experiment(""));
  ASSERT_TRUE(defaults.model()) << defaults.rendered();
  EXPECT_EQ(defaults.model()->experiments[0]->precision, model::Precision::F32);
  EXPECT_EQ(defaults.model()->experiments[0]->dt, 0.1);
}

TEST(CheckExperiments, DrivesFollowExpressions) {
  expectPrints("P.I = 20 mA * (t >= 500 ms)", "P.I = if t >= 500 then 2e+10 else 0");
  expectPrints("E.I = 1 pA * i/n + (V - V_th)/R\n F.I = 2 pA",
               "P[0:5].I = 1 * i / n + (V - V_th) / R\n  P[5:10].I = 2");
  expectPrints("P.I = 1 pA\n P.I += 1 pA * randn()", "P.I += 1 * randn#0()");
  expectPrints("P.tau = 5 ms + t/10", "P.tau = 5 + t / 10");
  expectPrints("let top = 3 pA\n P[:2].I = top", "P[0:2].I = 3");
}

TEST(CheckExperiments, OnlyInputsAndParametersAreDriven) {
  rejects("P.<<V>> = 3 mV", "X3", "`LIF` has no input or parameter `V`");
  rejects("P.<<J>> = 3 mV", "X3", "`LIF` has no input or parameter `J`");
  rejects("P.I = <<3 mV>>", "U2", "`I` is a current, but `3 mV` is a voltage");
  rejects("P.tau <<+=>> 3 ms", "X3", "only an input can be added to");
  rejects("<<Q>>.I = 3 pA", "N5", "unknown population or group `Q`");
}

TEST(CheckExperiments, DrivesDoNotOverlap) {
  rejects("P.I = 1 pA\n <<E.I = 2 pA>>", "X4", "`I` of some neurons is given twice");
  rejects("P[:6].I = 1 pA\n <<F.I = 2 pA>>", "X4", "given twice");
}

TEST(CheckExperiments, RecordsNameWhatThereIs) {
  expectPrints("record spikes of E", "record spikes of P[0:5]\n");
  expectPrints("record V, I of P[:2] every 0.5 ms from 200 ms",
               "record V of P[0:2] every 0.5 from 200\n  record I of P[0:2] every 0.5 from 200\n");
  expectPrints("record g, h of W every 1 ms", "record g of \"W\" every 1\n  record h of \"W\" every 1\n");
  rejects("record <<W>> of P", "X5", "`LIF` has no variable `W`");
  rejects("record <<x>> of W", "X5", "synapse `Alpha` has no state `x`");
  rejects("record <<g>> of D", "X5", "projection `D` has no synapse state");
  rejects("record spikes of P every <<1 ms>>", "X5", "every spike is recorded");
  rejects("record V of P every <<0.25 ms>>", "X6",
          "`every` must be a multiple of `dt`, and `0.25 ms` is not one of 0.1 ms");
  rejects("record V of P every <<0 ms>>", "X1", "`every` must be positive");
  rejects("record V of P from <<-1 ms>>", "X1", "`from` cannot be negative");
  rejects("record w of <<W>>", "X5", "the weights of `W` never change: it has no `plasticity` that assigns to them");
}

TEST(CheckExperiments, SilentNeuronsHaveNoSpikes) {
  expectOnly({"neuron N { state V = 0 mV\n V' = -V/1 ms }\nnetwork A { population P = N[1] }\n"
              "simulate A { duration 1 s\n record <<spikes>> of P }",
              "X5", "`N` never spikes"});
}

TEST(CheckExperiments, OneFileMayHaveSeveral) {
  CheckedText checked(experiment("") + "simulate A { duration 2 s }\n");
  ASSERT_TRUE(checked.model()) << checked.rendered();
  ASSERT_EQ(checked.model()->experiments.size(), 2u);
  EXPECT_EQ(checked.model()->experiments[0]->network, checked.model()->experiments[1]->network);
}
