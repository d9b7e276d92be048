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

TEST(CheckExperiments, RecordsTakeTheirModifiersInAnyOrder) {
  expectPrints("record V of P[:9:3] until 0.8 s from 0.2 s every 1 ms", "record V of P[0:9][::3] every 1 from 200 until 800\n");
  expectPrints("record rate of E every 5 ms", "record rate of P[0:5] every 5\n");
  expectPrints("record mean V, I of E every 1 ms", "record mean V of P[0:5] every 1\n  record mean I of P[0:5] every 1\n");
  expectPrints("record current of W", "record current of \"W\"\n");
  rejects("record <<rate of P>>", "X5", "a rate needs `every`");
  rejects("record mean <<rate>> of P every 1 ms", "X5", "a rate is a mean already");
  rejects("record mean <<spikes>> of P", "X5", "spikes have no mean");
  rejects("record mean V of <<P[:9:3]>>", "X5", "a mean is of all neurons of a range");
  rejects("record V of P[:9:<<0>>]", "C1", "the step of a slice is at least 1");
  rejects("P[:9:<<3>>].I = 1 pA", "C1", "only `record` takes every so many of them");
  rejects("record V of P from 2 ms until <<2 ms>>", "X1", "`until` is not behind `from`");
  rejects("record V of P until <<-1 ms>>", "X1", "`until` cannot be negative");
  rejects("record V of P until 1 ms <<until>> 2 ms", "P9", "`until` is given twice");
}

TEST(CheckExperiments, PhasesFollowEachOther) {
  expectPrints("P.I = 1 pA\n then for 200 ms { P.I = 2 pA }\n then for 1 s { E.I += 3 pA }",
               "duration 2200\n");
  expectPrints("P.I = 1 pA\n then for 200 ms { P.I = 2 pA }", "P.I = if t >= 1000 then 2 else 1\n");
  expectPrints("P.I = 1 pA\n at 20 ms { E.I = 2 pA }", "P[0:5].I = if t >= 20 then 2 else 1\n  P[5:10].I = 1\n");
  expectPrints("at 20 ms { P.tau = 2 ms }", "P.tau = if t >= 20 then 2 else tau\n");
  expectPrints("at 20 ms { P.I += 2 pA }", "P.I += if t >= 20 then 2 else 0\n");
  rejects("then for <<0 ms>> { P.I = 1 pA }", "X1", "the length of a phase must be positive");
  rejects("at <<2 s>> { P.I = 1 pA }", "X1", "nothing happens any more at `2 s`: the experiment ends after 1000 ms");
  rejects("at <<0.25 ms>> { P.I = 1 pA }", "X6", "a change falls on the beginning of a step");
  rejects("at 1 ms { P.I = 1 pA;  <<E.I = 2 pA>> }", "X4", "`I` of some neurons is given twice");
  rejects("at 1 ms { <<P.I = external>> }", "X3", "an input is `external` for a whole experiment");
  rejects("P.I = external\n at 1 ms { <<P.I = 1 pA>> }", "X3", "an `external` input is not replaced");
}

TEST(CheckExperiments, InputsAreSetEverySoOften) {
  expectPrints("every 50 ms { P.I = 2 pA * randn() }", "every 50: P.I = 2 * randn#0()\n");
  expectPrints("every 2 ms { P.tau = 2 * tau }", "every 2: P.tau = 2 * tau\n");
  rejects("every <<0 ms>> { P.I = 1 pA }", "X1", "`every` must be positive");
  rejects("every <<0.25 ms>> { P.I = 1 pA }", "X6", "`every` must be a multiple of `dt`");
  rejects("every 1 ms { <<P.I = external>> }", "X3", "written by the host whenever it likes");
  rejects("P.I = 1 pA\n every 1 ms { <<P.I = 2 pA>> }", "X4", "`I` of some neurons is given twice");
  rejects("every 1 ms { P.I = 2 pA }\n at 5 ms { <<P.I = 1 pA>> }", "X3", "what `every` sets is not replaced");
  rejects("every 1 ms { <<W.w = 2 pA>> }", "X3", "the weights of a projection change at a time");
}

TEST(CheckExperiments, WeightsChangeAtATime) {
  expectPrints("at 20 ms { W.w *= 2 where pre.i < 3 }", "at 20: \"W\".w = w * 2 where pre.i < 3\n");
  expectPrints("then for 20 ms { W.w = 3 pA }", "at 1000: \"W\".w = 3\n");
  rejects("at 20 ms { W.w *= <<2 mV>> }", "U2", "a factor is a number");
  rejects("at 20 ms { W.w += <<2 mV>> }", "U2", "`w` is a current");
  rejects("at 20 ms { W.<<delay>> = 2 ms }", "X3", "what changes of a projection while the network runs is its weight `w`");
  rejects("at 20 ms { W.w = 2 pA where <<pre.i>> }", "U4", "a condition is needed here");
  rejects("at 20 ms { W.w = <<randn()>> * 1 pA }", "N8", "`randn` is drawn anew in every step");
  rejects("at 20 ms { P.I = 2 pA where <<i < 3>> }", "X3", "`where` chooses connections");
}

