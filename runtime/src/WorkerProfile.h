// What one worker of a profiled program has spent its time on.

#ifndef SNN_RUNTIME_WORKERPROFILE_H
#define SNN_RUNTIME_WORKERPROFILE_H

#include "snn/abi.h"

#include <vector>

namespace snn::runtime {

class WorkerProfile {
public:
  explicit WorkerProfile(const snn_model &model);
  WorkerProfile(const WorkerProfile &) = delete;
  WorkerProfile &operator=(const WorkerProfile &) = delete;

  /// Adds the spikes of the chunk of `steps` steps that has just run.
  void countSpikes(const snn_worker &worker, uint32_t history, uint64_t steps);

  snn_profile counters{};       ///< what generated code adds to
  std::vector<uint64_t> spikes; ///< per population; a number
  uint64_t loop = 0;            ///< ticks between entry and return of the time loop

private:
  std::vector<uint64_t> arrive, events, integrate, spike;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_WORKERPROFILE_H
