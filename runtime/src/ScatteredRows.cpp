#include "ScatteredRows.h"

#include <algorithm>

namespace snn::runtime {

void ScatteredRows::count(const Contacts &contacts) {
  uint32_t firstSource = blocks.request.planned->source.begin;
  for (size_t i = 0; i < contacts.size(); ++i)
    ++blocks.blocks[blocks.blockOf(contacts.post[i])].start[contacts.pre[i] - firstSource + 1];
}

void ScatteredRows::allocate() {
  for (size_t b = 0; b < blocks.blocks.size(); ++b) {
    uint64_t *start = blocks.blocks[b].start, sources = blocks.request.sources();
    for (uint64_t s = 0; s < sources; ++s)
      start[s + 1] += start[s];
    blocks.blocks[b].filled = start[sources];
    blocks.reserve(b, start[sources]);
    if (blocks.request.declared().delay_stored)
      delays.emplace_back(start[sources] * sizeof(uint16_t));
  }
}

void ScatteredRows::fill(const Contacts &contacts) {
  // While filling, start[s] is where the next synapse of row s goes; it ends up as the start of row s + 1.
  uint32_t firstSource = blocks.request.planned->source.begin;
  values.compute(blocks.request, contacts);
  for (size_t i = 0; i < contacts.size(); ++i) {
    size_t b = blocks.blockOf(contacts.post[i]);
    RowBlock &block = blocks.blocks[b];
    uint64_t at = block.start[contacts.pre[i] - firstSource]++;
    block.target[at] = blocks.targetOf(contacts.post[i]);
    if (block.amount)
      blocks.storeAmount(b, at, values.amounts[i]);
    if (block.element)
      block.element[at] = contacts.element[i];
    if (!delays.empty())
      delays[b].as<uint16_t>()[at] = values.delays[i];
  }
}

void ScatteredRows::sortRows(size_t b) {
  RowBlock &block = blocks.blocks[b];
  DelayOrder order;
  for (uint32_t s = 0; s < blocks.request.sources(); ++s) {
    uint64_t begin = block.start[s], n = block.start[s + 1] - begin;
    const uint16_t *delay = delays[b].as<uint16_t>() + begin;
    for (uint32_t k : order.sort(delay, n))
      blocks.runs[b].add(delay[k]);
    blocks.runs[b].endRow();
    order.apply(block.target + begin);
    if (block.amount && blocks.amountWidth() == sizeof(float))
      order.apply(static_cast<float *>(block.amount) + begin);
    else if (block.amount)
      order.apply(static_cast<double *>(block.amount) + begin);
    if (block.element)
      order.apply(block.element + begin);
  }
  delays[b] = Pages();
}

RowStorage ScatteredRows::finish() {
  for (size_t b = 0; b < blocks.blocks.size(); ++b) {
    uint64_t *start = blocks.blocks[b].start;
    std::copy_backward(start, start + blocks.request.sources(), start + blocks.request.sources() + 1);
    start[0] = 0;
    if (!delays.empty())
      sortRows(b);
  }
  return blocks.finish();
}

} // namespace snn::runtime
