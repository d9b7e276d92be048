// An experiment in which the neurons of a generated network fire, and everything is recorded.

#ifndef SNN_TEST_PROPERTIES_GENERATEEXPERIMENT_H
#define SNN_TEST_PROPERTIES_GENERATEEXPERIMENT_H

#include "GenerateNetwork.h"

namespace snn::test {

std::string generateExperiment(Dice &dice, const Network &network);

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_GENERATEEXPERIMENT_H
