// The samples of one record of a rate.

#ifndef SNN_RUNTIME_RATESERIES_H
#define SNN_RUNTIME_RATESERIES_H

#include "SpikeCounts.h"

#include <vector>

namespace snn::runtime {

/// A sample at n * `period` steps is the number of spikes of the `period` steps before it, per neuron and ms.
class RateSeries {
public:
  RateSeries(const PlannedRecord &record, double dt)
      : counts(record.declared->population, record.neurons, record.period), record(record), dt(dt) {}

  /// Takes in the steps [begin, end) of the current chunk, and makes the samples that fall due.
  void add(const snn_state &state, uint64_t begin, uint64_t end);

  const std::vector<uint64_t> &sampledSteps() const { return steps; }
  const std::vector<double> &values() const { return rates; }

  SpikeCounts counts;

private:
  const PlannedRecord &record;
  const double dt;
  std::vector<uint64_t> steps;
  std::vector<double> rates;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RATESERIES_H
