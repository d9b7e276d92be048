#include "Sampler.h"

#include "SynapseWalk.h"

#include <algorithm>
#include <cstring>

namespace snn::runtime {

/// Blocks of SNN_LANES neurons that the record has a part of.
static uint32_t blocksOf(const PlannedRecord &record) {
  return (record.neurons.end + SNN_LANES - 1) / SNN_LANES - record.neurons.begin / SNN_LANES;
}

uint64_t Sampler::mostSamples(const PlannedRecord &record, uint64_t chunkSteps) {
  return chunkSteps / record.period + 1;
}

uint64_t Sampler::bytesPerSample(const PlannedRecord &record) {
  if (record.declared->kind == SNN_RECORD_MEAN)
    return uint64_t(blocksOf(record)) * sizeof(double);
  return uint64_t(record.selected()) * record.width;
}

Sampler::Sampler(const snn_model &model, const PlannedRecord &record, uint64_t chunkSteps)
    : record(record), model(model), field(isOfSynapses(*record.declared)
                                ? SNN_NONE
                                : model.populations[record.declared->population].first_field + record.declared->field),
      rows(mostSamples(record, chunkSteps) * bytesPerSample(record)) {}

uint64_t Sampler::dueFrom(uint64_t next) const {
  next = std::max({next, record.from, uint64_t(1)});
  next = (next + record.period - 1) / record.period * record.period;
  return next <= record.until ? next : SNN_NEVER;
}

void Sampler::startChunk(uint64_t begin, uint64_t end) {
  steps.clear();
  firstDue = dueFrom(begin + 1);
  for (uint64_t due = firstDue; due <= std::min(end, record.until); due += record.period)
    steps.push_back(due - 1);
}

/// The recorded ones of the worker's neurons, side by side.
void Sampler::copy(const snn_worker &worker, Range own, char *row) const {
  const snn_share &share = worker.shares[record.declared->population];
  const char *values = static_cast<const char *>(worker.fields[field]);
  uint32_t first = (own.begin - record.neurons.begin + record.stride - 1) / record.stride; // column
  if (record.stride == 1) {
    std::memcpy(row + size_t(first) * record.width, values + size_t(own.begin - share.begin) * record.width,
                size_t(own.size()) * record.width);
    return;
  }
  for (uint64_t column = first, neuron; (neuron = record.neurons.begin + column * record.stride) < own.end; ++column)
    std::memcpy(row + column * record.width, values + (neuron - share.begin) * record.width, record.width);
}

template <typename Value> void Sampler::addBlocks(const snn_worker &worker, Range own, double *row) const {
  const snn_share &share = worker.shares[record.declared->population];
  const Value *values = static_cast<const Value *>(worker.fields[field]);
  uint32_t firstBlock = record.neurons.begin / SNN_LANES;
  for (uint32_t neuron = own.begin; neuron < own.end;) {
    uint32_t end = std::min(own.end, (neuron / SNN_LANES + 1) * SNN_LANES), block = neuron / SNN_LANES - firstBlock;
    double sum = 0;
    for (; neuron < end; ++neuron)
      sum += double(values[neuron - share.begin]);
    row[block] = sum;
  }
}

void Sampler::take(const snn_worker &worker, uint64_t step) {
  if (step + 1 < firstDue || (step + 1 - firstDue) % record.period != 0 || step >= record.until)
    return;
  if (isOfSynapses(*record.declared))
    return takeSynapses(worker, rows.as<char>() + (step + 1 - firstDue) / record.period * record.neurons.size() * record.width);
  const snn_share &share = worker.shares[record.declared->population];
  Range own = intersect(record.neurons, {share.begin, share.begin + share.count});
  if (own.size() == 0)
    return;
  uint64_t number = (step + 1 - firstDue) / record.period;
  char *row = rows.as<char>() + number * bytesPerSample(record);
  if (!isMean())
    copy(worker, own, row);
  else if (record.width == sizeof(float))
    addBlocks<float>(worker, own, reinterpret_cast<double *>(row));
  else
    addBlocks<double>(worker, own, reinterpret_cast<double *>(row));
}

const void *Sampler::values(uint64_t samples) {
  if (!isMean())
    return rows.as<void>();
  uint32_t blocks = blocksOf(record);
  means.assign(samples, 0);
  const double *sums = rows.as<double>();
  for (uint64_t sample = 0; sample < samples; ++sample) {
    for (uint32_t block = 0; block < blocks; ++block)
      means[sample] += sums[sample * blocks + block];
    means[sample] /= double(record.neurons.size());
  }
  return means.data();
}

uint8_t Sampler::type() const { return isMean() || record.width == sizeof(double) ? SNN_F64 : SNN_F32; }

bool Sampler::isOfSources(const snn_model &model, const PlannedRecord &record) {
  return record.declared->kind == SNN_RECORD_SYNAPSES && model.projections[record.declared->projection].alignment == SNN_PRE;
}

/// The array of a block that is recorded.
const char *Sampler::valuesIn(const snn_block &block) const {
  bool isWeight = record.declared->kind == SNN_RECORD_WEIGHTS;
  return static_cast<const char *>(isWeight ? block.amount : block.fields[record.declared->field]);
}

/// Every block has the states of all sources; those of the first are taken.
void Sampler::locateSources(std::span<snn_worker *const> workers) {
  auto hasBlock = [&](const snn_worker *worker) { return worker->rows[record.declared->projection].n_blocks > 0; };
  auto owner = std::find_if(workers.begin(), workers.end(), hasBlock);
  if (owner == workers.end())
    return;
  const char *values = valuesIn((*owner)->rows[record.declared->projection].blocks[0]);
  for (uint32_t column = 0; column < record.neurons.size(); ++column)
    places[(*owner)->index].push_back({column, values + (record.firstSynapse + column) * record.width});
}

void Sampler::locate(std::span<snn_worker *const> workers) {
  if (!isOfSynapses(*record.declared))
    return;
  places.assign(workers.size(), {});
  if (isOfSources(model, record))
    return locateSources(workers);
  uint64_t before = 0; // synapses on targets of earlier blocks and workers
  for (const snn_worker *worker : workers) {
    const snn_rows &rowsOfWorker = worker->rows[record.declared->projection];
    for (uint32_t b = 0; b < rowsOfWorker.n_blocks; ++b) {
      const snn_block &block = rowsOfWorker.blocks[b];
      forEachInTargetOrder(rowsOfWorker, block, [&](uint64_t synapse, uint64_t position) {
        uint64_t column = before + position - record.firstSynapse; // wraps around in front of the first
        if (column < record.neurons.size())
          places[worker->index].push_back({uint32_t(column), valuesIn(block) + synapse * record.width});
      });
      before += synapsesOf(rowsOfWorker, block);
    }
  }
}

void Sampler::takeSynapses(const snn_worker &worker, char *row) {
  for (const Place &place : places[worker.index])
    std::memcpy(row + place.column * record.width, place.value, record.width);
}

} // namespace snn::runtime
