// Spikes in files: which neuron, and when.

#ifndef SNN_RUNTIME_SPIKEFILE_H
#define SNN_RUNTIME_SPIKEFILE_H

#include "DataFiles.h"

namespace snn::runtime {

/// The spikes that a text of `snn_spike_times::data` names, in the order of the file. They are one array of rows (neuron, time), or two
/// arrays: `index` and `time`, or `node_ids` and `timestamps` as SONATA calls them. Times are in the unit that the text names, unless the
/// file says one.
class SpikeFile {
public:
  /// Throws a `Failure` (SNN_BAD_FILE) that names the file and what is wrong with it.
  SpikeFile(DataFiles &files, const char *text);

  uint64_t count() const { return n; }
  /// Counted from 0. Throws a `Failure` unless it is less than `size`, the number of neurons of `group`.
  uint32_t neuron(uint64_t spike, uint32_t size, const char *group) const;
  /// In ms. Throws a `Failure` if it is negative or no number.
  double time(uint64_t spike) const;
  const std::string &path() const { return times->array->path; }

private:
  bool isPair() const { return neurons != times; }
  void requireShapes();

  const LoadedArray *neurons = nullptr, *times = nullptr; ///< of rows (neuron, time) the same
  uint64_t n = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SPIKEFILE_H
