#include "GenerateExperiment.h"

using namespace snn;
using test::Dice;
using test::Network;
using test::Place;

namespace {

class ExperimentWriter {
public:
  ExperimentWriter(Dice &dice, const Network &network) : dice(dice), network(network) {}

  std::string write() {
    line("dt 0.1 ms;  duration " + dice.whole(16, 30) + " ms;  seed " + dice.whole(1, 1000));
    for (const Place &population : network.populations) {
      drive(population);
      record(population);
    }
    for (const Place &source : network.sources)
      line("record spikes of " + source.name);
    for (const std::string &projection : network.plastic)
      line("record w of " + projection + " every " + dice.pick({"0.1 ms", "1 ms"}));
    if (dice.chance(0.1))
      line("stop when rate of P0 over 5 ms > " + dice.number(150, 400) + " Hz");
    if (dice.chance(0.15))
      line("P0[:2].I += " + amount(network.populations.front(), 0.2, 1));
    if (dice.chance(0.3))
      addProtocol(dice.pick(network.populations));
    if (!network.plastic.empty() && dice.chance(0.2))
      line("at 7.3 ms { " + network.plastic.front() + ".w *= 0.6" + dice.pick({"", " where pre.i % 2 == 0"}) + " }");
    return "simulate Net {\n" + text + "}\n";
  }

private:
  void line(const std::string &statement) { text += "    " + statement + "\n"; }

  std::string amount(const Place &place, double low, double high) {
    const double scale = place.kind->portScale();
    return dice.number(low * scale, high * scale) + " " + place.kind->portUnit();
  }

  /// Some 30 mV with a time constant of 10 ms, so that a neuron fires every 5 to 15 ms.
  void drive(const Place &place) {
    std::string value = amount(place, 2, 4);
    switch (dice.below(6)) {
    case 0:
      value += " * (t >= 2 ms)";
      break;
    case 1:
      value += " * (1 + 0.2*i/n)";
      break;
    case 2:
      value += " + " + amount(place, 0.2, 1) + " * sin(2*pi*t / (" + dice.number(3, 20) + " ms))";
      break;
    case 3:
      value += " + " + amount(place, 0.1, 1) + " * randn()";
      break;
    default:
      break;
    }
    line(place.name + ".I += " + value);
  }

  void record(const Place &place) {
    line("record spikes of " + place.name);
    std::string states;
    for (const std::string &state : place.kind->states)
      states += (states.empty() ? "" : ", ") + state;
    line("record " + states + " of " + place.name + dice.pick({"", " every 0.5 ms", " every 1 ms from 2 ms"}));
    if (dice.chance(0.2))
      line("record rate of " + place.name + " every 2 ms");
    if (dice.chance(0.2))
      line("record I of " + place.name + "[:2]");
    if (dice.chance(0.2))
      line("record mean V of " + place.name + " every 0.3 ms");
  }

  /// What is given at a time, again and again, or in a phase of its own.
  void addProtocol(const Place &place) {
    const std::string &name = place.name;
    switch (dice.below(5)) {
    case 0:
      line("at 6.2 ms { " + name + ".I += " + amount(place, 0.5, 1) + " }");
      break;
    case 1:
      line("then for 5 ms { " + name + ".I = " + amount(place, 3, 5) + " }");
      break;
    case 2:
      line("every 1.7 ms { " + name + ".V_th = -50 mV + 1 mV * randn() }");
      break;
    case 3:
      line(name + ".E_L = -65 mV + 2 mV * sin(t / (5 ms))");
      break;
    default:
      line("at 4 ms { " + name + ".tau = 7 ms }");
      break;
    }
  }

  Dice &dice;
  const Network &network;
  std::string text;
};

} // namespace

std::string test::generateExperiment(Dice &dice, const Network &network) {
  return ExperimentWriter(dice, network).write();
}
