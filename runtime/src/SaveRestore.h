// What a checkpoint holds of a simulation: its states and the spikes on their way. Everything else follows from the settings
// and the seed and is made again. Nothing that is stored depends on the number of workers.

#ifndef SNN_RUNTIME_SAVERESTORE_H
#define SNN_RUNTIME_SAVERESTORE_H

#include "CheckpointContents.h"
#include "CheckpointWriter.h"
#include "HistoryMemory.h"
#include "Plan.h"
#include "Rows.h"

#include <optional>
#include <span>

namespace snn::runtime {

/// A network between two chunks.
struct BuiltNetwork {
  const snn_model &model;
  const Plan &plan;
  const snn_state &state;
  std::span<snn_worker *const> workers;
  const HistoryMemory *histories; ///< null where the program has none
};

/// Recorded values and data over time are put into their fields before they are read, so no file needs to hold them.
inline bool isSaved(const snn_field &field) { return field.kind != SNN_TAP && field.kind != SNN_SUPPLIED; }

/// Arrays of a projection's synapses that a checkpoint holds, as `evolvingValues` counts them.
std::vector<uint32_t> savedArrays(const snn_projection &projection, bool hasWrittenWeights);

/// Writes all sections.
void save(const BuiltNetwork &network, const CheckpointContents &contents, CheckpointWriter &file);

/// Checks everything that can be wrong in a file that fits (`requireFit`). Throws a `Failure` (SNN_BAD_FILE) before anything has
/// been changed.
class Restoration {
public:
  Restoration(const BuiltNetwork &network, const CheckpointContents &saved, const CheckpointReader &file);

  /// Puts everything in its place. If that fails, which takes a disk that fails, the network holds parts of both.
  void execute() const;

private:
  /// By field of a population: its number in the file, if it is there.
  using FieldPlaces = std::vector<std::optional<uint32_t>>;

  /// Of the last steps of one population.
  struct SpikeHistory {
    std::vector<uint64_t> counts; ///< by step
    std::vector<uint32_t> neurons;
  };

  FieldPlaces findFields(uint32_t p) const;
  SpikeHistory readSpikes(uint32_t p) const;
  void checkSynapses(uint32_t p) const;
  void requireBytes(SectionName section, uint64_t elements, size_t width) const;
  void restoreNeurons(uint32_t p) const;
  void restoreSpikes(uint32_t p) const;
  void restoreSynapses(uint32_t p) const;
  void restoreHistories() const;

  const BuiltNetwork network;
  const CheckpointContents &saved;
  const CheckpointReader &file;
  std::vector<FieldPlaces> places;  ///< by population
  std::vector<SpikeHistory> spikes; ///< by population
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SAVERESTORE_H
