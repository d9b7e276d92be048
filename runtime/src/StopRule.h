// What ends a run before its time: the rate of a group, counted over a window.

#ifndef SNN_RUNTIME_STOPRULE_H
#define SNN_RUNTIME_STOPRULE_H

#include "SpikeCounts.h"

namespace snn::runtime {

class StopRule {
public:
  StopRule(const PlannedStop &stop, double dt)
      : counts(stop.declared->population, stop.neurons, stop.window), stop(stop), dt(dt) {}

  /// Does the run end now that `done` steps have been counted? Not before a whole window has.
  bool isMet(uint64_t done) const {
    if (done < stop.window || !counts.covers(done - stop.window))
      return false;
    double rate = double(counts.between(done - stop.window, done)) / double(stop.neurons.size()) / (double(stop.window) * dt);
    bool beyond = stop.declared->below ? rate < stop.limit : rate > stop.limit;
    return beyond || (stop.declared->inclusive && rate == stop.limit);
  }

  SpikeCounts counts;

private:
  const PlannedStop &stop;
  const double dt;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_STOPRULE_H
