#include "Diagnosis.h"

#include "WorkerMemory.h"

#include <cmath>
#include <cstring>

namespace snn::runtime {

namespace {
/// One worker's share of the population it has flagged.
class FlaggedShare {
public:
  FlaggedShare(const snn_state &state, snn_worker &worker)
      : population(state.model->populations[worker.failed_population]), share(worker.shares[worker.failed_population]),
        fields(worker.fields + population.first_field) {}

  bool isFinite(uint32_t field, uint32_t element) const {
    if (population.fields[field].type == SNN_F32)
      return std::isfinite(static_cast<const float *>(fields[field])[element]);
    if (population.fields[field].type == SNN_F64)
      return std::isfinite(static_cast<const double *>(fields[field])[element]);
    return true;
  }

  /// First (element, field) in [begin, end) with a state that is not finite; false if there is none.
  bool find(uint32_t begin, uint32_t end, uint32_t &element, uint32_t &field) const {
    for (element = begin; element < end; ++element)
      for (field = 0; field < population.n_fields; ++field)
        if (population.fields[field].kind == SNN_STATE && !isFinite(field, element))
          return true;
    return false;
  }

  void repairPadding() const {
    for (uint32_t field = 0; share.count > 0 && field < population.n_fields; ++field) {
      size_t width = widthOf(population.fields[field]);
      char *values = static_cast<char *>(fields[field]);
      for (uint32_t element = share.count; element < share.padded; ++element)
        std::memcpy(values + element * width, values + (share.count - 1) * width, width);
    }
  }

  const snn_population &population;
  const snn_share &share;
  void **fields;
};
} // namespace

static std::string atStep(const snn_state &state, uint64_t step) {
  char text[64];
  std::snprintf(text, sizeof text, "step %llu (t = %.10g ms)", static_cast<unsigned long long>(step),
                double(step) * state.dt);
  return text;
}

Diagnosis diagnose(const snn_state &state, snn_worker &worker) {
  FlaggedShare flagged(state, worker);
  const char *name = flagged.population.name;
  std::string when = atStep(state, worker.failed_step);
  uint32_t element, field;
  if (flagged.find(0, flagged.share.count, element, field)) {
    std::string neuron = std::to_string(flagged.share.begin + element);
    return {SNN_NOT_FINITE, worker.failed_step,
            "`" + std::string(flagged.population.fields[field].name) + "` of neuron " + neuron + " of `" + name +
                "` is not finite after " + when,
            worker.failed_population, flagged.share.begin + element, field};
  }
  if (flagged.find(flagged.share.count, flagged.share.padded, element, field)) {
    flagged.repairPadding();
    worker.failed_step = SNN_NEVER;
    worker.failed_population = SNN_NONE;
    return {};
  }
  if (flagged.population.spikes_per_step > 1)
    return {SNN_OVERFLOW, worker.failed_step,
            "a neuron of `" + std::string(name) + "` emits more than " +
                std::to_string(flagged.population.spikes_per_step) + " spikes in " + when,
            worker.failed_population};
  return {SNN_NOT_FINITE, worker.failed_step, "a state of `" + std::string(name) + "` is not finite in " + when,
          worker.failed_population};
}

} // namespace snn::runtime
