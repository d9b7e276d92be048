// Running a built simulation: chunk by chunk, each chunk by all workers, results handed over in between.

#include "Denormals.h"
#include "Diagnosis.h"
#include "Simulation.h"
#include "Ticks.h"
#include "WeightChange.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace snn::runtime {

static uint64_t threadNanoseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return uint64_t(time.tv_sec) * 1000000000u + uint64_t(time.tv_nsec);
}

static double secondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void Simulation::runChunk(uint64_t steps) {
  auto begin = std::chrono::steady_clock::now();
  const uint64_t firstTick = ticks();
  state.chunk_first = stepsDone;
  uint64_t nextRecord = SNN_NEVER;
  for (Sampler &sampler : samplers) {
    sampler.startChunk(stepsDone, stepsDone + steps);
    nextRecord = std::min(nextRecord, sampler.dueFrom(stepsDone + 1));
  }
  for (const auto &memory : workers)
    memory->worker.next_record = nextRecord, memory->worker.next_supply = stepsDone;
  uint64_t end = stepsDone + steps;
  for (uint64_t first = stepsDone; first < end;) {
    uint64_t behind = std::min(injected.nextStep(first), end - 1) + 1;
    uint64_t next = given.nextStep(first);
    if (next == first)
      given.enter(first, model, *states);
    behind = std::min(behind, next == first ? first + 1 : next);
    runSteps(first, behind - first);
    if (next == first)
      given.leave(first, model, *states);
    injected.deliver(behind - 1, state);
    first = behind;
  }
  loopSeconds += secondsSince(begin);
  loopTicks += ticks() - firstTick;
  stepsLooped += steps;
}

void Simulation::runSteps(uint64_t first, uint64_t n) {
  threads->run([&](uint32_t w) {
    DenormalsAreZero guard;
    WorkerMemory &memory = *workers[w];
    uint64_t before = threadNanoseconds(), entry = ticks();
    model.run(&state, &memory.worker, first, n);
    if (memory.profile) {
      memory.profile->loop += ticks() - entry;
      memory.profile->countSpikes(memory.worker, state.history + (first - state.chunk_first), n);
    }
    memory.cpuNanoseconds += threadNanoseconds() - before;
  });
}

void Simulation::record(snn_worker &worker, uint64_t step) {
  worker.next_record = SNN_NEVER;
  for (Sampler &sampler : samplers) {
    sampler.take(worker, step);
    worker.next_record = std::min(worker.next_record, sampler.dueFrom(step + 2));
  }
}

void Simulation::supply(snn_worker &worker, uint64_t step) {
  worker.next_supply = SNN_NEVER;
  for (const TimeSeries &data : timeSeries)
    worker.next_supply = std::min(worker.next_supply, data.supply(worker, step));
}

/// On the worker's own thread, which owns the share it looks at.
void Simulation::noteFailure(snn_worker &worker, uint32_t population, uint64_t step) {
  worker.failed_step = step;
  worker.failed_population = population;
  diagnoses[worker.index] = diagnose(state, worker);
}

bool Simulation::deliverSpikes(const snn_sink &sink, uint32_t record, uint64_t end) {
  const PlannedRecord &planned = plan.records[record];
  merge.collect(state, {planned.declared->population, planned.neurons, std::max(planned.from, state.chunk_first),
                        std::min(planned.until, end)});
  merge.keepEvery(planned.stride, planned.neurons.begin);
  return !merge.steps.empty() &&
         sink.spikes(sink.user, record, merge.steps.size(), merge.steps.data(), merge.neurons.data()) != 0;
}

bool Simulation::deliverAllSpikes(const snn_sink &sink, uint64_t end) {
  bool stops = false;
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    if (model.populations[p].anonymous || model.populations[p].spikes_per_step == 0)
      continue;
    merge.collect(state, {p, {0, plan.sizes[p]}, state.chunk_first, end});
    if (!merge.steps.empty())
      stops |= sink.all_spikes(sink.user, p, merge.steps.size(), merge.steps.data(), merge.neurons.data()) != 0;
  }
  return stops;
}

bool Simulation::deliverSamples(const snn_sink &sink, uint32_t record, Sampler &sampler, uint64_t end) {
  const std::vector<uint64_t> &steps = sampler.sampledSteps();
  auto n = uint64_t(std::lower_bound(steps.begin(), steps.end(), end) - steps.begin());
  return n > 0 && sink.samples(sink.user, record, n, steps.data(), sampler.planned().columns(), sampler.type(),
                               sampler.values(n)) != 0;
}

bool Simulation::deliverRates(const snn_sink &sink, uint32_t record, RateSeries &rates, uint64_t end) {
  rates.add(state, state.chunk_first, end);
  return sink.samples && !rates.values().empty() &&
         sink.samples(sink.user, record, rates.values().size(), rates.sampledSteps().data(), 1, SNN_F64, rates.values().data()) != 0;
}

