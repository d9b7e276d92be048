// Plasticity rules: what they may contain, where their states live, and which projections they fit.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;
using test::expectOnly;

/// `body` in a rule with a trace on either side.
static void rejects(const std::string &body, const char *code, const char *message) {
  SCOPED_TRACE(body);
  std::string text = "plasticity R {\n weight w\n param eta: w\n pre state x = 0\n post state y = 0\n x' = -x/20 ms\n"
                     " y' = -y/20 ms\n" +
                     body + "\n}\n";
  expectOnly({text.c_str(), code, message});
}

TEST(CheckPlasticity, RulesActOnSpikes) {
  expectOnly({"plasticity <<R>> { weight w }", "M20", "does nothing: it has neither a handler such as `on pre` nor an equation of the weight"});
  rejects("on post { <<release x>> }", "M20", "`release` stands in `on pre`");
  rejects("on post { w += eta;  <<deliver>> }", "M20", "`deliver` stands in `on pre`");
  rejects("on pre { deliver;  w += eta;  <<deliver>> }", "M20", "an event is delivered once");
  rejects("on <<dopamine>> { w += eta }", "M16", "`R` has no event `dopamine`");
  rejects("modulator D\n on D { w += eta * <<D>> }", "M20", "`D` is a modulator and has no value");
  rejects("modulator D\n on D { <<x += 1>> }", "M21", "`x` is one per source, and `on D` writes it");
  rejects("on y > 1 { <<y -= 1>> }", "M21", "`y` is one per target, and `on <condition>` writes it");
  rejects("on <<y + 1>> { w += eta }", "U4", "a condition is needed here");
  rejects("w' = eta * <<old(x)>> / 1 ms", "M20", "`old` has nothing to say in it");
  rejects("on pre { w += eta * <<rand()>> }", "P6", "a random number in a plasticity rule");
  rejects("on pre { w += eta * (<<since spike>> / 1 ms) }", "N8", "`since spike` is known only to what a neuron does");
  rejects("on pre { release <<3 mV>> }", "U2", "what a spike releases is a number");
  EXPECT_EQ(CheckedText("plasticity R { on pre { release 0.5 } }").rendered(), "");
}

TEST(CheckPlasticity, TheDelayOfWhatIsLookedBackAtIsFixed) {
  rejects("on pre { w += eta * delayed(y, <<x * 1 ms>>) }", "M7", "the delay of `delayed` cannot change in time");
  rejects("on pre { w += eta * delayed(y, <<-1 ms>>) }", "M13", "the delay of `delayed` cannot be negative");
  rejects("on pre { w += eta * delayed(y, <<3>>) }", "U2", "the delay of `delayed` is a time, but `3` is a number");
  rejects("on pre { w += eta * delayed(<<old(y)>>, 1 ms) }", "P6", "something that looks back itself");
  rejects("keep w in 0 .. <<delayed(eta, 1 ms)>>\n on pre { w += eta }", "N8", "`delayed` looks back in time");
}

TEST(CheckPlasticity, BoundsAreFixedAndGivenOnce) {
  rejects("on pre { w += eta }\n keep w in 0 .. <<eta * x>>", "M20",
          "a bound is made of parameters, and `eta * x` changes");
  rejects("on pre { w += eta }\n keep w in 0 .. eta\n <<keep w in 0 .. 2*eta>>", "M20", "`w` has two pairs of bounds");
  rejects("on pre { w += eta }\n keep <<eta>> in 0 .. 1", "M3", "what is kept within bounds must be a state");
  rejects("on pre { w += eta }\n keep x in 0 .. <<3 ms>>", "U2", "`x` is a number, but `3 ms` is a time");
}

TEST(CheckPlasticity, OneSideDoesNotWriteWhatTheOtherOwns) {
  rejects("on pre { w += eta*y }\n on post { <<x += 1>> }", "M21", "`x` is one per source, and `on post` writes it");
  rejects("on post { w += eta*x }\n on pre { <<y += 1>> }", "M21", "`y` is one per target, and `on pre` writes it");
}

