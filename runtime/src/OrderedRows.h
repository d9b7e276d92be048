// Rows of a rule that goes by source: they come whole and in order, so they are appended in one pass.

#ifndef SNN_RUNTIME_ORDEREDROWS_H
#define SNN_RUNTIME_ORDEREDROWS_H

#include "RowBlocks.h"
#include "SynapseValues.h"

namespace snn::runtime {

class OrderedRows {
public:
  /// `mostContacts` bounds what will be appended; only address space is reserved for it.
  OrderedRows(const RowRequest &request, uint64_t mostContacts);

  /// Whole rows, sources ascending from one call to the next.
  void append(const Contacts &contacts);
  RowStorage finish();

private:
  void appendRow(const Contacts &contacts, size_t begin, size_t end);
  size_t appendSynapse(const Contacts &contacts, size_t index);
  void endRowsBefore(uint32_t source);

  RowBlocks blocks;
  SynapseValues values;
  uint64_t capacity;
  uint32_t rowsEnded = 0; ///< sources whose row is complete
  DelayOrder order;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_ORDEREDROWS_H
