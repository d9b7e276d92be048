#include "Pieces.h"

using namespace snn;
using test::Dice;
using test::SynapseKind;

namespace {

/// The statements of a synapse behind its time constant and its weight.
struct Kinetics {
  std::string text;
  bool usesWeightInEvents = true;
  bool isLinear = false;
  bool isGraded = false;
};

} // namespace

static Kinetics kineticsOf(Dice &dice) {
  const std::string factor = dice.number(0.3, 0.9), other = dice.number(2, 15) + " ms";
  switch (dice.below(9)) {
  case 0: // decays
    return {"    state g: w = 0\n    g' = -g / tau\n    on pre { g += " + dice.pick({"w", "w / 2"}) +
                " }\n    output g\n",
            true, true};
  case 1: // rises and decays
    return {"    state g: w = 0\n    state h: w = 0\n    g' = (h - g) / tau\n    h' = -h / (" + other +
                ")\n    on pre { h += w }\n    output g\n",
            true, true};
  case 2: // two components
    return {"    state f: w = 0\n    state s: w = 0\n    f' = -f / tau\n    s' = -s / (" + other +
                ")\n    on pre { f += w;  s -= " + factor + "*w }\n    output f - s/2\n",
            true, true};
  case 3: // saturates, one amount for all targets
    return {"    state s = 0\n    s' = -s / tau\n    on pre { s += " + factor + " * (1 - s) }\n    output w * s\n",
            false};
  case 4: // an event takes away part of what is there
    return {"    state g: w = 0\n    g' = -g / tau\n    on pre { g += w - " + factor + "*g }\n    output g\n"};
  case 5: // two stages, the second saturating (NMDA)
    return {"    state x = 0\n    state s = 0\n    x' = -x / (" + other +
                ")\n    s' = 0.5 /ms * x * (1 - s) - s / tau\n    on pre { x += " + factor + " }\n    output w * s\n",
            false};
  case 6: // decays faster the larger it is
    return {"    state s = 0\n    s' = -s * (1 + s) / tau\n    on pre { s += " + factor + " }\n    output w * s\n",
            false};
  case 7: // blocked by the voltage of the target
    return {"    post V: voltage\n    state s = 0\n    s' = -s / tau\n    on pre { s += " + factor +
                " }\n    output w * s / (1 + 0.28*exp(-V / 16 mV))\n",
            false};
  default: // graded
    return {"    pre V: voltage\n    state s = 0\n    s' = (1 / (1 + exp(-(V + " + dice.number(50, 58) +
                " mV) / 2 mV)) * (1 - s) - s) / tau\n    output w * s\n",
            false, false, true};
  }
}

SynapseKind test::generateSynapse(Dice &dice, const std::string &name) {
  if (dice.chance(0.3))
    return {dice.pick({"Expon", "Alpha"}), "", true, true};
  Kinetics kinetics = kineticsOf(dice);
  return {name, "synapse " + name + " {\n    param tau = 5 ms\n    weight w\n" + kinetics.text + "}\n",
          kinetics.usesWeightInEvents, kinetics.isLinear, kinetics.isGraded};
}
