// What the handles of snn/snn.h point to, and what every call across the border does.

#ifndef SNN_RUNTIME_HANDLES_H
#define SNN_RUNTIME_HANDLES_H

#include "Batch.h"
#include "Border.h"
#include "Simulation.h"

#include <span>
#include <string>

struct snn_simulation {
  snn_simulation(const snn_model &model, const snn_options &options) : simulation(model, options) {}

  snn::runtime::Simulation simulation;
  mutable std::string message;
  mutable std::string why; ///< the experiment has ended it
};

struct snn_batch {
  snn_batch(const snn_model &model, const snn_options &options, uint32_t copies);

  std::vector<std::unique_ptr<snn_simulation>> copies;
  snn::runtime::Batch batch;
  mutable std::string message;
};

namespace snn::runtime {

template <typename T> T &required(T *pointer, const char *what) {
  if (!pointer)
    fail(SNN_WRONG_USE, "%s is a null pointer", what);
  return *pointer;
}

/// `n` values at `pointer`, which may be null only for none.
template <typename T> std::span<T> array(T *pointer, uint64_t n, const char *what) {
  if (n > 0)
    required(pointer, what);
  return {pointer, n};
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_HANDLES_H
