// What is allowed and yet probably a mistake.

#include "CheckedText.h"

using namespace snn;
using test::CheckedText;

static void warns(const char *text, const char *code, const char *message) {
  SCOPED_TRACE(text);
  test::expectOnly({text, code, message}, Severity::Warning);
}

static void isSilentOn(const char *text) {
  CheckedText checked(text);
  EXPECT_EQ(checked.rendered(), "") << text;
}

TEST(CheckWarnings, InputsNobodyFeeds) {
  warns("network A { population <<P>> = LIF[1]\n population Q = LIF[1] }\nsimulate A { duration 1 s }", "W1",
        "nothing feeds input `I` of `LIF`");
  isSilentOn(
      "network A { population P = LIF[2]\n population Q = LIF[1] }\nsimulate A { duration 1 s\n P[:1].I = 1 nA }");
  isSilentOn("network A { population P = LIF[2] }"); // nobody runs it
}

TEST(CheckWarnings, StartsAboveThreshold) {
  warns("network A { population <<P>> = LIF[1] { V = 2 mV } }", "W2", "`P` starts above its threshold");
  isSilentOn("network A { population P = LIF[1] { V ~ normal(2 mV, 1 mV) } }");
  isSilentOn("network A { population P = HH[1] { V = 40 mV } }"); // it has to cross its threshold
}

TEST(CheckWarnings, RoundedDelays) {
  warns("network A { population P = Poisson[1]\n population Q = LIF[1]\n"
        " project P -> Q { connect all_to_all; weight 1 mV*pF; delay <<0.25 ms>> } }\nsimulate A { dt 0.1 ms; duration "
        "1 s }",
        "W3", "the delay of 0.25 ms is not a multiple of `dt` and is rounded to 0.3 ms");
  isSilentOn(
      "network A { population P = Poisson[1]\n population Q = LIF[1]\n"
      " project P -> Q { connect all_to_all; weight 1 fC; delay 1.7 ms } }\nsimulate A { dt 0.1 ms; duration 1 s }");
}

TEST(CheckWarnings, DeclarationsNobodyUses) {
  warns("neuron N { param <<tau>> = 1 ms\n state V = 0\n V' = -V/2 ms }", "W4", "nothing uses `tau`");
  warns("neuron N { state <<x>> = 0\n state V = 0\n V' = -V/2 ms }", "W4", "nothing uses `x`");
  warns("neuron N { let <<x>> = 2*V\n state V = 0\n V' = -V/2 ms }", "W4", "nothing uses `x`");
  isSilentOn("neuron N { param k = 2\n state V = 0\n V' = -V/2 ms\n spike when V > 1 }\n"
             "network A { population P = N[3]\n project P -> P.V { connect all_to_all; weight pre.k } }");
}

TEST(CheckWarnings, RoundedDurations) {
  warns("network A { population P = Poisson[1] }\nsimulate A { dt 0.1 ms; duration <<1.26 ms>> }", "W5",
        "is rounded to 1.3 ms");
}

TEST(CheckWarnings, ResetsThatDoNotEndTheSpike) {
  const std::string neuron = "neuron N { param V_th = -50 mV\n param V_r = -60 mV\n state V = -65 mV\n"
                             " V' = -(V + 65 mV)/10 ms\n spike when V >= V_th { V = V_r } }\n";
  warns((neuron + "network A { population <<P>> = N[1] { V_r = -40 mV } }").c_str(), "W7",
        "a spike of `N` leaves it above its threshold");
  isSilentOn((neuron + "network A { population P = N[1] { V_r = -55 mV } }").c_str());
}

TEST(CheckWarnings, DivisorsThatAreZero) {
  const std::string synapse = "synapse D { param a = 1 ms\n param b = 2 ms\n weight w\n state g: w = 0\n g' = -g/b\n"
                              " on pre { g += w*b/(b - a) }\n output g }\n";
  auto network = [&](const char *use) {
    return synapse + "network A { population P = Poisson[1]\n population Q = LIF[1]\n"
                     " project P -> Q { connect all_to_all; weight 1 nA; synapse " + use + " } }";
  };
  warns(network("<<D(b = 1 ms)>>").c_str(), "W8", "a divisor in `D` is zero");
  isSilentOn(network("D").c_str());
}

TEST(CheckWarnings, SoftResetsOfExponentialModels) {
  warns("neuron N { state V = 0\n V' = (exp(V) - V)/1 ms\n spike when V > 5 { <<V -= 5>> } }", "W9",
        "grows exponentially");
  isSilentOn("neuron N { state V = 0\n V' = (exp(V) - V)/1 ms\n spike when V > 5 { V = 0 } }");
  isSilentOn("neuron N { state V = 0\n V' = (1 - V)/1 ms\n spike when V > 5 { V -= 5 } }");
}

TEST(CheckWarnings, RemovableSingularities) {
  warns("neuron N { state V = 0\n V' = <<V/(exp(V) - 1)>>/1 ms }", "W6", "0/0");
  warns("neuron N { state V = 0\n V' = <<0.1*(V + 40)/(1 - exp(-(V + 40)/10))>>/1 ms }", "W6", "exprel");
  isSilentOn("neuron N { state V = 1\n V' = 1/(exp(V) + 1)/1 ms }");
}
