// Why a run stopped: the neuron and the state behind a program's failure flag.

#ifndef SNN_RUNTIME_DIAGNOSIS_H
#define SNN_RUNTIME_DIAGNOSIS_H

#include "Failure.h"
#include "Plan.h"

#include <cstdint>
#include <string>

namespace snn::runtime {

struct Diagnosis {
  snn_status status = SNN_OK;
  uint64_t step = SNN_NEVER; ///< the first that is not whole
  std::string message;
  uint32_t population = SNN_NONE, neuron = SNN_NONE, field = SNN_NONE;
};

/// Looks at a worker that has just flagged a failure. The neuron named is the first of the flagged share that is not
/// finite now. Where only padding has left the finite numbers, which no result depends on, it becomes a copy of the last
/// neuron and the flag is cleared.
Diagnosis diagnose(const snn_state &state, snn_worker &worker);

} // namespace snn::runtime

#endif // SNN_RUNTIME_DIAGNOSIS_H
