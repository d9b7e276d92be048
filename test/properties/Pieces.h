// What generated programs are made of: each piece is text, and what the other pieces have to know of it.
//
// Pieces are right by construction (dimensions, bounds, numbers for which neurons fire and nothing diverges), so that a
// generated program that is refused is a failure of its own.

#ifndef SNN_TEST_PROPERTIES_PIECES_H
#define SNN_TEST_PROPERTIES_PIECES_H

#include "Dice.h"

#include <string>
#include <vector>

namespace snn::test {

/// A model of neurons with a membrane potential `V` in mV, a threshold above -50 mV and a port `I`.
struct NeuronKind {
  std::string name;
  std::string text;
  bool takesCurrent = false;       ///< `I` is a current, in pA, not a slope in mV/ms
  bool takesKicks = false;         ///< has an event input `kick`, in mV
  bool hasDendrite = false;        ///< a second compartment with a port `I_d`
  bool sortsKicks = false;         ///< and sums those of either sign apart
  std::vector<std::string> states; ///< that can be recorded, `V` first

  /// The unit of what `I` takes.
  std::string portUnit() const { return takesCurrent ? "pA" : "mV/ms"; }
  /// How many of these units are a slope of 1 mV/ms.
  double portScale() const { return takesCurrent ? 200 : 1; }
};

NeuronKind generateNeuron(Dice &dice, const std::string &name);

/// A model of synapses with a time constant `tau`.
struct SynapseKind {
  std::string name;
  std::string text;               ///< empty: of the library
  bool usesWeightInEvents = true; ///< as rules that release something demand
  bool isLinear = false;          ///< and events add: one state per target is enough
  bool isGraded = false;          ///< needs no spikes, and takes none
};

SynapseKind generateSynapse(Dice &dice, const std::string &name);

/// A rule of plasticity.
struct RuleKind {
  std::string name;
  std::string text;         ///< empty: of the library
  std::string bound;        ///< the parameter that bounds the weight; empty: the rule does not change it
  std::string timeConstant; ///< a parameter of its states that lie where the compiler finds best
  bool hasModulator = false;
};

RuleKind generateRule(Dice &dice, const std::string &name);

/// A population or a part of one, as a source or a target of synapses.
struct Place {
  std::string name;     ///< of the population
  std::string selected; ///< with a slice behind it, or not
  int size = 0;
  const NeuronKind *kind = nullptr; ///< null: a source of events
  bool hasPosition = false;
};

/// The contacts between two places.
struct Contacts {
  std::string text;
  bool mayBeProcedural = false; ///< and says so at a place called `procedural`, see Alternatives.h
};

Contacts generateContacts(Dice &dice, const Place &source, const Place &target);

/// Weights around `scale` in `unit`, positive: a number, a draw, or what follows from the neurons.
std::string generateWeight(Dice &dice, const Place &source, const Place &target, double scale, const std::string &unit);

/// A delay clause, or nothing. `isConstant`: the same for all contacts.
std::string generateDelay(Dice &dice, const Place &source, const Place &target, bool isConstant);

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_PIECES_H
