#include "GenerateNetwork.h"

#include "Alternatives.h"

#include <map>

using namespace snn;
using namespace snn::test;

namespace {

class NetworkWriter {
public:
  explicit NetworkWriter(Dice &dice) : dice(dice) {}

  Network write() {
    const int kinds = dice.between(1, 2);
    for (int k = 0; k < kinds; ++k)
      network.models += network.kinds.emplace_back(generateNeuron(dice, "Neuron" + std::to_string(k))).text;
    line("param strength = " + dice.number(0.7, 1.3));
    addPopulations();
    if (dice.chance(0.5))
      addSource();
    if (dice.chance(0.2))
      addFamily();
    const int projections = dice.between(1, 4);
    for (int k = 0; k < projections; ++k)
      addProjection("W" + std::to_string(k));
    if (dice.chance(0.3))
      addSecondOfAKind();
    if (dice.chance(0.15))
      addGapJunctions();
    if (dice.chance(0.15))
      line("project Poisson(rate = " + dice.number(50, 200) + " Hz) -> P0.V { weight " + dice.number(0.2, 1) + " mV }");
    network.text = "network Net {\n" + text + "}\n";
    return std::move(network);
  }

private:
  void line(const std::string &statement) { text += "    " + statement + "\n"; }

  void addPopulations() {
    const int populations = dice.between(1, 3);
    for (int k = 0; k < populations; ++k) {
      const std::string name = "P" + std::to_string(k);
      const NeuronKind &kind = network.kinds[dice.below(network.kinds.size())];
      Place place{name, name, dice.between(2, 14), &kind, dice.chance(0.4)};
      line("population " + name + " = " + kind.name + "[" + std::to_string(place.size) + "] {");
      if (dice.chance(0.4))
        line("    tau " +
             dice.pick({"~ uniform(6 ms, 15 ms)", "= 10 ms + 1 ms * i/n", "~ normal(10 ms, 1 ms) at least 5 ms"}));
      if (dice.chance(0.3))
        line("    V_th = -50 mV + 1 mV * (i % 3)");
      if (place.hasPosition)
        line("    position " + layout(place.size));
      line("}");
      network.populations.push_back(place);
    }
    const Place &first = network.populations.front();
    if (first.size > 3 && dice.chance(0.25)) {
      line("group Some = P0[1:" + std::to_string(first.size - 1) + "]");
      groups.push_back({"P0", "Some", first.size - 2, first.kind, first.hasPosition});
    }
  }

  /// All in one plane, so that there is a distance between any two.
  std::string layout(int size) {
    switch (dice.below(3)) {
    case 0:
      return "in grid(" + std::to_string(size) + ", 1, 20 um)";
    case 1:
      return "~ uniform_disc(80 um)";
    default:
      return "= [10 um * i, 5 um * (i % 4)]";
    }
  }

  void addSource() {
    Place source{"S", "S", dice.between(2, 8)};
    line("population S = " + dice.pick({"Poisson", "Poisson", "GammaProcess", "DeadTimePoisson"}) + "[" +
         std::to_string(source.size) + "] { rate = " + dice.number(80, 250) + " Hz }");
    network.sources.push_back(source);
  }

  void addFamily() {
    const NeuronKind &kind = network.kinds.front();
    line("index side = Left, Right");
    line("table amount[side] = [" + dice.whole(2, 5) + " " + dice.whole(2, 5) + "]");
    line("table across[a in side, b in side] = if a == b then 0.1 mV else " + dice.number(0.2, 0.8) + " mV");
    line("for a in side { population F[a] = " + kind.name + "[amount[a]] { V = -64 mV + 1 mV * i } }");
    line("for a in side, b in side" + dice.pick({"", " if a != b"}) +
         " { project F[a] -> F[b].V { connect all_to_all;  weight across[a, b];  delay 0.4 ms } }");
  }

  Place part(Place place) {
    if (place.size < 4 || !dice.chance(0.2))
      return place;
    const int begin = dice.between(0, 1), end = place.size - dice.between(0, 1);
    place.size = end - begin;
    place.selected += "[" + std::to_string(begin) + ":" + std::to_string(end) + "]";
    return place;
  }

  /// The contacts of a projection once more, or new ones.
  Contacts anyContacts(const Place &source, const Place &target) {
    for (const auto &[name, others] : named)
      if (others.first == source.selected && others.second == target.selected && dice.chance(0.5))
        return {"like " + name};
    return generateContacts(dice, source, target);
  }

  Place anySource() {
    if (!network.sources.empty() && dice.chance(0.35))
      return part(network.sources.front());
    return anyTarget();
  }

  Place anyTarget() {
    if (!groups.empty() && dice.chance(0.3))
      return groups.front();
    return part(dice.pick(network.populations));
  }

  void addProjection(const std::string &name) {
    const Place source = anySource(), target = anyTarget();
    const Contacts contacts = anyContacts(source, target);
    if (dice.chance(0.25))
      addJumps(source, target, contacts);
    else
      addSynapses(name, source, target, contacts);
  }

