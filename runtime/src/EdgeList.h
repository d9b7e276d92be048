// The pairs of a projection that a file lists.

#ifndef SNN_RUNTIME_EDGELIST_H
#define SNN_RUNTIME_EDGELIST_H

#include "NumberArray.h"
#include "Plan.h"

#include <vector>

namespace snn::runtime {

/// An (n, 2) array of integers: source and target, counted from 0 within the joined ranges, or, in a group of edges of SONATA,
/// within their populations. Where the projection
/// excludes autapses or multapses, rows that would make one are left out (of equal rows the first stays).
class EdgeList {
public:
  /// Checks every row. Throws a `Failure` (SNN_BAD_FILE) with the number of the first bad one. `file` must outlive
  /// the list.
  EdgeList(const NumberArray &file, const PlannedProjection &projection);

  uint64_t count() const { return rows; }         ///< rows of the file
  uint64_t wantedCount() const { return wanted; } ///< rows that become synapses
  bool isWanted(uint64_t row) const { return leftOut.empty() || !leftOut[row]; }
  uint32_t source(uint64_t row) const { return uint32_t(file.whole(2 * row)) - firstSource; }
  uint32_t target(uint64_t row) const { return uint32_t(file.whole(2 * row + 1)) - firstTarget; }

private:
  void leaveOutSelf(const PlannedProjection &projection);
  void leaveOutRepeated();

  const NumberArray &file;
  uint32_t firstSource, firstTarget; ///< what the file calls them
  uint64_t rows = 0, wanted = 0;
  std::vector<bool> leftOut; ///< empty if nothing is excluded
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_EDGELIST_H
