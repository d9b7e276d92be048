#include "WorkerProfile.h"

namespace snn::runtime {

WorkerProfile::WorkerProfile(const snn_model &model)
    : spikes(model.n_populations), arrive(model.n_projections), events(model.n_projections),
      integrate(model.n_populations), spike(model.n_populations) {
  counters.arrive = arrive.data();
  counters.events = events.data();
  counters.integrate = integrate.data();
  counters.spike = spike.data();
}

void WorkerProfile::countSpikes(const snn_worker &worker, uint32_t history, uint64_t steps) {
  for (uint32_t p = 0; p < spikes.size(); ++p)
    spikes[p] += worker.spikes[p].first[history + steps] - worker.spikes[p].first[history];
}

} // namespace snn::runtime
