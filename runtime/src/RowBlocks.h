// The blocks of rows while they are being filled.

#ifndef SNN_RUNTIME_ROWBLOCKS_H
#define SNN_RUNTIME_ROWBLOCKS_H

#include "DelayRuns.h"
#include "Rows.h"

namespace snn::runtime {

/// Typed views of one block's pages, and how far it is filled.
struct RowBlock {
  uint64_t *start;
  uint16_t *target;
  void *amount;      ///< null if uniform
  uint64_t *element; ///< null unless synapses have states
  uint64_t filled = 0;
};

/// Storage common to both ways of filling rows.
class RowBlocks {
public:
  explicit RowBlocks(const RowRequest &request);

  /// Reserves room for `capacity` synapses in every block.
  void reserve(uint64_t capacity);
  void reserve(size_t block, uint64_t capacity);

  size_t blockOf(uint32_t post) const { return (post - request.window.begin) / SNN_BLOCK_TARGETS; }
  uint16_t targetOf(uint32_t post) const { return uint16_t((post - request.window.begin) % SNN_BLOCK_TARGETS); }
  void storeAmount(size_t block, uint64_t at, double amount) {
    if (isSingle)
      static_cast<float *>(blocks[block].amount)[at] = float(amount);
    else
      static_cast<double *>(blocks[block].amount)[at] = amount;
  }
  size_t amountWidth() const { return isSingle ? sizeof(float) : sizeof(double); }

  /// Trims the arrays, writes the tables of delays and hands everything over.
  RowStorage finish();

  const RowRequest &request;
  std::vector<RowBlock> blocks;
  std::vector<DelayRuns> runs; ///< per block, where delays are stored

private:
  struct DelaySpan {
    uint32_t min, max; ///< both 0: no synapse
  };
  DelaySpan delaySpan() const;
  void checkTables(DelaySpan span) const;

  const bool isSingle;
  std::vector<BlockPages> pages;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_ROWBLOCKS_H
