// Going through the synapses of a worker without knowing how its rows are laid out.

#ifndef SNN_RUNTIME_SYNAPSEWALK_H
#define SNN_RUNTIME_SYNAPSEWALK_H

#include "snn/abi.h"

#include <cstdint>
#include <vector>

namespace snn::runtime {

/// Synapses of one block of rows.
inline uint64_t synapsesOf(const snn_rows &rows, const snn_block &block) {
  return block.start[rows.source_end - rows.source_begin];
}

/// Calls `visit(source, synapse, delay)` for the synapses of a block in the order of its rows: position of the source in its
/// population, index into the arrays of the block, delay in steps.
template <typename Visit> void forEachSynapse(const snn_rows &rows, const snn_block &block, Visit visit) {
  uint32_t sources = rows.source_end - rows.source_begin, delays = rows.max_delay - rows.min_delay + 1;
  for (uint32_t row = 0; row < sources; ++row) {
    uint64_t begin = block.start[row];
    if (!block.segment) {
      for (uint64_t synapse = begin; synapse < block.start[row + 1]; ++synapse)
        visit(rows.source_begin + row, synapse, rows.min_delay);
      continue;
    }
    const uint32_t *segment = block.segment + uint64_t(row) * (delays + 1);
    for (uint32_t delay = 0; delay < delays; ++delay)
      for (uint64_t synapse = begin + segment[delay]; synapse < begin + segment[delay + 1]; ++synapse)
        visit(rows.source_begin + row, synapse, rows.min_delay + delay);
  }
}

/// By target of a block, the position of its first synapse where they are in order of target.
inline std::vector<uint64_t> firstPositions(const snn_rows &rows, const snn_block &block) {
  std::vector<uint64_t> first(SNN_BLOCK_TARGETS + 1);
  for (uint64_t synapse = 0, end = synapsesOf(rows, block); synapse < end; ++synapse)
    ++first[block.target[synapse] + 1];
  for (uint32_t target = 1; target <= SNN_BLOCK_TARGETS; ++target)
    first[target] += first[target - 1];
  return first;
}

/// Calls `visit(synapse, position)` for every synapse of a block, where `position` is its place among the synapses of the block
/// in order of target, then source, then as the row has them. Blocks and workers divide targets into contiguous parts, so
/// this order, continued over blocks and workers, does not depend on how many there are.
template <typename Visit> void forEachInTargetOrder(const snn_rows &rows, const snn_block &block, Visit visit) {
  std::vector<uint64_t> next = firstPositions(rows, block);
  for (uint64_t synapse = 0, end = synapsesOf(rows, block); synapse < end; ++synapse)
    visit(synapse, next[block.target[synapse]]++);
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_SYNAPSEWALK_H
