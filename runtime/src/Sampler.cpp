#include "Sampler.h"

#include "SynapseWalk.h"

#include <algorithm>
#include <cstring>

namespace snn::runtime {

uint64_t Sampler::mostSamples(const PlannedRecord &record, uint64_t chunkSteps) {
  return chunkSteps / record.period + 1;
}

Sampler::Sampler(const snn_model &model, const PlannedRecord &record, uint64_t chunkSteps)
    : record(record), field(record.declared->kind == SNN_RECORD_WEIGHTS
                                ? SNN_NONE
                                : model.populations[record.declared->population].first_field + record.declared->field),
      rows(mostSamples(record, chunkSteps) * record.neurons.size() * record.width) {}

uint64_t Sampler::dueFrom(uint64_t next) const {
  next = std::max({next, record.from, uint64_t(1)});
  return (next + record.period - 1) / record.period * record.period;
}

void Sampler::startChunk(uint64_t begin, uint64_t end) {
  steps.clear();
  firstDue = dueFrom(begin + 1);
  for (uint64_t due = firstDue; due <= end; due += record.period)
    steps.push_back(due - 1);
}

void Sampler::take(const snn_worker &worker, uint64_t step) {
  if (step + 1 < firstDue || (step + 1 - firstDue) % record.period != 0)
    return;
  if (record.declared->kind == SNN_RECORD_WEIGHTS)
    return takeWeights(worker, rows.as<char>() + (step + 1 - firstDue) / record.period * record.neurons.size() * record.width);
  const snn_share &share = worker.shares[record.declared->population];
  Range own = intersect(record.neurons, {share.begin, share.begin + share.count});
  if (own.size() == 0)
    return;
  uint64_t row = (step + 1 - firstDue) / record.period;
  size_t column = own.begin - record.neurons.begin;
  std::memcpy(rows.as<char>() + (row * record.neurons.size() + column) * record.width,
              static_cast<const char *>(worker.fields[field]) + size_t(own.begin - share.begin) * record.width,
              size_t(own.size()) * record.width);
}

void Sampler::locate(std::span<snn_worker *const> workers) {
  if (record.declared->kind != SNN_RECORD_WEIGHTS)
    return;
  places.assign(workers.size(), {});
  uint64_t before = 0; // synapses on targets of earlier blocks and workers
  for (const snn_worker *worker : workers) {
    const snn_rows &rowsOfWorker = worker->rows[record.declared->projection];
    for (uint32_t b = 0; b < rowsOfWorker.n_blocks; ++b) {
      const snn_block &block = rowsOfWorker.blocks[b];
      forEachInTargetOrder(rowsOfWorker, block, [&](uint64_t synapse, uint64_t position) {
        uint64_t column = before + position - record.firstSynapse; // wraps around in front of the first
        if (column < record.neurons.size())
          places[worker->index].push_back(
              {uint32_t(column), static_cast<const char *>(block.amount) + synapse * record.width});
      });
      before += synapsesOf(rowsOfWorker, block);
    }
  }
}

void Sampler::takeWeights(const snn_worker &worker, char *row) {
  for (const Place &place : places[worker.index])
    std::memcpy(row + place.column * record.width, place.value, record.width);
}

} // namespace snn::runtime