TEST(CheckExperiments, ARateMayEndThem) {
  expectPrints("stop when rate of E over 50 ms > 15 Hz", "stop when rate of P[0:5] over 50 > 0.015\n");
  rejects("stop when rate of E over <<0 ms>> > 15 Hz", "X1", "must be positive");
  rejects("stop when rate of E over <<0.25 ms>> > 15 Hz", "X6", "spikes are counted over whole steps");
  rejects("stop when rate of E over 50 ms > <<15 mV>>", "U2", "the rate is a frequency");
  rejects("stop when rate of E over <<50 ms>>", "P1", "the rate is compared with a limit");
}

TEST(CheckExperiments, CopiesAreSwept) {
  expectPrints("batch 8 redraw connectivity", "batch 8 redraw connectivity\n");
  expectPrints("set P.tau = sweep(10 ms, 20 ms)", "set \"P.tau\" = 10, 20\n");
  expectPrints("set (P.tau, W.weight) = sweep((1 ms, 2 pA), (3 ms, 4 pA))", "set \"P.tau\" \"W.weight\" = 1 2, 3 4\n");
  expectPrints("set W.tau = 3 ms", "set \"W.Alpha.tau\" = 3\n");
  rejects("batch <<0>>", "X1", "a batch has from 1 to 1000000 copies");
  rejects("set <<E>>.tau = sweep(1 ms, 2 ms)", "X7", "`E` is part of `P`");
  rejects("set P.<<I>> = 1 pA", "X7", "is neither");
  rejects("set P.<<tua>> = 1 ms", "X7", "has no parameter or state `tua`");
  rejects("set W.<<weigth>> = 1 pA", "X7", "`W` has no `weigth`");
  rejects("set <<nothing>> = 1", "X7", "what is set is a parameter");
  rejects("set P.tau = sweep(1 ms, <<2 mV>>)", "U2", "`P.tau` is a time, but `2 mV` is a voltage");
  rejects("set P.tau = 1 ms\n <<set P.tau = 2 ms>>", "N2", "`P.tau` is set twice");
  rejects("set (P.tau, W.weight) = sweep((<<1 ms>>))", "X7", "1 values for 2 names");
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

TEST(CheckExperiments, DrivesFollowData) {
  expectPrints("P.I = load(\"i.npy\")", "P.I = load(\"i.npy\") in pA");
  expectPrints("P.tau = load(\"t.h5\", \"tau\", every = 50 us * 2)",
               "P.tau = load(\"t.h5\", \"tau\", every = 0.1, interpolation = previous, beyond = hold) in ms");
  expectPrints("let step = 2 ms\nE.I += 2 nA * load(\"i.npy\", beyond = zero, interpolation = linear, every = step)",
               "P[0:5].I += 2000 * load(\"i.npy\", every = 2, interpolation = linear, beyond = zero)");
  rejects("P.I = load(\"i.npy\", <<evry>> = 1 ms)", "X12", "`load` has no option `evry`, did you mean `every`?");
  rejects("P.I = load(\"i.npy\", every = <<0 ms>>)", "X12", "must be positive, and `0 ms` is not");
  rejects("P.I = load(\"i.npy\", every = <<1 mV>>)", "U2", "the time from one sample to the next is a time, but `1 mV` is a voltage");
  rejects("P.I = load(\"i.npy\", every = <<t>>)", "N1", "unknown name `t`");
  rejects("P.I = load(\"i.npy\", every = 1 ms, interpolation = <<cubic>>)", "X12", "an `interpolation` is `previous` or `linear`");
  rejects("P.I = load(\"i.npy\", every = 1 ms, beyond = <<1>>)", "X12", "is `hold`, `zero` or `repeat`");
  rejects("P.I = load(\"i.npy\", every = 1 ms, <<every>> = 2 ms)", "X12", "`every` is given twice");
  rejects("P.I = load(\"i.npy\", <<beyond>> = zero)", "X12", "without `every` the array has one number per neuron");
  rejects("P.I = load(<<\"i.csv\">>, every = 1 ms)", "C15", "reads `.npy`, `.npz`, `.h5` and `.hdf5` files");
  rejects("P.I = <<load(every = 1 ms)>>", "C15", "`load` takes a file");
  rejects("P.I = <<2 * load(\"i.npy\")>>", "U2", "`I` is a current, but");
}
