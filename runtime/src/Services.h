// The functions of `snn_state` that generated code calls.

#ifndef SNN_RUNTIME_SERVICES_H
#define SNN_RUNTIME_SERVICES_H

#include "snn/abi.h"

namespace snn::runtime {

class Simulation;

struct Services {
  /// Points the services of `state` to `simulation`.
  static void install(snn_state &state, Simulation &simulation);

private:
  static void barrier(snn_state *state, snn_worker *worker);
  static void record(snn_state *state, snn_worker *worker, uint64_t step);
  static void supply(snn_state *state, snn_worker *worker, uint64_t step);
  static void fail(snn_state *state, snn_worker *worker, uint32_t population, uint64_t step);
  static double draw(const snn_state *state, uint32_t distribution, uint32_t modifiers, uint32_t stream,
                     uint64_t element, const double *parameters);
  static double data(const snn_state *state, const char *array, uint32_t of, uint32_t owner, uint64_t first, uint64_t second,
                     uint64_t element);
  static uint64_t regenerate(snn_state *state, snn_worker *worker, uint32_t projection, uint64_t block, uint64_t row);
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SERVICES_H
