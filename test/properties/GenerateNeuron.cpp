#include "Pieces.h"

using namespace snn;
using test::Dice;
using test::NeuronKind;

namespace {

/// Collects the statements of a neuron by their place in it, and the terms of its membrane equation.
class NeuronWriter {
public:
  NeuronWriter(Dice &dice, const std::string &name) : dice(dice) { kind.name = name; }

  NeuronKind write() {
    addMembrane();
    struct Feature {
      double probability;
      void (NeuronWriter::*add)();
    };
    for (auto [probability, add] : {Feature{0.3, &NeuronWriter::addAdaptation},
                                    {0.2, &NeuronWriter::addGate},
                                    {0.15, &NeuronWriter::addUpstroke},
                                    {0.2, &NeuronWriter::addMovingThreshold},
                                    {0.15, &NeuronWriter::addVector},
                                    {0.15, &NeuronWriter::addDendrite},
                                    {0.2, &NeuronWriter::addMechanism},
                                    {0.25, &NeuronWriter::addNoise},
                                    {0.15, &NeuronWriter::addFeedback},
                                    {0.15, &NeuronWriter::addCount},
                                    {0.15, &NeuronWriter::addSlowAverage},
                                    {0.12, &NeuronWriter::addSharedRhythm},
                                    {0.3, &NeuronWriter::addKicks},
                                    {0.12, &NeuronWriter::addTimeSinceSpike}})
      if (dice.chance(probability))
        (this->*add)();
    addSpike();
    addMethod();
    kind.text = "neuron " + kind.name + " {\n" + declarations + lets + equations + "    V' = " + slope + "\n" +
                handlers + spike + "}\n";
    return std::move(kind);
  }

private:
  void declare(const std::string &line) { declarations += "    " + line + "\n"; }
  void state(const std::string &name, const std::string &value) {
    declare("state " + name + value);
    kind.states.push_back(name);
  }
  void equation(const std::string &line) { equations += "    " + line + "\n"; }

  void addMembrane() {
    kind.takesCurrent = dice.chance(0.4);
    declare("param tau = " + dice.number(5, 20) + " ms  where > 0 ms");
    declare("param E_L = -65 mV;  V_th = -50 mV");
    if (kind.takesCurrent)
      declare("param C = 200 pF");
    declare(std::string("input I: ") + (kind.takesCurrent ? "current" : "mV/ms"));
    state("V", dice.chance(0.5) ? " ~ uniform(-65 mV, -51 mV)" : " = E_L + 10 mV * i / n");
    slope = std::string("(E_L - V) / tau + I") + (kind.takesCurrent ? " / C" : "");
  }

  void addAdaptation() {
    state("u", " = 0 mV/ms");
    hasOwnMethod = dice.chance(0.15);
    equation("u' = (" + dice.number(0.005, 0.05) + " /ms * (V - E_L) - u) / (" + dice.number(10, 60) + " ms)" +
             (hasOwnMethod ? " method " + dice.pick({"rk2", "euler", "rk4"}) : ""));
    slope += " - u";
    resets += ";  u += " + dice.number(0.02, 0.3) + " mV/ms";
  }

  void addGate() {
    state("m", " = " + dice.number(0, 0.5));
    lets += "    let m_inf = 1 / (1 + exp(-(V + " + dice.number(45, 60) + " mV) / " + dice.number(3, 8) + " mV))\n";
    equation("m' = (m_inf - m) / (" + dice.number(1, 10) + " ms)");
    slope += " + " + dice.number(0.005, 0.05) + " /ms * m" + dice.pick({"", "^2", "^3"}) + " * (-20 mV - V)";
  }

  /// Quadratic or exponential; held back above the threshold, where a step could otherwise be too long.
  void addUpstroke() {
    if (dice.chance(0.5))
      slope += " + " + dice.number(0.002, 0.01) + " /mV/ms * (V - E_L) * (min(V, V_th) + 55 mV)";
    else
      slope += " + 2 mV * exp((min(V, V_th) + 52 mV) / (2 mV)) / tau";
  }

  void addMovingThreshold() {
    state("theta", " = 0 mV");
    equation("theta' = -theta / (" + dice.number(5, 40) + " ms)");
    threshold += " + theta";
    resets += ";  theta += " + dice.number(0.5, 3) + " mV";
  }

