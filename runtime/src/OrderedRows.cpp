#include "OrderedRows.h"

#include "Failure.h"

namespace snn::runtime {

OrderedRows::OrderedRows(const RowRequest &request, uint64_t mostContacts) : blocks(request), capacity(mostContacts) {
  blocks.reserve(mostContacts);
}

void OrderedRows::endRowsBefore(uint32_t source) {
  for (; rowsEnded < source; ++rowsEnded)
    for (size_t b = 0; b < blocks.blocks.size(); ++b) {
      blocks.blocks[b].start[rowsEnded + 1] = blocks.blocks[b].filled;
      if (!blocks.runs.empty())
        blocks.runs[b].endRow();
    }
}

void OrderedRows::append(const Contacts &contacts) {
  values.compute(blocks.request, contacts);
  size_t n = contacts.size();
  for (size_t begin = 0, end; begin < n; begin = end) {
    end = begin + 1;
    while (end < n && contacts.pre[end] == contacts.pre[begin])
      ++end;
    endRowsBefore(contacts.pre[begin] - blocks.request.planned->source.begin);
    appendRow(contacts, begin, end);
  }
}

/// Returns the block it went to.
size_t OrderedRows::appendSynapse(const Contacts &contacts, size_t index) {
  uint32_t post = contacts.post[index];
  size_t b = blocks.blockOf(post);
  RowBlock &block = blocks.blocks[b];
  if (block.filled == capacity)
    fail(SNN_NO_MEMORY, "`%s` drew more synapses than were reserved", blocks.request.declared().name);
  block.target[block.filled] = blocks.targetOf(post);
  if (block.amount)
    blocks.storeAmount(b, block.filled, values.amounts[index]);
  if (block.element)
    block.element[block.filled] = contacts.element[index];
  ++block.filled;
  return b;
}

void OrderedRows::appendRow(const Contacts &contacts, size_t begin, size_t end) {
  if (!blocks.request.declared().delay_stored) {
    for (size_t i = begin; i < end; ++i)
      appendSynapse(contacts, i);
    return;
  }
  for (uint32_t k : order.sort(values.delays.data() + begin, end - begin)) {
    size_t i = begin + k;
    blocks.runs[appendSynapse(contacts, i)].add(values.delays[i]);
  }
}

RowStorage OrderedRows::finish() {
  endRowsBefore(blocks.request.sources());
  return blocks.finish();
}

} // namespace snn::runtime
