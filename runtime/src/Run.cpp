// Running a built simulation: chunk by chunk, each chunk by all workers, results handed over in between.

#include "Denormals.h"
#include "Diagnosis.h"
#include "Simulation.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace snn::runtime {

static uint64_t threadNanoseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return uint64_t(time.tv_sec) * 1000000000u + uint64_t(time.tv_nsec);
}

void Simulation::runChunk(uint64_t steps) {
  auto begin = std::chrono::steady_clock::now();
  state.chunk_first = stepsDone;
  uint64_t nextRecord = SNN_NEVER;
  for (Sampler &sampler : samplers) {
    sampler.startChunk(stepsDone, stepsDone + steps);
    nextRecord = std::min(nextRecord, sampler.dueFrom(stepsDone + 1));
  }
  threads->run([&](uint32_t w) {
    DenormalsAreZero guard;
    uint64_t before = threadNanoseconds();
    workers[w]->worker.next_record = nextRecord;
    model.run(&state, &workers[w]->worker, stepsDone, steps);
    workers[w]->cpuNanoseconds += threadNanoseconds() - before;
  });
  loopSeconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void Simulation::record(snn_worker &worker, uint64_t step) {
  worker.next_record = SNN_NEVER;
  for (Sampler &sampler : samplers) {
    sampler.take(worker, step);
    worker.next_record = std::min(worker.next_record, sampler.dueFrom(step + 2));
  }
}

/// On the worker's own thread, which owns the share it looks at.
void Simulation::noteFailure(snn_worker &worker, uint32_t population, uint64_t step) {
  worker.failed_step = step;
  worker.failed_population = population;
  diagnoses[worker.index] = diagnose(state, worker);
}

bool Simulation::deliverSpikes(const snn_sink &sink, uint32_t record, uint64_t end) {
  const PlannedRecord &planned = plan.records[record];
  merge.collect(state, {planned.declared->population, planned.neurons, std::max(planned.from, state.chunk_first), end});
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

static bool deliverSamples(const snn_sink &sink, uint32_t record, const Sampler &sampler, uint64_t end) {
  const std::vector<uint64_t> &steps = sampler.sampledSteps();
  auto n = uint64_t(std::lower_bound(steps.begin(), steps.end(), end) - steps.begin());
  uint8_t type = sampler.planned().width == sizeof(float) ? SNN_F32 : SNN_F64;
  return n > 0 && sink.samples(sink.user, record, n, steps.data(), sampler.planned().neurons.size(), type,
                               sampler.values()) != 0;
}

/// Hands over the results of the chunk up to step `end`; true if the sink asks to stop.
bool Simulation::deliver(const snn_sink &sink, uint64_t end) {
  bool stops = false;
  auto sampler = samplers.begin();
  for (uint32_t r = 0; r < model.n_records; ++r) {
    if (model.records[r].kind == SNN_RECORD_FIELD) {
      const Sampler &source = *sampler++;
      if (sink.samples)
        stops |= deliverSamples(sink, r, source, end);
    } else if (sink.spikes) {
      stops |= deliverSpikes(sink, r, end);
    }
  }
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

snn_status Simulation::advance(uint64_t steps, const snn_sink &sink) {
  if (stage == Stage::Setting)
    fail(SNN_WRONG_USE, "the network has to be built before it runs");
  if (stage == Stage::Failed)
    fail(SNN_WRONG_USE, "the run has failed after step %llu and cannot go on",
         static_cast<unsigned long long>(stepsDone));
  requireStanding("advancing");
  struct Advancing {
    explicit Advancing(bool &flag) : flag(flag) { flag = true; }
    ~Advancing() { flag = false; }
    bool &flag;
  } advancing(isAdvancing);
  uint64_t end = steps ? stepsDone + steps : std::max(stepsDone, plan.totalSteps);
  bool stops = false;
  while (stepsDone < end && !stops) {
    uint64_t n = std::min(chunkSteps, end - stepsDone);
    runChunk(n);
    Diagnosis diagnosis = firstFailure();
    bool failed = diagnosis.status != SNN_OK;
    uint64_t whole = failed ? std::clamp(diagnosis.step, stepsDone, stepsDone + n) : stepsDone + n;
    stops = deliver(sink, whole);
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
      memory->startNextChunk(n);
  }
  serviceFailure.throwIfAny();
  return stops ? SNN_STOPPED : SNN_OK;
}

} // namespace snn::runtime