  void addVector() {
    const int length = dice.between(2, 3);
    std::string list;
    for (int k = 0; k < length; ++k)
      list += (k ? ", " : "") + dice.number(2, 40);
    declare("param tau_z[" + std::to_string(length) + "] = [" + list + "] ms");
    state("z", "[" + std::to_string(length) + "] = 0 mV");
    equation("z' = (V - E_L - z) / tau_z");
    slope += " - 0.02 /ms * " + dice.pick({"sum(z)", "z[0]", "(z[0] - z[1])"});
  }

  void addDendrite() {
    kind.hasDendrite = true;
    state("V_d", " = E_L");
    declare(std::string("input I_d: ") + (kind.takesCurrent ? "current" : "mV/ms") + " at V_d");
    equation("V_d' = (E_L - V_d) / tau + (V - V_d) / (" + dice.number(2, 8) + " ms) + I_d" +
             (kind.takesCurrent ? " / C" : ""));
    slope += " + (V_d - V) / (" + dice.number(4, 20) + " ms)";
  }

  void addMechanism() {
    if (!kind.takesCurrent)
      return;
    declare("use " + dice.pick({"Leak(g = 3 nS, E = -60 mV)", "HHPotassium(g = 100 nS)"}) + " as channel");
    slope += " + channel.current / C";
  }

  void addNoise() {
    isNoisy = true;
    if (dice.chance(0.7)) {
      declare("param sigma = " + dice.number(0.5, 3) + " mV");
      slope += " + sigma*sqrt(2/tau)*xi";
    } else
      slope += " + " + dice.number(0.1, 0.5) + " mV/ms * randn()";
  }

  void addFeedback() {
    slope += " - " + dice.number(0.005, 0.04) + " /ms * (delayed(V, " + dice.number(0.1, 3) + " ms) - E_L)";
  }

  void addCount() {
    state("c", " = 0");
    handlers += "    on step { c = 0.9*c + 0.1*heaviside(V + 55 mV)" + std::string(dice.chance(0.3) ? "*old(c)" : "") +
                "*rand() }\n";
  }

  void addSlowAverage() {
    state("a", " = E_L");
    handlers += "    every " + dice.number(0.3, 3) + " ms { a += 0.5*(V - a) }\n";
    threshold += " + 0.05*(a - E_L)";
  }

  void addSharedRhythm() {
    declare("shared state G = 0 mV/ms");
    handlers += "    every " + dice.number(0.5, 4) + " ms { G = 0.6*G + 0.2 mV/ms * randn() }\n";
    slope += " + G";
  }

  void addKicks() {
    kind.takesKicks = true;
    declare("input kick: event mV");
    kind.sortsKicks = dice.chance(0.3);
    handlers += "    on kick { V += " +
                (kind.sortsKicks ? "max(kick, 0 mV) + 0.5*min(kick, 0 mV)" : dice.pick({"kick", "0.7*kick"})) + " }\n";
  }

  void addTimeSinceSpike() {
    slope +=
        " - (if since spike < " + dice.number(0.5, 5) + " ms then " + dice.number(0.1, 0.6) + " mV/ms else 0 mV/ms)";
  }

  void addSpike() {
    const std::string condition =
        dice.chance(0.12) ? "at rate " + dice.number(50, 200) + " Hz * exp((V - " + threshold + ") / (2 mV))"
                          : "when V " + dice.pick({">=", ">=", ">=", ">=", ">=", "crosses"}) + " " + threshold;
    spike = "    spike " + condition + " { V = E_L" + dice.pick({"", " + 2 mV", " - 5 mV"}) + resets + " }\n";
    const std::string period = dice.number(0.3, 3) + " ms";
    if (dice.chance(0.6))
      spike += "    refractory " + period + dice.pick({"", " holding V", " full"}) + "\n";
  }

  void addMethod() {
    if (dice.chance(0.55))
      return;
    std::string method = isNoisy ? dice.pick({"euler", "heun", "milstein", "exp_euler", "rk2"})
                                 : dice.pick({"euler", "heun", "rk2", "rk4", "exp_euler"});
    if (!isNoisy && !hasOwnMethod && dice.chance(0.15))
      method = "adaptive(tolerance = 1e-5)";
    else if (dice.chance(0.25))
      method += " steps " + dice.whole(2, 4);
    spike += "    method " + method + "\n";
  }

  Dice &dice;
  NeuronKind kind;
  bool isNoisy = false;
  bool hasOwnMethod = false; ///< one of the equations
  std::string declarations, lets, equations, handlers, spike;
  std::string slope; ///< the right-hand side of V'
  std::string threshold = "V_th";
  std::string resets; ///< behind that of V
};

} // namespace

NeuronKind test::generateNeuron(Dice &dice, const std::string &name) { return NeuronWriter(dice, name).write(); }
