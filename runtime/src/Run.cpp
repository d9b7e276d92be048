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

/// Hands over the results of the chunk up to step `end`; true if the sink asks to stop.
bool Simulation::deliver(const snn_sink &sink, uint64_t end) {
  bool stops = false;
  auto sampler = samplers.begin();
  for (uint32_t r = 0; r < model.n_records; ++r) {
    const PlannedRecord &record = plan.records[r];
    if (record.declared->kind == SNN_RECORD_SPIKES) {
      if (!sink.spikes)
        continue;
      merge.collect(state, record, state.chunk_first, end);
      if (!merge.steps.empty())
        stops |= sink.spikes(sink.user, r, merge.steps.size(), merge.steps.data(), merge.neurons.data()) != 0;
      continue;
    }
    const Sampler &source = *sampler++;
    const std::vector<uint64_t> &steps = source.sampledSteps();
    auto n = uint64_t(std::lower_bound(steps.begin(), steps.end(), end) - steps.begin());
    if (sink.samples && n > 0)
      stops |= sink.samples(sink.user, r, n, steps.data(), record.neurons.size(), record.width == 4 ? SNN_F32 : SNN_F64,
                            source.values()) != 0;
  }
  return stops;
}

snn_status Simulation::advance(uint64_t steps, const snn_sink &sink) {
  if (stage == Stage::Setting)
    fail(SNN_WRONG_USE, "the network has to be built before it runs");
  if (stage == Stage::Failed)
    fail(SNN_WRONG_USE, "the run has failed after step %llu and cannot go on", static_cast<unsigned long long>(stepsDone));
  uint64_t end = steps ? stepsDone + steps : std::max(stepsDone, plan.totalSteps);
  bool stops = false;
  while (stepsDone < end && !stops) {
    uint64_t n = std::min(chunkSteps, end - stepsDone);
    runChunk(n);
    Diagnosis diagnosis = diagnose(state);
    bool failed = diagnosis.status != SNN_OK;
    uint64_t whole = failed ? std::clamp(diagnosis.step, stepsDone, stepsDone + n) : stepsDone + n;
    stops = deliver(sink, whole);
    stepsDone = whole;
    if (sink.progress)
      stops |= sink.progress(sink.user, stepsDone, end) != 0;
    if (failed) {
      stage = Stage::Failed;
      throw Failure(diagnosis.status, diagnosis.message);
    }
    for (const auto &memory : workers)
      memory->startNextChunk(n);
  }
  serviceFailure.throwIfAny();
  return stops ? SNN_STOPPED : SNN_OK;
}

} // namespace snn::runtime
