#include "RowBlocks.h"

#include "AvailableMemory.h"
#include "Failure.h"

#include <algorithm>

namespace snn::runtime {

// Vector code may read some elements past the last synapse of a row.
static constexpr uint64_t readPastEnd = SNN_LANES;

RowBlocks::RowBlocks(const RowRequest &request)
    : request(request), isSingle(request.state->model->precision == SNN_F32) {
  size_t n = (uint64_t(request.window.size()) + SNN_BLOCK_TARGETS - 1) / SNN_BLOCK_TARGETS;
  blocks.resize(n);
  pages.resize(n);
  runs.resize(request.declared().delay_stored ? n : 0);
  for (size_t b = 0; b < n; ++b) {
    pages[b].start = Pages((uint64_t(request.sources()) + 1) * sizeof(uint64_t));
    blocks[b].start = pages[b].start.as<uint64_t>();
  }
}

void RowBlocks::reserve(uint64_t capacity) {
  for (size_t b = 0; b < blocks.size(); ++b)
    reserve(b, capacity);
}

void RowBlocks::reserve(size_t block, uint64_t capacity) {
  pages[block].target = Pages((capacity + readPastEnd) * sizeof(uint16_t));
  blocks[block].target = pages[block].target.as<uint16_t>();
  if (request.declared().amount_stored)
    pages[block].amount = Pages((capacity + readPastEnd) * amountWidth());
  blocks[block].amount = pages[block].amount.as<void>();
  if (hasSynapseStates(request.declared()))
    pages[block].element = Pages(capacity * sizeof(uint64_t));
  blocks[block].element = pages[block].element.as<uint64_t>();
}

RowBlocks::DelaySpan RowBlocks::delaySpan() const {
  bool isEmpty = true;
  for (const RowBlock &block : blocks)
    isEmpty &= block.filled == 0;
  if (isEmpty)
    return {0, 0};
  if (!request.declared().delay_stored)
    return {request.planned->delaySteps, request.planned->delaySteps};
  DelaySpan span{UINT32_MAX, 0};
  for (const DelayRuns &block : runs)
    span = {std::min<uint32_t>(span.min, block.min()), std::max<uint32_t>(span.max, block.max())};
  return span;
}

/// How far delays spread is known only after they have been drawn; the tables must fit too.
void RowBlocks::checkTables(DelaySpan span) const {
  double bytes = 4.0 * (double(span.max) - span.min + 2) * request.sources() * double(blocks.size());
  double available = double(availableMemory());
  if (bytes > available)
    fail(SNN_NO_MEMORY,
         "`%s` has delays from %u to %u steps, and a table of them for %u neurons takes %s; %s are available",
         request.declared().name, span.min, span.max, request.sources(), describeBytes(bytes).c_str(),
         describeBytes(available).c_str());
}

RowStorage RowBlocks::finish() {
  RowStorage storage;
  DelaySpan span = delaySpan();
  bool hasTables = request.declared().delay_stored && span.max > 0;
  if (hasTables)
    checkTables(span);
  for (size_t b = 0; b < blocks.size(); ++b) {
    uint64_t kept = blocks[b].filled + readPastEnd;
    pages[b].target.trim(kept * sizeof(uint16_t));
    pages[b].amount.trim(kept * amountWidth());
    if (hasTables) {
      pages[b].segment = runs[b].table(span.min, span.max);
      runs[b] = {};
    }
    pages[b].element.trim(blocks[b].filled * sizeof(uint64_t));
    if (request.declared().n_fields > 0)
      allocateFields(request.declared(), request.declared().alignment == SNN_PRE ? request.sources() : blocks[b].filled, pages[b]);
    uint32_t firstTarget = request.window.begin - request.shareBegin + uint32_t(b) * SNN_BLOCK_TARGETS;
    storage.blocks.push_back({firstTarget, blocks[b].start, blocks[b].target, blocks[b].amount,
                              pages[b].segment.as<uint32_t>(),
                              pages[b].fieldTable.empty() ? nullptr : pages[b].fieldTable.data(), nullptr, nullptr,
                              nullptr, nullptr, 0});
    storage.synapses += blocks[b].filled;
    storage.bytes += pages[b].start.size() + pages[b].target.size() + pages[b].amount.size() + pages[b].segment.size() +
                     pages[b].fields.size();
  }
  storage.rows = {request.planned->source.begin,   request.planned->source.end, span.min, span.max,
                  uint32_t(storage.blocks.size()), storage.blocks.data()};
  if (request.declared().responsive)
    for (size_t b = 0; b < blocks.size(); ++b) {
      uint32_t targets = std::min(request.window.size() - uint32_t(b) * SNN_BLOCK_TARGETS, SNN_BLOCK_TARGETS);
      pages[b].incoming = indexByTarget(storage.rows, storage.blocks[b], targets, request.declared().name);
      storage.bytes += pages[b].incoming.bytes();
    }
  storage.pages = std::move(pages);
  return storage;
}

} // namespace snn::runtime
