// Building a simulation: from settings to initial values, rows and buffers.

#include "AvailableMemory.h"
#include "ContactRule.h"
#include "PairwiseRule.h"
#include "Services.h"
#include "Simulation.h"
#include "SynapseWalk.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace snn::runtime {

void Simulation::build() {
  requireUnbuilt();
  auto begin = std::chrono::steady_clock::now();
  try {
    planBuild();
    requireMemory();
    construct(nullptr, std::make_shared<WorkerThreads>(state.n_workers));
  } catch (...) {
    clear();
    throw;
  }
  finishBuild(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
}

void Simulation::planBuild() {
  plan = makePlan(model, settings);
  Services::install(state, *this);
  openSeries();
  readEdges();
  given.read(model, plan, dataFiles);
  prepare();
}

void Simulation::construct(const Simulation *lender, std::shared_ptr<WorkerThreads> team) {
  threads = std::move(team);
  borrowsRows = lender != nullptr;
  buildWorkers(lender);
  loadDeclaredWeights();
  chooseDelays();
  makeHistories();
  countRecordedWeights();
  makeChunkBuffers();
}

void Simulation::finishBuild(double seconds) {
  for (const auto &memory : workers)
    memory->forgetNames();
  edges.clear();
  stage = Stage::Built;
  buildSeconds = seconds;
}

/// Rows follow from the seed of the connections and from the settings that `connects` tells of.
bool Simulation::sharesConnections(const Simulation &other) const {
  if (&model != &other.model || seed != other.seed || state.n_workers != other.state.n_workers)
    return false;
  if ((redraws || other.redraws) && state.seed != other.state.seed)
    return false;
  for (uint32_t s = 0; s < model.n_settings; ++s)
    if (model.settings[s].connects && settings[s] != other.settings[s])
      return false;
  return true;
}

void Simulation::clear() {
  samplers.clear();
  series.clear();
  stopRules.clear();
  timeSeries.clear();
  workers.clear();
  workerPointers.clear();
  states.reset();
  histories.reset();
  threads.reset();
  barrier.reset();
  edges.clear();
}

void Simulation::openSeries() {
  timeSeries.clear();
  for (const PlannedSeries &planned : plan.series)
    timeSeries.emplace_back(model, planned, dataFiles.find(planned.declared->array));
}

std::vector<const EdgeList *> Simulation::readEdges() {
  edges.clear();
  edges.resize(model.n_projections);
  for (uint32_t p = 0; p < model.n_projections; ++p)
    if (model.projections[p].rule == SNN_PAIRS && model.projections[p].mirror != SNN_REVERSED) {
      edges[p] = std::make_unique<EdgeList>(*dataFiles.find(model.projections[p].path).array, plan.projections[p]);
      plan.projections[p].listedPairs = edges[p]->count();
    }
  return edgeLists();
}

std::vector<const EdgeList *> Simulation::edgeLists() const {
  std::vector<const EdgeList *> lists;
  for (const auto &list : edges)
    lists.push_back(list.get());
  return lists;
}

/// Values that depend on settings alone.
void Simulation::prepare() {
  uniforms.assign(model.n_uniforms, 0);
  amounts.assign(model.n_projections, 0);
  delays.assign(model.n_projections, 0);
  state.uniforms = uniforms.data();
  state.amounts = amounts.data();
  state.delays = delays.data();
  state.dt = plan.dt;
  uint32_t refused = model.prepare(&state);
  serviceFailure.throwIfAny();
  if (refused != 0)
    fail(SNN_WRONG_VALUE, "the refractory time of `%s` has more steps of %.10g ms than its counter holds",
         model.populations[refused - 1].name, plan.dt);
  if (histories && longestLookBack(model, state) >= state.remembered)
    fail(SNN_WRONG_VALUE, "a `delayed` would look back by %u steps, and the network was built for at most %u",
         longestLookBack(model, state) - 1, state.remembered - 2);
  for (uint32_t p = 0; p < model.n_projections; ++p) {
    const snn_projection &declared = model.projections[p];
    if (!declared.amount_stored && !std::isfinite(amounts[p]))
      fail(SNN_WRONG_VALUE, "the weight of `%s` is not finite", declared.name);
    if (!declared.delay_stored)
      plan.projections[p].delaySteps = delaySteps(delays[p], plan.dt, declared.name);
  }
  settingsChanged = false;
}

double Simulation::expectedSynapses(uint32_t projection) const {
  const PlannedProjection &planned = plan.projections[projection];
  if (const PlannedProjection *mirrored = plan.mirroredBy(planned))
    return expectedContacts(*mirrored, edges[planned.declared->mirrored].get());
  bool isListed = planned.declared->rule == SNN_PAIRS && planned.declared->mirror == SNN_BOTH_WAYS;
  return (isListed ? 2 : 1) * expectedContacts(planned, edges[projection].get()); // of other rules, half of what is drawn is left out
}

MemoryNeed Simulation::memoryNeed() const {
  MemoryNeed need;
  for (uint32_t p = 0; p < model.n_populations; ++p)
    need.rest += double(plan.sizes[p]) * double(bytesPerNeuron(model.populations[p]));
  for (uint32_t p = 0; p < model.n_projections; ++p) {
    const PlannedProjection &planned = plan.projections[p];
    if (planned.declared->procedural)
      continue;
    double expected = planned.declared->rule == SNN_PAIR_BERNOULLI ? expectedPairs(state, planned)
                                                                  : expectedSynapses(p);
    need.regenerable += couldBeProcedural(*planned.declared) ? synapseBytes(model, *planned.declared, expected) : 0;
    double blocks = std::max(double(state.n_workers), planned.target.size() / double(SNN_BLOCK_TARGETS));
    need.synapses += expected;
    need.rows += synapseBytes(model, *planned.declared, expected) + blocks * planned.source.size() * sizeof(uint64_t);
  }
  return need;
}

void Simulation::requireMemory() const {
  MemoryNeed need = memoryNeed();
  double bytes = need.rows + need.rest, available = double(availableMemory());
  if (bytes > available)
    fail(SNN_NO_MEMORY, "`%s` has about %.0f synapses and takes %s of memory; %s are available%s", model.network,
         need.synapses, describeBytes(bytes).c_str(), describeBytes(available).c_str(),
         bytes - need.regenerable < available
             ? ", which suffice if `procedural = true` in `connect` has the contacts drawn again for every spike"
             : "");
}

void Simulation::buildWorkers(const Simulation *lender) {
  uint32_t n = state.n_workers;
  barrier = std::make_unique<Barrier>(n);
  states = std::make_unique<StateMemory>(model, plan);
  for (uint32_t w = 0; w < n; ++w) {
    workers.push_back(std::make_unique<WorkerMemory>(model, plan, *states, w, n));
    workerPointers.push_back(&workers.back()->worker);
  }
  state.workers = workerPointers.data();
  diagnoses.assign(workerPointers.size(), {});
  connecting = state;
  connecting.seed = redraws ? state.seed : seed;
  std::vector<const EdgeList *> lists = edgeLists();
  runTasks([&](uint32_t w) {
    workers[w]->build(state, {connecting, plan, lists}, lender ? lender->workers[w].get() : nullptr);
  });
}

void Simulation::runTasks(const std::function<void(uint32_t)> &task) {
  // A value that could not be drawn or read is NaN and may fail a later check; its own reason is the better one.
  try {
    threads->run(task);
  } catch (const Failure &) {
    serviceFailure.throwIfAny();
    throw;
  }
  serviceFailure.throwIfAny();
}

void Simulation::chooseDelays() {
  uint32_t longest = 0, shortest = UINT32_MAX;
  for (const auto &memory : workers)
    for (uint32_t p = 0; p < model.n_projections; ++p) {
      const snn_rows &rows = memory->worker.rows[p];
      if (rows.max_delay == 0)
        continue;
      // Behind a dendritic delay, what a target does is looked back at from the step in which the synapse acts on it.
      longest = std::max(longest, rows.max_delay * (model.projections[p].dendritic ? 2 : 1));
      shortest = std::min(shortest, rows.min_delay);
    }
  state.history = std::max(1u, longest);
  state.epoch = shortest; // without a synapse the workers need not meet
}

/// A row is read until it is as old as the longest delay, while other workers may be most of an epoch ahead.
void Simulation::makeHistories() {
  state.remembered = 0;
  state.histories = nullptr;
  if (!hasHistories(model))
    return;
  uint32_t ahead = state.epoch == UINT32_MAX ? 0 : state.epoch;
  histories = std::make_unique<HistoryMemory>(model, plan, longestLookBack(model, state) + ahead + 1);
  histories->fill(model, plan, *states);
  state.remembered = histories->steps();
  state.histories = histories->table();
}

/// Where all synapses of a projection are recorded, the end of the range is their number, or that of its sources.
void Simulation::countRecordedWeights() {
  for (PlannedRecord &record : plan.records) {
    if (!isOfSynapses(*record.declared))
      continue;
    const bool isOfSources = Sampler::isOfSources(model, record);
    uint64_t synapses = isOfSources ? plan.projections[record.declared->projection].source.size() : 0;
    for (const snn_worker *worker : workerPointers) {
      const snn_rows &rows = worker->rows[record.declared->projection];
      for (uint32_t b = 0; b < rows.n_blocks && !isOfSources; ++b)
        synapses += synapsesOf(rows, rows.blocks[b]);
    }
    double &end = settings[record.declared->end];
    double begin = settings[record.declared->begin];
    if (end == 0x1p53)
      end = double(synapses);
    if (!(begin >= 0 && begin <= end && end <= double(synapses)))
      fail(SNN_WRONG_VALUE, "`%s` asks for %s from %.0f to %.0f, and `%s` has %llu", record.declared->name,
           isOfSources ? "sources" : "synapses", begin, end, model.projections[record.declared->projection].name, static_cast<unsigned long long>(synapses));
    if (end - begin >= SNN_NONE)
      fail(SNN_WRONG_VALUE, "`%s` asks for %.0f synapses; at most 2^32 - 2 are recorded together", record.declared->name,
           end - begin);
    record.firstSynapse = uint64_t(begin);
    record.neurons = {0, uint32_t(end - begin)};
  }
}

void Simulation::reset() {
  requireBuilt("it is reset");
  requireStanding("resetting");
  stage = Stage::Failed; // what fails half way cannot run
  prepare();
  diagnoses.assign(workers.size(), {});
  failure = {};
  std::vector<const EdgeList *> lists = readEdges();
  runTasks([&](uint32_t w) { workers[w]->restart(state, {connecting, plan, lists}); });
  edges.clear();
  for (uint32_t p = 0; p < model.n_projections; ++p)
    forgetWritten(p);
  loadDeclaredWeights();
  if (histories)
    histories->fill(model, plan, *states);
  for (Sampler &sampler : samplers)
    sampler.locate(workerPointers);
  for (SpikeCounts *counts : spikeCounts())
    counts->restart(0);
  injected.clear();
  given.forgetAdded();
  for (KeptSpikes &spikes : kept)
    spikes.clear();
  stepsDone = 0;
  stepsRun = 0;
  loopSeconds = 0;
  stage = Stage::Built;
}

uint64_t Simulation::defaultChunkSteps() const {
  constexpr double milliseconds = 10;
  constexpr double mostSampleBytes = 64e6;
  // Lists of spikes reserve what could be; that is address space, of which there is plenty unless it is limited.
  double mostSpikeBytes = std::min(16e9, double(availableAddressSpace()) / 4);
  double samplesPerStep = 0, spikesPerStep = 0;
  for (const PlannedRecord &record : plan.records)
    if (record.isSampled())
      samplesPerStep += double(Sampler::bytesPerSample(record)) / double(record.period);
  for (uint32_t p = 0; p < model.n_populations; ++p)
    spikesPerStep += double(plan.sizes[p]) * model.populations[p].spikes_per_step * sizeof(uint32_t);
  double steps = std::clamp(std::round(milliseconds / plan.dt), 100.0, 1000.0);
  steps =
      std::min({steps, mostSampleBytes / std::max(samplesPerStep, 1.0), mostSpikeBytes / std::max(spikesPerStep, 1.0)});
  return std::max(uint64_t(1), uint64_t(steps));
}

void Simulation::makeChunkBuffers() {
  chunkSteps = options.chunk_steps ? options.chunk_steps : defaultChunkSteps();
  for (const auto &memory : workers)
    memory->makeSpikeLists(model, state.history, chunkSteps);
  for (const PlannedRecord &record : plan.records) {
    if (record.isSampled())
      samplers.emplace_back(model, record, chunkSteps).locate(workerPointers);
    else if (record.declared->kind == SNN_RECORD_RATE)
      series.emplace_back(record, plan.dt);
  }
  for (const PlannedStop &stop : plan.stops)
    stopRules.emplace_back(stop, plan.dt);
}

/// Whatever counts spikes over more than a chunk.
std::vector<SpikeCounts *> Simulation::spikeCounts() {
  std::vector<SpikeCounts *> all;
  for (RateSeries &rates : series)
    all.push_back(&rates.counts);
  for (StopRule &rule : stopRules)
    all.push_back(&rule.counts);
  return all;
}

} // namespace snn::runtime
