// Fields that follow an array over time: what drives `N.I = load("i.npy", every = 0.5 ms)`.

#ifndef SNN_RUNTIME_TIMESERIES_H
#define SNN_RUNTIME_TIMESERIES_H

#include "DataFiles.h"
#include "Plan.h"

namespace snn::runtime {

/// One series of a program. The value of a step depends on nothing but the step, so it needs no place in a checkpoint and is the
/// same for any number of workers.
class TimeSeries {
public:
  /// Throws a `Failure` (SNN_BAD_FILE) if the array has not the shape that is needed or a number that is not finite.
  TimeSeries(const snn_model &model, const PlannedSeries &planned, const LoadedArray &data);

  /// Puts the values of `step` into the worker's share of the field. Returns the first step after it in which they may differ;
  /// SNN_NEVER: none.
  uint64_t supply(snn_worker &worker, uint64_t step) const;

private:
  /// Where in the array a step is: between sample `before` and sample `after`, which has a share of `fraction`.
  struct Place {
    uint64_t before, after;
    double fraction;
    bool isNothing; ///< behind the end of what is zero there
  };

  double positionOf(uint64_t step) const;
  Place placeOf(double position) const;
  uint64_t nextChange(uint64_t step, double position) const;
  template <typename Real> void fill(snn_worker &worker, const Place &place) const;
  template <typename Real> void values(const Place &place, uint64_t column, std::span<Real> out) const;

  const PlannedSeries &planned;
  const LoadedArray &data;
  uint32_t field; ///< index into `snn_worker::fields`
  bool isSingle;  ///< of single precision
  uint64_t samples = 1, columns; ///< columns 0: every neuron has the same
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_TIMESERIES_H
