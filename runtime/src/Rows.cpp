#include "Rows.h"

#include "MirroredContacts.h"
#include "OrderedRows.h"
#include "PairwiseRule.h"
#include "ScatteredRows.h"

#include <cstring>

namespace snn::runtime {

// Large enough to hide the cost of a call per batch, small enough for the first-level cache.
static constexpr size_t batchSize = 1024;

/// Calls `consume` with the contacts of whole parts, a batch at a time.
template <typename Consume> static void forEachBatch(ContactRule &rule, Contacts &contacts, Consume consume) {
  for (uint64_t part = 0, parts = rule.parts(); part < parts; ++part) {
    rule.append(part, contacts);
    if (contacts.size() < batchSize && part + 1 < parts)
      continue;
    consume(contacts);
    contacts.clear();
  }
}

std::unique_ptr<ContactRule> ruleOf(const RowRequest &request) {
  uint64_t seed = request.state->seed;
  if (request.declared().mirror != SNN_ONE_WAY)
    return std::make_unique<MirroredContacts>(request.drawn(), request.edges, seed, request.window,
                                              request.declared().mirror == SNN_BOTH_WAYS);
  if (request.declared().rule == SNN_PAIR_BERNOULLI)
    return makePairwiseRule(*request.state, *request.planned, request.window);
  return makeContactRule(*request.planned, request.edges, seed, request.window);
}

RowStorage buildRows(const RowRequest &request) {
  Contacts contacts;
  if (request.window.size() == 0 || request.sources() == 0)
    return RowBlocks(request).finish();
  std::unique_ptr<ContactRule> rule = ruleOf(request);
  if (rule->isBySource()) {
    OrderedRows rows(request, rule->mostContacts());
    forEachBatch(*rule, contacts, [&](const Contacts &batch) { rows.append(batch); });
    return rows.finish();
  }
  ScatteredRows rows(request);
  forEachBatch(*rule, contacts, [&](const Contacts &batch) { rows.count(batch); });
  rows.allocate();
  forEachBatch(*rule, contacts, [&](const Contacts &batch) { rows.fill(batch); });
  return rows.finish();
}

void allocateFields(const snn_projection &projection, uint64_t elements, BlockPages &pages) {
  uint64_t padded = (elements + SNN_LANES - 1) / SNN_LANES * SNN_LANES;
  // As for neurons, a cache line between arrays keeps them out of the same cache sets.
  constexpr size_t gap = 64;
  size_t bytes = 0;
  for (uint32_t k = 0; k < projection.n_fields; ++k)
    bytes += padded * widthOf(projection.fields[k]) + gap;
  pages.fields = Pages(bytes);
  char *next = pages.fields.as<char>();
  for (uint32_t k = 0; k < projection.n_fields; ++k) {
    pages.fieldTable.push_back(next);
    next += padded * widthOf(projection.fields[k]) + gap;
  }
}

RowStorage borrowRows(std::shared_ptr<const RowStorage> lender, const snn_model &model, const snn_projection &projection) {
  RowStorage storage;
  storage.rows = lender->rows;
  storage.blocks = lender->blocks;
  storage.pages.resize(lender->pages.size());
  uint64_t sources = lender->rows.source_end - lender->rows.source_begin;
  for (size_t b = 0; b < storage.blocks.size() && evolvingArrays(projection) > 0; ++b) {
    uint64_t synapses = sources > 0 ? storage.blocks[b].start[sources] : 0;
    BlockPages &own = storage.pages[b];
    if (projection.n_fields > 0) {
      allocateFields(projection, projection.alignment == SNN_PRE ? sources : synapses, own);
      storage.blocks[b].fields = own.fieldTable.data();
    }
    if (projection.plastic) {
      const Pages &initial = lender->pages[b].amount;
      own.amount = Pages(initial.size());
      std::memcpy(own.amount.as<void>(), initial.as<void>(), synapses * evolvingWidth(model, projection, projection.n_fields));
      storage.blocks[b].amount = own.amount.as<void>();
    }
    storage.bytes += own.fields.size() + own.amount.size();
  }
  storage.rows.blocks = storage.blocks.data();
  storage.synapses = lender->synapses;
  storage.lender = std::move(lender);
  return storage;
}

void ownWeights(RowStorage &storage, const snn_model &model, const snn_projection &projection) {
  if (!storage.written.empty())
    return;
  uint64_t sources = storage.rows.source_end - storage.rows.source_begin;
  for (snn_block &block : storage.blocks) {
    size_t bytes = (sources > 0 ? block.start[sources] : 0) * evolvingWidth(model, projection, projection.n_fields);
    Pages &own = storage.written.emplace_back(bytes + SNN_LANES * sizeof(double)); // vector code may read past the last
    std::memcpy(own.as<void>(), block.amount, bytes);
    block.amount = own.as<void>();
    storage.bytes += own.size();
  }
}

void dropWeights(RowStorage &storage) {
  const RowStorage &drawn = storage.lender ? *storage.lender : storage;
  for (size_t b = 0; b < storage.written.size(); ++b) {
    storage.blocks[b].amount = drawn.pages[b].amount.as<void>();
    storage.bytes -= storage.written[b].size();
  }
  storage.written.clear();
}

size_t widthOf(const snn_field &field) {
  switch (field.type) {
  case SNN_F64:
    return 8;
  case SNN_U16:
    return 2;
  default:
    return 4;
  }
}

size_t evolvingWidth(const snn_model &model, const snn_projection &projection, uint32_t array) {
  if (array < projection.n_fields)
    return widthOf(projection.fields[array]);
  return model.precision == SNN_F32 ? sizeof(float) : sizeof(double);
}

double synapseBytes(const snn_model &model, const snn_projection &projection, double synapses) {
  double amount = !projection.amount_stored ? 0 : model.precision == SNN_F32 ? sizeof(float) : sizeof(double);
  double states = 0; // and the name that each synapse has while they are initialised
  if (hasSynapseStates(projection))
    for (uint32_t k = 0; k < projection.n_fields; ++k)
      states += double(widthOf(projection.fields[k]));
  double index = projection.responsive ? 2 * sizeof(uint32_t) + (projection.delay_stored ? sizeof(uint16_t) : 0) : 0;
  return synapses * (sizeof(uint16_t) + amount + index + states + (states > 0 ? sizeof(uint64_t) : 0));
}

} // namespace snn::runtime
