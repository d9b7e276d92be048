// Where the time of a profiled program went, from what its workers have counted.

#include "Simulation.h"

namespace snn::runtime {

void Simulation::requireProfile() const {
  if (!model.profiled)
    fail(SNN_WRONG_USE, "the program `%s` was not compiled for profiling", model.network);
}

/// Seconds per tick, times the share of one worker: workers run side by side, and phases shall add up to wall time.
double Simulation::secondsPerTick() const {
  return loopTicks == 0 ? 0 : loopSeconds / (double(loopTicks) * double(workers.size()));
}

template <typename Ticks> double Simulation::meanSeconds(Ticks ofWorker) const {
  double sum = 0;
  for (const auto &memory : workers)
    sum += double(ofWorker(*memory->profile));
  return sum * secondsPerTick();
}

snn_population_profile Simulation::populationProfile(uint32_t population) const {
  requireProfile();
  if (population >= model.n_populations)
    fail(SNN_WRONG_USE, "there is no population %u", population);
  snn_population_profile result{};
  result.spike = meanSeconds([&](const WorkerProfile &p) { return p.counters.spike[population]; });
  result.integrate = meanSeconds([&](const WorkerProfile &p) { return p.counters.integrate[population]; }) - result.spike;
  for (const auto &memory : workers) {
    result.neuron_steps += memory->worker.shares[population].count * stepsLooped;
    result.spikes += memory->profile->spikes[population];
  }
  return result;
}

snn_projection_profile Simulation::projectionProfile(uint32_t projection) const {
  requireProfile();
  if (projection >= model.n_projections)
    fail(SNN_WRONG_USE, "there is no projection %u", projection);
  snn_projection_profile result{};
  result.arrive = meanSeconds([&](const WorkerProfile &p) { return p.counters.arrive[projection]; });
  for (const auto &memory : workers)
    result.events += memory->profile->counters.events[projection];
  return result;
}

snn_phases Simulation::phases() const {
  requireProfile();
  snn_phases result{};
  for (uint32_t p = 0; p < model.n_projections; ++p)
    result.arrive += projectionProfile(p).arrive;
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    snn_population_profile profile = populationProfile(p);
    result.integrate += profile.integrate;
    result.spike += profile.spike;
  }
  double inLoop = meanSeconds([](const WorkerProfile &p) { return p.loop; });
  result.record = meanSeconds([](const WorkerProfile &p) { return p.counters.record; });
  double met = meanSeconds([](const WorkerProfile &p) { return p.counters.wait; });
  result.rest = inLoop - result.arrive - result.integrate - result.spike - result.record - met;
  result.wait = met + loopSeconds - inLoop; // a worker that is done waits for the last one of the chunk
  result.hand_over = handOverSeconds;
  result.total = loopSeconds + handOverSeconds;
  return result;
}

} // namespace snn::runtime
