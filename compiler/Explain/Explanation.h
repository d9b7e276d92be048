// What the compiler makes of a model and why, for its author: what `snnc FILE.snn explain` prints.
//
// All of it is what passes have found while they compiled (Findings.h), or is read off the program that they made.

#ifndef SNN_COMPILER_EXPLAIN_EXPLANATION_H
#define SNN_COMPILER_EXPLAIN_EXPLANATION_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snn {

/// A place in a text of the model or the library, as "coba.snn:14", and what stands there.
struct SourcePlace {
  std::string position; ///< empty: nowhere in particular
  std::string text;
};

struct ExplainedEquation {
  std::string state;
  SourcePlace place;
  std::string method; ///< "exact", "exp_euler", ...
  std::string why;
  std::string update; ///< what the step computes, in terms of `rate` and `rest`
  std::string rate;   ///< a of x' = a x + c, or the derivative of x' by x; empty where the method needs none
  std::string rest;   ///< c; empty where it is zero or not needed
};

/// Computed once, when a setting changes, rather than in every step.
struct HoistedValue {
  std::string formula;
  bool perElement = false; ///< a number for each, which is loaded in every step; else one for all
};

/// One array.
struct ExplainedBuffer {
  std::string name;
  std::string kind; ///< "state", "parameter", "constant", "refractory counter", "arrivals", "recorded value"
  uint32_t bytes;   ///< of one element
};

/// What one element costs in one step.
struct StepCost {
  uint32_t operations = 0;      ///< additions, multiplications, comparisons, ...; one each
  uint32_t divisions = 0;       ///< and square roots
  uint32_t transcendentals = 0; ///< exponentials, logarithms, ...
  uint32_t randomNumbers = 0;
  uint32_t bytes = 0; ///< read and written
};

/// Neurons or synapses that are advanced by one piece of code.
struct ExplainedBody {
  std::string model;
  std::vector<std::string> owners; ///< populations or projections
  std::vector<std::pair<std::string, std::string>> parts; ///< what names such as `Expon0.g` begin with, and of which clause
  std::vector<ExplainedEquation> equations;
  std::vector<HoistedValue> hoisted;
  std::vector<ExplainedBuffer> buffers;
  StepCost step;
};

struct ExplainedPopulation {
  std::string name, model;
  uint64_t size = 0;
  bool isAnonymous = false;
  uint64_t bytes = 0; ///< of all its buffers
};

struct ExplainedProjection {
  std::string name, rule;
  SourcePlace place;     ///< of what decides the alignment
  std::string alignment; ///< "target", "source", "connection", or "none" if an event acts at once
  std::string why;
  std::string mergedInto;           ///< the projection whose states it shares; empty: none
  std::optional<double> synapses;   ///< expected number; nothing if a file says
  uint32_t bytesPerSynapse = 0;
  std::optional<double> bytes;      ///< of its rows
  bool advancesSynapses = false;    ///< work in every step for every synapse or source, events or not
  std::string whyRulesAdvance;      ///< why its plasticity rules need that; empty: they do not
};

struct Explanation {
  std::string network, precision;
  double dt = 0, duration = 0; ///< ms
  std::vector<ExplainedPopulation> populations;
  std::vector<ExplainedProjection> projections;
  std::vector<ExplainedBody> bodies;
};

} // namespace snn

#endif // SNN_COMPILER_EXPLAIN_EXPLANATION_H
