// A file of connections and their weights: SONATA's edges (Dai et al. 2020, doi:10.1371/journal.pcbi.1007696), as docs/output.md
// has them.

#ifndef SNN_RECORDER_WEIGHTFILE_H
#define SNN_RECORDER_WEIGHTFILE_H

#include "snn/recorder/RunDescription.h"

#include "snn/snn.h"

#include <string>
#include <vector>

namespace snn::recorder {

/// What a file gets of one projection of one copy.
struct SavedWeights {
  std::string projection, unit;    ///< the author's unit of the weight
  std::string source, target;      ///< names of the populations
  uint64_t count = 0;              ///< synapses
  bool hasWeights = true;
  snn_simulation *simulation = nullptr;
};

struct SavedCopy {
  const RunDescription *run;
  double time = 0; ///< ms, of the weights
  std::vector<SavedWeights> projections;
};

/// How synapses are read; the functions of snn.h, which this library does not link.
struct SynapseReaders {
  decltype(&snn_read_contacts) contacts;
  decltype(&snn_read_delays) delays;
  decltype(&snn_read_weights) weights;
  decltype(&snn_message) message;
};

} // namespace snn::recorder

extern "C" {
/// False with a sentence if there is a file at `path` that must not be replaced, for it is no HDF5 file.
bool snn_check_weight_file(const std::string &path, std::string &message);

/// Writes the file beside its name and gives it its name when it is whole: until then, what was there before is there. False with a
/// sentence.
bool snn_save_weight_file(const std::string &path, const std::vector<snn::recorder::SavedCopy> &copies,
                          const snn::recorder::SynapseReaders &readers, std::string &message);
}

#endif // SNN_RECORDER_WEIGHTFILE_H
