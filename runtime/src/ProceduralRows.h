// Rows that are never stored: each is drawn again when its source has spiked.

#ifndef SNN_RUNTIME_PROCEDURALROWS_H
#define SNN_RUNTIME_PROCEDURALROWS_H

#include "Rows.h"
#include "SynapseValues.h"

namespace snn::runtime {

/// One projection's rows in one worker's share. What `rows` points to looks like stored blocks, all rows empty, with arrays that
/// hold the row that has been drawn last.
class ProceduralRows {
public:
  /// Reserves the arrays. Throws a `Failure`.
  explicit ProceduralRows(const RowRequest &request);

  /// Draws the synapses of `row` that end in `block`, in the order in which they would be stored. Returns how many there are.
  uint64_t draw(uint64_t block, uint64_t row);

  const RowRequest request;

  const snn_rows &rows() const { return table; }
  uint64_t bytes() const;

private:
  void drawRow(uint64_t row);

  std::unique_ptr<ContactRule> rule;
  Contacts contacts;
  SynapseValues values;
  Pages start; ///< zeros: every stored row is empty
  std::vector<Pages> targets, amounts; ///< of the blocks
  std::vector<snn_block> blocks;
  std::vector<uint64_t> drawn; ///< of each block, how many synapses the row has
  uint64_t drawnRow = UINT64_MAX;
  snn_rows table{};
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PROCEDURALROWS_H
