// What a sink must know of a run beyond the results themselves.

#ifndef SNN_RECORDER_RUNDESCRIPTION_H
#define SNN_RECORDER_RUNDESCRIPTION_H

#include "snn/abi.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snn::recorder {

/// A program with the values it runs with. `model` must outlive every user of the description.
struct RunDescription {
  const snn_model *model = nullptr;
  std::vector<double> settings; ///< as in force, base units: `snn_get_at` of every setting
  uint64_t seed = 0;
  uint64_t steps = 0;  ///< asked for, from the start of the simulation
  std::string version; ///< of snnc, for the file
  uint64_t firstStep = 0; ///< where this run begins: that of the checkpoint it continues
  uint32_t copy = 0, copies = 1; ///< of a batch or sweep: which one, of how many
  std::optional<uint32_t> draw;  ///< which draw of a batch it is; none without one
  std::vector<uint32_t> varied;  ///< settings in which the copies differ, in the order in which a user gave them

  double dt() const { return settings[model->dt]; } ///< ms

  /// A setting that counts something: a size, or the border of a range.
  uint32_t count(uint32_t setting) const { return static_cast<uint32_t>(settings[setting] + 0.5); }

  uint32_t populationSize(uint32_t population) const { return count(model->populations[population].size); }

  /// Steps from one sample of a field record to the next, at least 1.
  uint64_t stepsBetweenSamples(const snn_record &record) const;

  /// What of a record is a column: `recordedNeurons` of the population (or synapses), of which column k is `neuronOfColumn`; of a
  /// mean or a rate there is one, which stands for the range.
  uint32_t recordedNeurons(const snn_record &record) const;
  uint32_t columns(const snn_record &record) const { return isSeries(record) ? 1 : recordedNeurons(record); }
  uint32_t neuronOfColumn(const snn_record &record, uint32_t column) const;
  static bool isSeries(const snn_record &record) { return record.kind == SNN_RECORD_MEAN || record.kind == SNN_RECORD_RATE; }

  /// What the samples of a record are, as they are handed over: a field, weights, or a mean or rate in double precision.
  snn_field sampledBy(const snn_record &record) const;

  /// "N" or the name of the projection.
  const char *ownerOf(const snn_record &record) const;

  /// "N.tau = 10 ms, draw 2": in what this copy differs from others; empty without others.
  std::string copyText() const;
  /// A setting as in force, in the author's unit: "10 ms".
  std::string settingText(uint32_t setting) const;

  /// Number of steps done after which the first sample of a field record is due.
  uint64_t firstSample(const snn_record &record) const;
};

} // namespace snn::recorder

#endif // SNN_RECORDER_RUNDESCRIPTION_H
