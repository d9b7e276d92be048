#include "Generator.h"

#include "GenerateExperiment.h"
#include "GenerateNetwork.h"

using namespace snn;

std::string test::generateProgram(uint64_t seed) {
  Dice dice(seed);
  const Network network = generateNetwork(dice);
  return network.models + network.text + generateExperiment(dice, network);
}
