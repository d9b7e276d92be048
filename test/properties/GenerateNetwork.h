// A network of generated pieces.

#ifndef SNN_TEST_PROPERTIES_GENERATENETWORK_H
#define SNN_TEST_PROPERTIES_GENERATENETWORK_H

#include "Pieces.h"

#include <deque>

namespace snn::test {

struct Network {
  std::deque<NeuronKind> kinds;     ///< stay where they are: `Place::kind` points to them
  std::vector<Place> populations;   ///< of neurons
  std::vector<Place> sources;       ///< of events
  std::vector<std::string> plastic; ///< projections whose weights a rule changes
  std::string models, text;
};

Network generateNetwork(Dice &dice);

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_GENERATENETWORK_H
