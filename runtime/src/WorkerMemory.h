// Everything one worker owns.

#ifndef SNN_RUNTIME_WORKERMEMORY_H
#define SNN_RUNTIME_WORKERMEMORY_H

#include "ProceduralRows.h"
#include "Rows.h"
#include "SpikeLists.h"
#include "StateMemory.h"
#include "WorkerProfile.h"

#include <functional>
#include <memory>
#include <vector>

namespace snn::runtime {

/// What connections are drawn from.
struct ConnectionDraw {
  const snn_state &state; ///< with the seed of the connections, which copies of a network share unless each draws its own
  const Plan &plan;
  const std::vector<const EdgeList *> &edges; ///< per projection; null unless it is SNN_PAIRS
};

/// A worker of a simulation, and what its `snn_worker` points to. The arrays of its neurons are its part of `StateMemory`,
/// which the worker itself touches first.
class alignas(64) WorkerMemory {
public:
  WorkerMemory(const snn_model &model, const Plan &plan, const StateMemory &states, uint32_t index, uint32_t workers);
  WorkerMemory(const WorkerMemory &) = delete;
  WorkerMemory &operator=(const WorkerMemory &) = delete;

  /// Lets the program set initial values, then draws the rows, or borrows those of the same worker of another copy. Run by the
  /// worker's own thread; throws a `Failure`.
  void build(snn_state &state, const ConnectionDraw &draw, const WorkerMemory *lender);
  /// The names of synapses, which a borrower would need, can be forgotten.
  void forgetNames();
  /// Makes neurons and synapses what they were after `build`. Run by the worker's own thread; throws a `Failure`.
  void restart(snn_state &state, const ConnectionDraw &draw);
  void makeSpikeLists(const snn_model &model, uint64_t history, uint64_t chunkSteps);
  void startNextChunk(uint64_t steps);

  /// Draws a row of a procedural projection; see `snn_state::regenerate`.
  uint64_t regenerate(uint32_t projection, uint64_t block, uint64_t row) { return procedural[projection]->draw(block, row); }

  /// Calls `use` with the rows of a projection; those of a procedural one are drawn for it. Throws a `Failure`.
  void withRows(uint32_t projection, const std::function<void(const snn_rows &)> &use) const;
  /// See `ownWeights` and `dropWeights`.
  void own(const snn_model &model, uint32_t projection) { ownWeights(*rowStorage[projection], model, model.projections[projection]); }
  void drop(uint32_t projection) { dropWeights(*rowStorage[projection]); }

  uint64_t synapses() const;
  uint64_t rowBytes() const;
  uint64_t bytes() const; ///< of rows and lists

  snn_worker worker{};
  uint64_t cpuNanoseconds = 0; ///< spent in the loop
  std::unique_ptr<WorkerProfile> profile; ///< null unless the program is profiled

private:
  void supplyStart(snn_state &state);
  void buildProjection(snn_state &state, const ConnectionDraw &draw, uint32_t projection);
  void initialiseSynapses(snn_state &state, uint32_t projection);

  std::vector<snn_share> shares;
  std::vector<void *> fields;
  std::vector<snn_spikes> spikes;
  std::vector<snn_rows> rows;
  std::vector<SpikeList> spikeLists;
  std::vector<std::shared_ptr<RowStorage>> rowStorage;
  std::vector<std::unique_ptr<ProceduralRows>> procedural; ///< null where rows are stored
};

/// Bytes of the arrays of one neuron, over all fields of its population.
size_t bytesPerNeuron(const snn_population &population);

} // namespace snn::runtime

#endif // SNN_RUNTIME_WORKERMEMORY_H
