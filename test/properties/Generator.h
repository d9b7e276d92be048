// Programs that are valid and mean something: networks of some ten neurons of random models, synapses, rules of plasticity and
// connections, and an experiment in which they fire.
//
// A program has places at which it can be written in another way (Alternatives.h):
//
//   procedural  contacts are not stored but drawn again for every spike
//   connection  synapses and rules have a time constant that is drawn for every connection, from a distribution of no width, so that their
//               states can neither be those of the source or the target nor be shared with other projections

#ifndef SNN_TEST_PROPERTIES_GENERATOR_H
#define SNN_TEST_PROPERTIES_GENERATOR_H

#include <cstdint>
#include <string>

namespace snn::test {

/// The program of a seed. It ends with one experiment.
std::string generateProgram(uint64_t seed);

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_GENERATOR_H
