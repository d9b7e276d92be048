// One neuron under a constant input, compared with a published run of the same equations by an independent program.

#ifndef SNN_TEST_MODELS_NEURONRUN_H
#define SNN_TEST_MODELS_NEURONRUN_H

#include "Precision.h"

#include <string>
#include <vector>

namespace snn::test {

/// The value of a recorded variable after `step`.
struct Sample {
  std::string variable;
  uint64_t step;
  double value;
  /// Single precision may move a spike by one step; a state then differs by its slope times `dt`, which is large near a
  /// spike. In double precision the published digits must come out.
  double singleTolerance;
};

struct NeuronRun {
  std::string name;
  std::string definition = {}; ///< of models that are not in the library
  std::string population;      ///< what stands after `population N =`
  std::string drive;
  double dt; ///< ms
  uint64_t steps;
  size_t spikes = {};
  uint64_t first = 0, last = 0; ///< steps of the first and the last spike
  std::vector<Sample> samples = {};
  double singleSlack = 1; ///< steps that spikes may move in single precision
};

/// The complete source file of the run, recording the spikes and every variable of the samples in every step.
std::string sourceOf(const NeuronRun &run);

/// Checks counts, spike steps and samples; in single precision spikes may be one step and counts one off.
void expectRun(const NeuronRun &run, model::Precision precision);

} // namespace snn::test

#endif // SNN_TEST_MODELS_NEURONRUN_H
