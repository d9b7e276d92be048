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

TEST(CheckWarnings, RemovableSingularities) {
  warns("neuron N { state V = 0\n V' = <<V/(exp(V) - 1)>>/1 ms }", "W6", "0/0");
  warns("neuron N { state V = 0\n V' = <<0.1*(V + 40)/(1 - exp(-(V + 40)/10))>>/1 ms }", "W6", "exprel");
  isSilentOn("neuron N { state V = 1\n V' = 1/(exp(V) + 1)/1 ms }");
}
