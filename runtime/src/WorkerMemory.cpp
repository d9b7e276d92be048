#include "WorkerMemory.h"

#include "Shares.h"
#include "WeightTotals.h"

#include <cstring>

namespace snn::runtime {

size_t bytesPerNeuron(const snn_population &population) {
  size_t sum = 0;
  for (uint32_t k = 0; k < population.n_fields; ++k)
    sum += widthOf(population.fields[k]);
  return sum;
}

WorkerMemory::WorkerMemory(const snn_model &model, const Plan &plan, const StateMemory &states, uint32_t index,
                           uint32_t workers)
    : shares(model.n_populations), fields(model.n_fields), spikes(model.n_populations), rows(model.n_projections),
      rowStorage(model.n_projections), procedural(model.n_projections) {
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    const snn_population &population = model.populations[p];
    shares[p] = shareOf(p, plan.sizes[p], index, workers);
    for (uint32_t field = population.first_field; field < population.first_field + population.n_fields; ++field)
      fields[field] = states.at(field, shares[p].begin);
  }
  worker.index = index;
  worker.shares = shares.data();
  worker.fields = fields.data();
  worker.spikes = spikes.data();
  worker.rows = rows.data();
  worker.next_record = SNN_NEVER;
  worker.failed_step = SNN_NEVER;
  worker.failed_population = SNN_NONE;
  if (model.profiled) {
    profile = std::make_unique<WorkerProfile>(model);
    worker.profile = &profile->counters;
  }
}

void WorkerMemory::build(snn_state &state, const ConnectionDraw &draw, const WorkerMemory *lender) {
  const snn_model &model = *state.model;
  supplyStart(state);
  for (uint32_t p = 0; p < model.n_populations; ++p)
    model.initialise(&state, &worker, p);
  for (uint32_t p = 0; p < model.n_projections; ++p) {
    if (!lender || model.projections[p].procedural) {
      buildProjection(state, draw, p);
      continue;
    }
    rowStorage[p] = std::make_shared<RowStorage>(borrowRows(lender->rowStorage[p], model, model.projections[p]));
    rows[p] = rowStorage[p]->rows;
    initialiseSynapses(state, p);
  }
}

/// Initial values may depend on parameters that data drive.
void WorkerMemory::supplyStart(snn_state &state) {
  if (state.model->n_series > 0)
    state.supply(&state, &worker, 0);
}

void WorkerMemory::buildProjection(snn_state &state, const ConnectionDraw &draw, uint32_t projection) {
  const PlannedProjection &planned = draw.plan.projections[projection];
  const snn_share &share = shares[planned.declared->target];
  Range window = intersect(planned.target, {share.begin, share.begin + share.count});
  const PlannedProjection *mirrored = draw.plan.mirroredBy(planned);
  const EdgeList *edges = draw.edges[mirrored ? planned.declared->mirrored : projection];
  if (planned.declared->procedural) {
    procedural[projection] = std::make_unique<ProceduralRows>(
        RowRequest{&draw.state, projection, &planned, edges, window, share.begin});
    rows[projection] = procedural[projection]->rows();
    rowStorage[projection] = std::make_shared<RowStorage>();
    return;
  }
  rowStorage[projection] = std::make_shared<RowStorage>(
      buildRows({&draw.state, projection, &planned, edges, window, share.begin, mirrored}));
  rows[projection] = rowStorage[projection]->rows;
  if (state.model->projections[projection].total)
    scaleToTotals(draw.state, worker, projection);
  initialiseSynapses(state, projection);
}

void WorkerMemory::forgetNames() {
  for (const auto &storage : rowStorage)
    for (BlockPages &pages : storage->pages)
      pages.element = Pages();
}

void WorkerMemory::restart(snn_state &state, const ConnectionDraw &draw) {
  const snn_model &model = *state.model;
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    const snn_population &population = model.populations[p];
    for (uint32_t k = 0; k < population.n_fields; ++k)
      std::memset(fields[population.first_field + k], 0, shares[p].padded * widthOf(population.fields[k]));
  }
  supplyStart(state);
  for (uint32_t p = 0; p < model.n_populations; ++p)
    model.initialise(&state, &worker, p);
  // Initial values of synapses depend on their names, which are drawn with the rows; so are weights.
  for (uint32_t p = 0; p < model.n_projections; ++p)
    if (evolvingArrays(model.projections[p]) > 0 || model.projections[p].procedural)
      buildProjection(state, draw, p);
  forgetNames();
  for (SpikeList &list : spikeLists)
    list.clear();
  worker.events = 0;
  worker.failed_step = SNN_NEVER;
  worker.failed_population = SNN_NONE;
  cpuNanoseconds = 0;
}

/// The states of a projection's synapses or sources. What they are called is known to whoever drew them.
void WorkerMemory::initialiseSynapses(snn_state &state, uint32_t projection) {
  if (state.model->projections[projection].n_fields == 0)
    return;
  for (uint32_t b = 0; b < rows[projection].n_blocks; ++b) {
    const RowStorage &own = *rowStorage[projection], &drawn = own.lender ? *own.lender : own;
    state.model->initialise_synapses(&state, &worker, projection, b, drawn.pages[b].element.as<uint64_t>());
  }
}

void WorkerMemory::makeSpikeLists(const snn_model &model, uint64_t history, uint64_t chunkSteps) {
  spikeLists.reserve(model.n_populations);
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    uint64_t perStep = uint64_t(shares[p].padded) * model.populations[p].spikes_per_step;
    spikeLists.emplace_back(SpikeListSize{history, chunkSteps, perStep});
    spikes[p] = spikeLists[p].view();
  }
}

void WorkerMemory::startNextChunk(uint64_t steps) {
  for (SpikeList &list : spikeLists)
    list.startNextChunk(steps);
}

void WorkerMemory::withRows(uint32_t projection, const std::function<void(const snn_rows &)> &use) const {
  if (!procedural[projection])
    return use(rows[projection]);
  RowStorage drawn = buildRows(procedural[projection]->request);
  use(drawn.rows);
}

uint64_t WorkerMemory::synapses() const {
  uint64_t sum = 0;
  for (const auto &storage : rowStorage)
    sum += storage->synapses;
  return sum;
}

uint64_t WorkerMemory::rowBytes() const {
  uint64_t sum = 0;
  for (const auto &storage : rowStorage)
    sum += storage->bytes;
  for (const auto &drawn : procedural)
    sum += drawn ? drawn->bytes() : 0;
  return sum;
}

uint64_t WorkerMemory::bytes() const {
  uint64_t sum = rowBytes();
  for (const SpikeList &list : spikeLists)
    sum += list.bytes();
  return sum;
}

} // namespace snn::runtime
