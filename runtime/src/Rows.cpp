#include "Rows.h"

#include "OrderedRows.h"
#include "PairwiseRule.h"
#include "ScatteredRows.h"

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
  if (request.declared().rule == SNN_PAIR_BERNOULLI)
    return makePairwiseRule(*request.state, *request.planned, request.window);
  return makeContactRule(*request.planned, request.edges, request.state->seed, request.window);
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
