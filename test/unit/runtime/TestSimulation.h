// A simulation that a test owns, and a sink that keeps everything.

#ifndef SNN_TEST_TESTSIMULATION_H
#define SNN_TEST_TESTSIMULATION_H

#include "snn/snn.h"

#include <gtest/gtest.h>

#include <compare>
#include <cstring>
#include <map>
#include <memory>
#include <vector>

namespace snn::test {

struct Spike {
  uint64_t step;
  uint32_t neuron;
  auto operator<=>(const Spike &) const = default;
};

/// Samples of one field record, row by row.
struct Samples {
  std::vector<uint64_t> steps;
  std::vector<double> values;
  uint32_t width = 0;
  bool operator==(const Samples &) const = default;
};

/// Everything that was handed over, by record.
class Recording {
public:
  std::map<uint32_t, std::vector<Spike>> spikes;
  std::map<uint32_t, std::vector<Spike>> allSpikes; ///< by population
  std::map<uint32_t, Samples> samples;
  std::vector<uint64_t> progress;
  uint64_t stopAt = UINT64_MAX; ///< asks to stop once so many steps are done
  bool operator==(const Recording &other) const { return spikes == other.spikes && samples == other.samples; }

  snn_sink sink() { return {this, takeSpikes, takeSamples, takeProgress, takeAllSpikes}; }

private:
  static int takeSpikes(void *user, uint32_t record, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
    auto &list = static_cast<Recording *>(user)->spikes[record];
    for (uint64_t i = 0; i < n; ++i)
      list.push_back({step[i], neuron[i]});
    return 0;
  }
  static int takeAllSpikes(void *user, uint32_t population, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
    auto &list = static_cast<Recording *>(user)->allSpikes[population];
    for (uint64_t i = 0; i < n; ++i)
      list.push_back({step[i], neuron[i]});
    return 0;
  }
  static int takeSamples(void *user, uint32_t record, uint64_t n, const uint64_t *step, uint32_t width, uint8_t type,
                         const void *values) {
    Samples &samples = static_cast<Recording *>(user)->samples[record];
    samples.width = width;
    samples.steps.insert(samples.steps.end(), step, step + n);
    for (uint64_t i = 0; i < n * width; ++i)
      samples.values.push_back(type == SNN_F32 ? static_cast<const float *>(values)[i]
                                               : static_cast<const double *>(values)[i]);
    return 0;
  }
  static int takeProgress(void *user, uint64_t done, uint64_t) {
    auto *self = static_cast<Recording *>(user);
    self->progress.push_back(done);
    return done >= self->stopAt;
  }
};

struct Destroy {
  void operator()(snn_simulation *simulation) const { snn_destroy(simulation); }
};
using SimulationPointer = std::unique_ptr<snn_simulation, Destroy>;

inline SimulationPointer create(const snn_model &model, uint32_t workers = 1, uint32_t chunkSteps = 0) {
  snn_options options{workers, chunkSteps};
  snn_simulation *simulation = nullptr;
  EXPECT_EQ(snn_create(&model, &options, &simulation), SNN_OK) << snn_message(nullptr);
  return SimulationPointer(simulation);
}

inline SimulationPointer build(const snn_model &model, uint32_t workers = 1, uint32_t chunkSteps = 0) {
  SimulationPointer simulation = create(model, workers, chunkSteps);
  EXPECT_EQ(snn_build(simulation.get()), SNN_OK) << snn_message(simulation.get());
  return simulation;
}

/// In base units; `array` is "POPULATION.FIELD".
inline double read(const SimulationPointer &simulation, const std::string &array, uint32_t neuron) {
  double value = 0;
  snn_view view{};
  EXPECT_EQ(snn_view_field(simulation.get(), array.c_str(), &view), SNN_OK) << snn_message(simulation.get());
  EXPECT_EQ(snn_read(simulation.get(), array.c_str(), neuron, 1, &value, view.unit), SNN_OK)
      << snn_message(simulation.get());
  value *= view.scale;
  return value;
}

} // namespace snn::test

#endif // SNN_TEST_TESTSIMULATION_H
