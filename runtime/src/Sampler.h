// Values of fields taken while a chunk runs.

#ifndef SNN_RUNTIME_SAMPLER_H
#define SNN_RUNTIME_SAMPLER_H

#include "Pages.h"
#include "Plan.h"

#include <cstdint>
#include <span>
#include <vector>

namespace snn::runtime {

/// The samples of one record of a field, of its mean, or of synapses, in the current chunk: rows of one time each. Workers write the columns
/// they own. Of a mean these are sums over blocks of SNN_LANES neurons, which no border between workers cuts, so that the
/// order in which they are added does not depend on the number of workers.
class Sampler {
public:
  Sampler(const snn_model &model, const PlannedRecord &record, uint64_t chunkSteps);

  /// Is it a record of what synapses keep per source?
  static bool isOfSources(const snn_model &model, const PlannedRecord &record);

  /// Of synapses: finds their values in the rows of the workers. To be called again when rows have been built anew.
  void locate(std::span<snn_worker *const> workers);

  /// Steps of [begin, end) after which a sample is due.
  void startChunk(uint64_t begin, uint64_t end);

  /// First k + 1 >= `next` after which a sample is due; SNN_NEVER: none any more.
  uint64_t dueFrom(uint64_t next) const;

  /// Copies the worker's columns after `step` if a sample is due.
  void take(const snn_worker &worker, uint64_t step);

  const PlannedRecord &planned() const { return record; }
  const std::vector<uint64_t> &sampledSteps() const { return steps; }
  /// The first `samples` rows as they are handed over; valid until the next call.
  const void *values(uint64_t samples);
  /// enum snn_type: a mean is of double precision whatever the field's.
  uint8_t type() const;

  /// Most samples a chunk can have.
  static uint64_t mostSamples(const PlannedRecord &record, uint64_t chunkSteps);
  /// Bytes that one sample takes while its chunk runs.
  static uint64_t bytesPerSample(const PlannedRecord &record);

private:
  bool isMean() const { return record.declared->kind == SNN_RECORD_MEAN; }
  void copy(const snn_worker &worker, Range own, char *row) const;
  template <typename Value> void addBlocks(const snn_worker &worker, Range own, double *row) const;
  void locateSources(std::span<snn_worker *const> workers);
  void takeSynapses(const snn_worker &worker, char *row);
  const char *valuesIn(const snn_block &block) const;

  /// A value of a worker and the column it goes to.
  struct Place {
    uint32_t column;
    const char *value;
  };

  const PlannedRecord &record;
  const snn_model &model;
  std::vector<std::vector<Place>> places; ///< of synapses, by worker
  uint32_t field; ///< index into `snn_worker::fields`
  uint64_t firstDue = 0;
  std::vector<uint64_t> steps;
  std::vector<double> means;
  Pages rows;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SAMPLER_H