/// Hands over the results of the chunk up to step `end`; true if the sink asks to stop.
bool Simulation::deliver(const snn_sink &sink, uint64_t end) {
  bool stops = false;
  auto sampler = samplers.begin();
  auto rates = series.begin();
  for (uint32_t r = 0; r < model.n_records; ++r)
    switch (model.records[r].kind) {
    case SNN_RECORD_SPIKES:
      stops |= sink.spikes && deliverSpikes(sink, r, end);
      break;
    case SNN_RECORD_RATE:
      stops |= deliverRates(sink, r, *rates++, end);
      break;
    default:
      stops |= sink.samples && deliverSamples(sink, r, *sampler, end);
      ++sampler;
    }
  for (StopRule &rule : stopRules)
    rule.counts.add(state, state.chunk_first, end);
  for (KeptSpikes &spikes : kept)
    spikes.collect(state, state.chunk_first, end, merge);
  if (sink.all_spikes)
    stops |= deliverAllSpikes(sink, end);
  return stops;
}

/// The earliest failure of the chunk; of several in one step, that of the first worker.
Diagnosis Simulation::firstFailure() {
  Diagnosis first;
  for (uint32_t w = 0; w < state.n_workers; ++w)
    if (state.workers[w]->failed_step != SNN_NEVER && diagnoses[w].step < first.step)
      first = diagnoses[w];
  return first;
}

uint64_t Simulation::beginAdvance(uint64_t steps) {
  requireBuilt("it runs");
  if (stage == Stage::Failed)
    fail(SNN_WRONG_USE, "the run has failed after step %llu and cannot go on",
         static_cast<unsigned long long>(stepsDone));
  requireStanding("advancing");
  if (settingsChanged)
    prepare();
  isAdvancing = true;
  return steps ? stepsDone + steps : std::max(stepsDone, plan.totalSteps);
}

/// Chunks end where weights change and where the experiment's conditions are tested, so that it ends in the same step whatever
/// their length.
uint64_t Simulation::nextChunkSteps(uint64_t end) const {
  uint64_t steps = std::min(chunkSteps, end - stepsDone);
  for (const PlannedChange &change : plan.changes)
    if (change.step > stepsDone)
      steps = std::min(steps, change.step - stepsDone);
  if (stopRules.empty())
    return steps;
  return std::min(steps, plan.stepsBetweenTests - stepsDone % plan.stepsBetweenTests);
}

/// What changes before the next step.
void Simulation::makeChanges() {
  for (const PlannedChange &change : plan.changes)
    if (change.step == stepsDone)
      runTasks([&](uint32_t w) { changeWeights(state, workers[w]->worker, change.index); });
}

void Simulation::runNextChunk(uint64_t end) {
  makeChanges();
  chunkRun = nextChunkSteps(end);
  runChunk(chunkRun);
}

bool Simulation::handOver(const snn_sink &sink, uint64_t end) {
  auto begin = std::chrono::steady_clock::now();
  Diagnosis diagnosis = firstFailure();
  bool failed = diagnosis.status != SNN_OK;
  uint64_t whole = failed ? std::clamp(diagnosis.step, stepsDone, stepsDone + chunkRun) : stepsDone + chunkRun;
  bool stops = deliver(sink, whole);
  stepsRun += whole - stepsDone;
  stepsDone = whole;
  if (sink.progress)
    stops |= sink.progress(sink.user, stepsDone, end) != 0;
  if (failed) {
    stage = Stage::Failed;
    failure = diagnosis;
    throw Failure(diagnosis.status, diagnosis.message);
  }
  for (const auto &memory : workers)
    memory->startNextChunk(chunkRun);
  handOverSeconds += secondsSince(begin);
  serviceFailure.throwIfAny();
  return stops;
}

bool Simulation::hasEnded() const {
  return stepsDone % plan.stepsBetweenTests == 0 &&
         std::any_of(stopRules.begin(), stopRules.end(), [&](const StopRule &rule) { return rule.isMet(stepsDone); });
}

std::string Simulation::whyEnded() const {
  for (size_t k = 0; k < stopRules.size(); ++k) {
    if (!stopRules[k].isMet(stepsDone))
      continue;
    const PlannedStop &stop = plan.stops[k];
    char text[256];
    std::snprintf(text, sizeof text, "the rate of `%s` over %.10g ms was %s %.10g Hz after %.10g ms", stop.declared->name,
                  double(stop.window) * plan.dt, stop.declared->below ? "below" : "above", stop.limit * 1000,
                  double(stepsDone) * plan.dt);
    return text;
  }
  return "";
}

snn_status Simulation::advance(uint64_t steps, const snn_sink &sink) {
  uint64_t end = beginAdvance(steps);
  struct Advancing {
    explicit Advancing(Simulation &simulation) : simulation(simulation) {}
    ~Advancing() { simulation.endAdvance(); }
    Simulation &simulation;
  } advancing(*this);
  bool stops = false, ends = false;
  while (stepsDone < end && !stops && !ends) {
    runNextChunk(end);
    stops = handOver(sink, end);
    ends = hasEnded();
  }
  return ends ? SNN_ENDED : stops ? SNN_STOPPED : SNN_OK;
}

} // namespace snn::runtime
