// Several copies of a network that advance together.

#ifndef SNN_RUNTIME_BATCH_H
#define SNN_RUNTIME_BATCH_H

#include "Simulation.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace snn::runtime {

/// Copies that have one connectivity hold it once. With at least as many copies as workers each worker runs whole copies, one
/// after the other, chunk by chunk, so that a small network stays in its cache and nobody waits; with fewer, all workers share
/// each copy. Neither changes a result: every copy computes what it would compute alone.
class Batch {
public:
  Batch(const snn_model &model, uint32_t workers, std::vector<Simulation *> copies)
      : model(model), workers(workers), copies(std::move(copies)), stopped(this->copies.size()) {}

  /// How many workers each copy is to have of its own.
  static uint32_t workersPerCopy(uint32_t workers, uint32_t copies) { return copies >= workers ? 1 : workers; }

  /// Throws a `Failure`; nothing is built then.
  void build();
  /// One sink per copy, or none. SNN_STOPPED as soon as one of them asks to stop; SNN_ENDED when every copy has been ended by the
  /// experiment. Throws the `Failure` of the first copy that fails, when all have finished the chunk.
  snn_status advance(uint64_t steps, std::span<const snn_sink> sinks);
  void reset();
  snn_figures figures() const;

private:
  bool runsSideBySide() const { return copies.size() >= workers; }
  std::vector<const Simulation *> findLenders() const;
  void requireMemory(const std::vector<const Simulation *> &lenders) const;
  void forEach(const std::vector<uint32_t> &which, const std::function<void(uint32_t copy)> &task);
  bool handOver(const std::vector<uint32_t> &running, const std::vector<uint64_t> &ends, std::span<const snn_sink> sinks);

  const snn_model &model;
  const uint32_t workers;
  const std::vector<Simulation *> copies;
  std::vector<bool> stopped; ///< by the experiment
  std::shared_ptr<WorkerThreads> team;
  double buildSeconds = 0, loopSeconds = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_BATCH_H
