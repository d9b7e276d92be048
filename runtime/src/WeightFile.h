// The weights of one projection in a file: SONATA's layout of edges, as docs/output.md has it.

#ifndef SNN_RUNTIME_WEIGHTFILE_H
#define SNN_RUNTIME_WEIGHTFILE_H

#include "DataFiles.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snn::runtime {

/// The synapses that a file lists, in order of target, then source, then row.
struct ListedWeights {
  std::string file;              ///< for messages
  std::vector<uint32_t> pre, post; ///< positions in the populations
  std::vector<double> weights;   ///< base units
};

/// The group of a projection in such a file: "edges/EN".
std::string edgesGroup(const std::string &projection);

/// Reads them. Throws a `Failure` (SNN_BAD_FILE), also where the unit in the file has another dimension than `unit`.
ListedWeights readWeightFile(const DataFiles &files, const std::string &path, const std::string &projection, const std::string &unit);

} // namespace snn::runtime

#endif // SNN_RUNTIME_WEIGHTFILE_H