/// `clause` in a projection between two populations that spike.
static void rejectsClause(const std::string &rule, const std::string &clause, const char *code, const char *message) {
  SCOPED_TRACE(clause);
  std::string text = rule +
                     "network A {\n population P = LIF[5]\n population Q = LIF[5]\n"
                     " project P -> Q.V { connect all_to_all\n weight 1 mV\n " +
                     clause + " }\n}\n";
  expectOnly({text.c_str(), code, message});
}

TEST(CheckPlasticity, OnlyNeuronsKeepAPast) {
  const char *const rule = "plasticity R { weight w\n param tau = 20 ms\n param d = 1 ms\n post state y = 0\n pre state x = 0\n state e = 0\n y' = -y/tau\n"
                           " x' = -x/tau\n e' = -e/tau\n on pre { w *= delayed(e, d);  x += 1;  e += 1 }\n on post { y += 1;  e += 1 } }\n";
  rejectsClause(rule, "plasticity <<R>>", "M22", "has to be one per source or one per target, but it depends on `e`, which is not");
  const char *const shared = "plasticity R { weight w\n param d = 1 ms\n post state y = 0\n pre state x = 0\n y' = -y/(5 ms)\n x' = -x/(5 ms)\n"
                             " on pre { w *= delayed(y, d);  x += 1 }\n on post { y += 1 } }\n";
  rejectsClause(shared, "plasticity <<R(d ~ uniform(1 ms, 2 ms))>>", "M22", "it depends on `d`, which differs between connections");
  const std::string mixed = "plasticity R { weight w\n post state y = 0\n pre state x = 0\n on pre { w *= delayed(y + x, 1 ms);  x += 1 }\n on post { y += 1 } }\n";
  rejectsClause(mixed, "plasticity <<R>>", "M22", "it depends on `x`, which is not");
}

TEST(CheckPlasticity, AssertedOwnersAreProvedWhereTheRuleIsUsed) {
  const char *const rule =
      "plasticity R { weight w\n param tau = 20 ms\n param eta = 0.1\n pre state x = 0\n x' = -x/tau\n"
      " on pre { x += eta;  w *= 1 + x } }\n";
  rejectsClause(rule, "plasticity <<R(tau ~ uniform(10 ms, 20 ms))>>", "M21",
                "`x` of `R` is declared as one per source, but it depends on `tau`, which differs between connections");
  rejectsClause(rule, "plasticity <<R(eta = 0.1 * post.i)>>", "M21",
                "it depends on `eta`, which differs between connections");
  rejectsClause(rule, "plasticity <<R(x ~ uniform(0, 1))>>", "M21", "is drawn for every connection");
  rejectsClause("plasticity R { weight w\n pre state x = 0\n on pre { x += w / (1 mV) } }\n", "plasticity <<R>>", "M21",
                "it depends on the weight `w`");
  rejectsClause(
      "plasticity R { weight w\n post V: voltage\n pre state x = 0\n x' = (V/(1 mV) - x)/20 ms\n on pre { w *= x } }\n",
      "plasticity <<R>>", "M21", "it depends on `V` of the target");
}

TEST(CheckPlasticity, WeightsFit) {
  rejectsClause("plasticity R { weight w\n on pre { w += 1 nS } }\n", "plasticity <<R>>", "C20",
                "`R` needs a weight that is a conductance, but the weight here is a voltage");
  expectOnly({"plasticity R { weight w\n on post { w *= 2 } }\nneuron Quiet { state V = 0 mV\n V' = -V/1 ms }\n"
              "network A { population P = LIF[1]\n population Q = Quiet[1]\n"
              " project P -> Q.V { connect all_to_all\n weight 1 mV\n plasticity <<R>> } }",
              "C20", "`R` has an `on post`, but `Quiet` never spikes"});
  expectOnly(
      {"plasticity R { weight w\n on pre { w *= 2 } }\nsynapse S { pre V: voltage\n state s = 0 mV\n s' = (V - s)/1 "
       "ms\n output s }\n"
       "neuron N { state V = 0 mV\n input I: voltage\n V' = (I - V)/1 ms\n spike when V > 1 mV { V = 0 mV } }\n"
       "network A { population P = N[1]\n project P -> P { connect all_to_all\n synapse S\n plasticity <<R>> } }",
       "C20", "`R` acts on a weight, and synapse `S` has none"});
}

