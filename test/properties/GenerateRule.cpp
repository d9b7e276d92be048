#include "Pieces.h"

using namespace snn;
using test::Dice;
using test::RuleKind;

/// Pairs of spikes, with all that may go with them: bounds that depend on the weight, a slow second trace, an eligibility, a third factor.
static RuleKind pairRule(Dice &dice, const std::string &name) {
  RuleKind rule{name, "", "w_max", "tau_x"};
  const bool isDeclared = dice.chance(0.3); // that the traces are those of the ends
  if (isDeclared)
    rule.timeConstant.clear();
  std::string states =
      isDeclared ? "    pre state x = 0\n    post state y = 0\n" : "    state x = 0\n    state y = 0\n";
  std::string equations = "    x' = -x / tau_x\n    y' = -y / (" + dice.number(5, 40) + " ms)\n";
  std::string onPre = "w -= " + dice.number(0.005, 0.05) + "*w_max*y" + dice.pick({"", "*(w / w_max)"});
  std::string onPost =
      "w += " + dice.number(0.005, 0.05) + "*w_max*" + dice.pick({"x", "old(x)"}) + dice.pick({"", "*(1 - w/w_max)"});
  std::string others;
  if (dice.chance(0.3)) {
    states += "    state slow = 0\n";
    equations += "    slow' = -slow / (" + dice.number(30, 100) + " ms)\n";
    onPost += "*(1 + slow);  slow += 1";
  }
  if (dice.chance(0.25)) {
    states += "    state e: w = 0 * w_max\n";
    equations += "    e' = -e / (" + dice.number(10, 50) + " ms)\n";
    onPre += ";  e += 0.01*w_max*y";
    rule.hasModulator = dice.chance(0.6);
    if (rule.hasModulator)
      others += "    on D { w += " + dice.number(0.01, 0.2) + "*e }\n";
    else
      equations += "    w' = e / (" + dice.number(20, 100) + " ms)\n";
  }
  if (dice.chance(0.15))
    others += "    on x > " + dice.number(1.2, 2.5) + " { w *= 0.95 }\n";
  rule.text = "plasticity " + name + " {\n    param tau_x = 20 ms\n    param w_max: w\n    weight w\n" +
              (rule.hasModulator ? "    modulator D\n" : "") + states + equations + "    on pre { " + onPre + ";  x " +
              dice.pick({"+= 1", "= 1"}) + " }\n    on post { " + onPost + ";  y += 1 }\n" + others +
              "    keep w in 0 .. w_max\n}\n";
  return rule;
}

/// Resources that spikes use up, or a probability that they raise.
static RuleKind releaseRule(Dice &dice, const std::string &name) {
  const std::string use = dice.number(0.1, 0.6);
  return {name,
          "plasticity " + name + " {\n    param tau_x = 100 ms\n    state u = " + use +
              "\n    state x = 1\n    u' = (" + use + " - u) / (" + dice.number(20, 200) +
              " ms)\n    x' = (1 - x) / tau_x\n    on pre { " +
              dice.pick({"release u*x;  x -= u*x;  u += 0.3*(1 - u)", "u += 0.2*(1 - u);  release u*x;  x -= u*x"}) +
              " }\n}\n",
          "", "tau_x"};
}

RuleKind test::generateRule(Dice &dice, const std::string &name) {
  switch (dice.below(6)) {
  case 0:
    return {"STDP", "", "w_max", ""};
  case 1:
    return {"TripletSTDP", "", "w_max", ""};
  case 2:
    return {dice.pick({"STP"}), "", "", "tau_d"};
  case 3:
    return releaseRule(dice, name);
  default:
    return pairRule(dice, name);
  }
}