  /// Events act at once, on the membrane, an event input or as a pulse of current.
  void addJumps(const Place &source, const Place &target, const Contacts &contacts) {
    std::string port = "V", unit = "mV";
    double scale = 0.8;
    if (target.kind->takesKicks && dice.chance(0.7))
      port = "kick";
    else if (dice.chance(0.3)) {
      port = "I";
      unit = target.kind->takesCurrent ? "pA*ms" : "mV";
      scale *= target.kind->portScale();
    }
    const std::string sign = dice.chance(0.3) ? "-" : "";
    const std::string weight = sign.empty() ? generateWeight(dice, source, target, scale, unit)
                                            : sign + dice.number(0.2 * scale, scale) + " " + unit;
    const bool mayBeProcedural = contacts.mayBeProcedural && !(port == "kick" && target.kind->sortsKicks);
    project(source, target, port, "",
            {"connect " + (mayBeProcedural ? contacts.text : written(contacts.text)), "weight " + weight,
             generateDelay(dice, source, target, mayBeProcedural)});
  }

  /// How a synapse or a rule is used, with a time constant that is the same for all connections, or drawn for each.
  std::string timeConstant(const std::string &parameter, const std::string &value) {
    return parameter + alternative("connection", " = " + value, " ~ uniform(" + value + ", " + value + ")");
  }

  void addSynapses(const std::string &name, const Place &source, const Place &target, const Contacts &contacts) {
    SynapseKind synapse = generateSynapse(dice, "Synapse" + name);
    if (synapse.isGraded && !source.kind)
      synapse = {"Expon", "", true, true};
    network.models += synapse.text;
    RuleKind rule;
    if (!synapse.isGraded && dice.chance(0.35))
      rule = ruleFor(name, synapse);

    // A conductance drives the membrane over some 50 mV; an inhibitory one over less.
    const bool isConductance = dice.chance(0.4);
    double scale = 0.4 * target.kind->portScale();
    std::string unit = target.kind->portUnit(), output;
    if (isConductance) {
      scale /= 50;
      unit = target.kind->takesCurrent ? "nS" : "/ms";
      output = "output COBA(E " + dice.pick({"= 0 mV", "= -80 mV", "= -70 mV", "~ normal(-75 mV, 3 mV)"}) + ")";
    }
    const bool isDrawn = output.find('~') != std::string::npos; // which every connection has to itself
    std::vector<std::string> clauses = {"connect " + contacts.text,
                                        "weight " + generateWeight(dice, source, target, scale, unit)};
    const bool mayBeProcedural = contacts.mayBeProcedural && synapse.isLinear && rule.name.empty() && !isDrawn;
    // A graded synapse whose state lies with the connection reads its source after one delay.
    clauses.push_back(generateDelay(dice, source, target, mayBeProcedural || synapse.isGraded));
    if (!mayBeProcedural)
      clauses.front() = written(clauses.front());
    clauses.push_back("synapse " + synapse.name + "(" + timeConstant("tau", dice.number(2, 9) + " ms") + ")");
    clauses.push_back(output);
    if (!rule.name.empty()) {
      std::string arguments;
      if (!rule.bound.empty()) {
        arguments = rule.bound + " = " + dice.number(1.5 * scale, 3 * scale) + " " + unit;
        network.plastic.push_back(name);
      }
      if (!rule.timeConstant.empty())
        arguments += (arguments.empty() ? "" : ", ") + timeConstant(rule.timeConstant, dice.number(10, 80) + " ms");
      clauses.push_back("plasticity " + rule.name + "(" + arguments + ")");
      if (rule.hasModulator)
        clauses.push_back("modulator D = " + network.sources.front().name);
    }
    lastSource = source;
    lastTarget = target;
    lastClauses = clauses;
    project(source, target, target.kind->hasDendrite && dice.chance(0.5) ? "I_d" : "I", name, clauses);
    if (!mayBeProcedural && !contacts.text.starts_with("like")) // contacts that can be had by name
      named[name] = {source.selected, target.selected};
  }

  RuleKind ruleFor(const std::string &name, const SynapseKind &synapse) {
    RuleKind rule = generateRule(dice, "Rule" + name);
    const bool fits =
        (!rule.hasModulator || !network.sources.empty()) && (!rule.bound.empty() || synapse.usesWeightInEvents);
    if (!fits)
      return {};
    network.models += rule.text;
    return rule;
  }

  /// The same synapses once more, with other weights: they share their states with the first where they can.
  void addSecondOfAKind() {
    if (lastClauses.empty())
      return;
    std::vector<std::string> clauses = lastClauses;
    clauses.erase(clauses.begin() + 5, clauses.end()); // the rules
    clauses[0] = "connect all_to_all";
    project(lastSource, lastTarget, "I", "", clauses);
  }

  void addGapJunctions() {
    const Place &place = network.populations.front();
    const std::string unit = place.kind->takesCurrent ? " nS" : " /ms";
    line("gap_junction " + place.name + ".I <-> " + place.name + ".I { connect " +
         dice.pick({"bernoulli(0.4)", "all_to_all"}) + ";  weight " +
         dice.number(0.002 * place.kind->portScale(), 0.02 * place.kind->portScale()) + unit + " }");
  }

  void project(const Place &source, const Place &target, const std::string &port, const std::string &name,
               const std::vector<std::string> &clauses) {
    line("project " + source.selected + " -> " + target.selected + "." + port + (name.empty() ? "" : " as " + name) +
         " {");
    for (const std::string &clause : clauses)
      if (!clause.empty())
        line("    " + clause);
    line("}");
  }

  Dice &dice;
  Network network;
  std::string text;
  std::vector<Place> groups;
  Place lastSource, lastTarget;
  std::vector<std::string> lastClauses;
  std::map<std::string, std::pair<std::string, std::string>> named; ///< projections and what they join
};

} // namespace

Network test::generateNetwork(Dice &dice) { return NetworkWriter(dice).write(); }