TEST(CheckPlasticity, WhatIsReleasedReachesTheSynapse) {
  expectOnly({"synapse Gate { weight w\n state s = 0\n s' = -s/1 ms\n on pre { s += 1 - s }\n output w * s }\n"
              "neuron N { state V = 0 mV\n input I: voltage\n V' = (I - V)/1 ms\n spike when V > 1 mV { V = 0 mV } }\n"
              "network A { population P = N[1]\n project P -> P { connect all_to_all\n weight 1 mV\n synapse Gate\n "
              "plasticity <<STD>> } }",
              "C20", "`on pre` of synapse `Gate` does not use the weight"});
}

TEST(CheckPlasticity, SeveralRulesMayActOnOneProjection) {
  CheckedText text("plasticity R { weight w\n on pre { w *= 2 } }\nnetwork A { population P = LIF[1]\n"
                   " project P -> P.V { connect all_to_all\n weight 1 mV\n plasticity R\n plasticity STP } }");
  EXPECT_EQ(text.rendered(), "");
}

TEST(CheckPlasticity, RulesSeeWhatTheProjectionGivesThem) {
  const std::string rule = "plasticity R { weight w\n modulator D\n modulator D.V: voltage\n on D { w *= 1 + D.V / (1 mV) } }\n"
                           "neuron Quiet { state V = 0 mV\n V' = -V/1 ms }\n";
  auto rejects = [&](const std::string &populations, const std::string &clauses, const char *code, const char *message) {
    SCOPED_TRACE(clauses);
    expectOnly({(rule + "network A {\n population P = LIF[5]\n" + populations + "\n project P -> P.V { connect all_to_all\n weight 1 mV\n " +
                 clauses + " }\n}\n").c_str(), code, message});
  };
  rejects("", "plasticity <<R>>", "C20", "`R` needs to know who its modulator `D` is; say so by `modulator D = GROUP`");
  rejects("population Q = LIF[1]", "plasticity R\n modulator D = Q\n <<modulator D = P[:1]>>", "C20", "modulator `D` is given twice");
  rejects("population Q = Quiet[1]", "plasticity R\n <<modulator D = Q>>", "C20", "waits for spikes of `D`, but `Quiet` never spikes");
  rejects("population Q = LIF[2]", "plasticity R\n <<modulator D = Q>>", "C20", "`D.V` is the state of one neuron, but the modulator has 2");
  rejects("population Q = Poisson[1]", "plasticity R\n <<modulator D = Q>>", "C20", "but `Poisson` has no state `V`");
  rejects("population Q = LIF[1]", "plasticity STD\n modulator <<E>> = Q", "C20", "no rule of this projection has a modulator `E`");
  expectOnly({"plasticity R { weight w\n syn h: w\n on pre { w += h } }\nneuron N { state V = 0 mV\n input I: voltage\n V' = (I - V)/1 ms\n spike when V > 1 mV }\n"
              "network A { population P = N[1]\n project P -> P { connect all_to_all\n weight 1 mV\n synapse Expon\n plasticity <<R>> } }",
              "C20", "`R` reads `h` of the synapse, but `Expon` has no state of that name"});
  expectOnly({"plasticity R { weight w\n pre I: voltage\n on pre { w *= 1 + I / (1 mV) } }\nneuron N { state V = 0 mV\n input I: voltage\n V' = (I - V)/1 ms\n spike when V > 1 mV }\n"
              "network A { population P = N[1]\n project P -> P { connect all_to_all\n weight 1 mV\n synapse Expon\n plasticity <<R>> } }",
              "C20", "`R` reads `I`, which is neither a state nor a parameter of `N`"});
  const char *const two = "plasticity R { weight w\n w' = -w / 1 s }\n";
  expectOnly({(std::string(two) + "network A { population P = LIF[1]\n project P -> P.V { connect all_to_all\n weight 1 mV\n plasticity R\n plasticity <<R>> } }").c_str(),
              "C20", "the weight has one equation, and there is one in two rules"});
}
