// Two neurons that fire when they are told to, and what a plasticity rule makes of the synapse between them.

#ifndef SNN_TEST_MODELS_ONESYNAPSE_H
#define SNN_TEST_MODELS_ONESYNAPSE_H

#include "Simulate.h"

#include <cstdio>
#include <string>
#include <vector>

namespace snn::test {

/// A neuron that fires in the given steps of 0.1 ms and nowhere else.
inline std::string train(const std::string &name, const std::vector<int> &steps) {
  std::string condition;
  for (int step : steps) {
    char text[80];
    std::snprintf(text, sizeof text, "%st >= %.1f ms and t < %.1f ms", condition.empty() ? "" : " or ", step * 0.1,
                  (step + 1) * 0.1);
    condition += text;
  }
  return "neuron " + name + " {\n    spike when " + condition + "\n}\n";
}

/// One that also takes input without being moved by it.
inline std::string cell(const std::string &name, const std::vector<int> &steps) {
  std::string text = train(name, steps);
  return text.substr(0, text.rfind('}')) + "    state y = 0\n    input I: number\n    y' = I / (1 ms)\n}\n";
}

inline std::vector<int> tenfold(std::vector<int> milliseconds, int shift = 0) {
  for (int &time : milliseconds)
    time = 10 * time + shift;
  return milliseconds;
}

/// The weight of one synapse after `duration` ms; `arrivals` and `spikes` are steps in which events reach its target and that fires. With
/// `share` " dendritic", events reach the synapse `delay` steps before the target, and spikes reach it as much later than they fire.
inline double finalWeight(const std::vector<int> &arrivals, const std::vector<int> &spikes, const std::string &clauses,
                   const CompileSettings &settings, int delay = 1, const std::string &definitions = "", int duration = 400,
                   const std::string &share = "") {
  std::vector<int> emissions = arrivals;
  for (int &step : emissions)
    step -= delay;
  const std::string text = definitions + train("Pre", emissions) + cell("Post", spikes) +
                           "network N {\n    population A = Pre[1]\n    population B = Post[1]\n"
                           "    project A -> B.I as W { connect all_to_all; delay " +
                           std::to_string(delay) + "e-1 ms" + share + "; synapse Expon; " + clauses +
                           " }\n}\n"
                           "simulate N { dt 0.1 ms; duration " +
                           std::to_string(duration) + " ms; record w of W every 10 ms }\n";
  const Trace weights = simulate(text, settings).trace("w of W");
  return weights.at(uint64_t(10 * duration - 1));
}

} // namespace snn::test

#endif // SNN_TEST_MODELS_ONESYNAPSE_H
