// What a program comes to with the settings in force: sizes, ranges, degrees, steps. Everything a user can get wrong
// in a number is said here, before anything is allocated.

#ifndef SNN_RUNTIME_PLAN_H
#define SNN_RUNTIME_PLAN_H

#include "snn/abi.h"

#include <cstdint>
#include <span>
#include <vector>

namespace snn::runtime {

/// Delays longer than this many steps are refused: spikes are kept as long.
inline constexpr uint32_t longestDelay = 65535;

/// Positions begin <= i < end in a population.
struct Range {
  uint32_t begin = 0, end = 0;
  uint32_t size() const { return end - begin; }
  bool contains(uint32_t i) const { return i >= begin && i < end; }
};

/// The part two ranges have in common; empty ranges are [x, x).
Range intersect(Range a, Range b);

struct PlannedProjection {
  const snn_projection *declared;
  Range source, target;
  double probability = 0;  ///< of SNN_BERNOULLI
  uint64_t number = 0;     ///< degree or total
  bool excludesSelf;       ///< source and target are one population and autapses are not wanted
  uint32_t delaySteps = 0; ///< where it is uniform
  uint64_t listedPairs = 0; ///< of SNN_PAIRS: rows of its file, once it is open

  /// Pairs (source, target) that may be joined.
  double allowedPairs() const;
};

/// Is it a record of weights or of states of synapses?
inline bool isOfSynapses(const snn_record &record) {
  return record.kind == SNN_RECORD_WEIGHTS || record.kind == SNN_RECORD_SYNAPSES;
}

struct PlannedRecord {
  const snn_record *declared;
  Range neurons;
  uint64_t period; ///< steps between samples
  uint64_t from;   ///< steps: a spike of step k counts if k >= from, a sample after step k if k + 1 >= from
  size_t width;    ///< bytes of one value; 0 for spikes and rates
  uint64_t until;  ///< steps: a spike of step k counts if k < until, a sample after step k if k + 1 <= until
  uint32_t stride; ///< every so many of `neurons`, from the first on

  uint64_t firstSynapse = 0; ///< of weights and synapses; `neurons` then counts from there

  /// Neurons that are recorded one by one.
  uint32_t selected() const { return (neurons.size() + stride - 1) / stride; }
  /// Are values taken in every `period` while a chunk runs?
  bool isSampled() const { return declared->kind != SNN_RECORD_SPIKES && declared->kind != SNN_RECORD_RATE; }
  bool isSeries() const { return declared->kind == SNN_RECORD_MEAN || declared->kind == SNN_RECORD_RATE; }
  /// Values of one sample as it is handed over.
  uint32_t columns() const { return isSeries() ? 1 : selected(); }
};

struct PlannedChange {
  uint32_t index; ///< into `snn_model::changes`
  uint64_t step;  ///< before which it is made
};

struct PlannedStop {
  const snn_stop *declared;
  Range neurons;
  uint64_t window; ///< steps
  double limit;    ///< 1/ms
};

struct PlannedSeries {
  const snn_series *declared;
  Range neurons;
  double stepsPerSample; ///< need not be whole; 0: one number per neuron for the whole run
};

struct Plan {
  double dt;
  uint64_t totalSteps;
  std::vector<uint32_t> sizes; ///< of populations
  std::vector<Range> groups;
  std::vector<PlannedProjection> projections;
  std::vector<PlannedRecord> records;
  std::vector<PlannedChange> changes; ///< by step, then by index
  std::vector<PlannedStop> stops;
  std::vector<Range> spikeTimes; ///< of `snn_model::spike_times`: their neurons
  std::vector<PlannedSeries> series;
  uint64_t stepsBetweenTests; ///< of what ends the run: a millisecond, or a step if that is longer

  /// The projection whose contacts, reversed, are those of a projection of kind SNN_REVERSED; null for any other.
  const PlannedProjection *mirroredBy(const PlannedProjection &projection) const {
    return projection.declared->mirror == SNN_REVERSED ? &projections[projection.declared->mirrored] : nullptr;
  }
};

/// Checks the settings of `model`. Throws a `Failure` (SNN_WRONG_VALUE).
Plan makePlan(const snn_model &model, std::span<const double> settings);

/// max(1, round(delay / dt)). Throws a `Failure` (SNN_WRONG_VALUE) for a delay that is no number, negative, or
/// longer than `longestDelay`.
uint32_t delaySteps(double delay, double dt, const char *projection);

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLAN_H
