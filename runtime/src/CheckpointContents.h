// What a checkpoint says about the run it was taken from, and whether a simulation may continue it.

#ifndef SNN_RUNTIME_CHECKPOINTCONTENTS_H
#define SNN_RUNTIME_CHECKPOINTCONTENTS_H

#include "CheckpointReader.h"

#include "snn/abi.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace snn::runtime {

struct SavedSetting {
  std::string name, unit;
  double scale = 1, value = 0; ///< of the unit in base units; in base units
};

struct SavedField {
  std::string name;
  uint8_t type = 0, kind = 0; ///< enum snn_type, enum snn_field_kind
};

/// Section `NeuronField` of field k has one value per neuron, in order of position. Section `Spikes` has the numbers of spikes
/// of the last `history` steps (64 bits each, oldest first), then their neurons (32 bits), ascending within a step.
struct SavedPopulation {
  std::string name;
  uint32_t size = 0;
  std::vector<SavedField> fields;
};

/// Section `SynapseField` of field k has one value per element: per source, or per synapse in the order of their targets,
/// then sources, then as they are stored in the row of the source.
struct SavedProjection {
  std::string name;
  uint64_t synapses = 0, fingerprint = 0; ///< of all ends, delays and amounts, in any order
  uint64_t elements = 0;
  std::vector<SavedField> fields;
  uint8_t hasWritten = 0; ///< 1: the last field are weights that the host has written
};

/// Spikes of each of the last steps, of a range of neurons whose rate is recorded or ends the run. Section `SpikeCounts` has one
/// number (64 bits) per step, oldest first. Who continues the run with other records does without.
struct SavedCounts {
  std::string population;
  uint32_t begin = 0, end = 0;
};

/// The section `About`.
struct CheckpointContents {
  std::string version; ///< of the runtime
  std::string network;
  uint8_t precision = 0; ///< enum snn_type
  uint64_t program = 0;  ///< `snn_model::fingerprint`
  uint64_t seed = 0;
  uint32_t copy = 0;   ///< of a batch
  uint8_t redraws = 0; ///< 1: copies have connections of their own
  uint64_t step = 0;    ///< steps done
  uint32_t history = 0; ///< steps of spikes
  std::vector<SavedSetting> settings;
  std::vector<SavedPopulation> populations;
  std::vector<SavedProjection> projections;
  std::vector<SavedCounts> counts;
};

std::vector<std::byte> encode(const CheckpointContents &contents);

/// Throws a `Failure` (SNN_BAD_FILE) if the section makes no sense.
CheckpointContents decodeContents(const CheckpointReader &file);

/// Throws a `Failure` (SNN_BAD_FILE) with the first thing in which a checkpoint differs from the simulation that is to continue
/// it, unless that concerns only how long it runs and what is recorded. `name` is that of the file.
void requireFit(const CheckpointContents &saved, const CheckpointContents &now, const snn_model &model,
                const std::string &name);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CHECKPOINTCONTENTS_H
