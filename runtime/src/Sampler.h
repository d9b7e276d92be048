// Values of fields taken while a chunk runs.

#ifndef SNN_RUNTIME_SAMPLER_H
#define SNN_RUNTIME_SAMPLER_H

#include "Pages.h"
#include "Plan.h"

#include <cstdint>
#include <span>
#include <vector>

namespace snn::runtime {

/// The samples of one field record in the current chunk: rows of one time each. Workers write the columns they own.
class Sampler {
public:
  Sampler(const snn_model &model, const PlannedRecord &record, uint64_t chunkSteps);

  /// Of weights: finds them in the rows of the workers. To be called again when rows have been built anew.
  void locate(std::span<snn_worker *const> workers);

  /// Steps of [begin, end) after which a sample is due.
  void startChunk(uint64_t begin, uint64_t end);

  /// First k + 1 >= `next` after which a sample is due.
  uint64_t dueFrom(uint64_t next) const;

  /// Copies the worker's columns after `step` if a sample is due.
  void take(const snn_worker &worker, uint64_t step);

  const PlannedRecord &planned() const { return record; }
  const std::vector<uint64_t> &sampledSteps() const { return steps; }
  const void *values() const { return rows.as<void>(); }

  /// Most samples a chunk can have.
  static uint64_t mostSamples(const PlannedRecord &record, uint64_t chunkSteps);

private:
  void takeWeights(const snn_worker &worker, char *row);

  /// A weight of a worker and the column it goes to.
  struct Place {
    uint32_t column;
    const char *value;
  };

  const PlannedRecord &record;
  std::vector<std::vector<Place>> places; ///< of weights, by worker
  uint32_t field; ///< index into `snn_worker::fields`
  uint64_t firstDue = 0;
  std::vector<uint64_t> steps;
  Pages rows;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SAMPLER_H
