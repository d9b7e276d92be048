#include "GivenSpikes.h"

#include "Failure.h"
#include "SpikeFile.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <tuple>

namespace snn::runtime {

uint32_t givenField(const snn_population &population) {
  for (uint32_t k = 0; k < population.n_fields; ++k)
    if (population.fields[k].kind == SNN_EXTERNAL && std::strcmp(population.fields[k].name, "given") == 0)
      return k;
  return SNN_NONE;
}

void GivenSpikes::read(const snn_model &model, const Plan &plan, DataFiles &files) {
  listed.clear();
  added.clear();
  for (uint32_t k = 0; k < model.n_spike_times; ++k)
    add(model.spike_times[k], plan.spikeTimes[k], model, plan.dt, files);
  auto order = [](const Spike &spike) { return std::tuple(spike.step, spike.population, spike.neuron, spike.time); };
  std::sort(listed.begin(), listed.end(), [&](const Spike &a, const Spike &b) { return order(a) < order(b); });
  requireSingle(model, plan.dt);
}

void GivenSpikes::add(const snn_spike_times &list, Range neurons, const snn_model &model, double dt, DataFiles &files) {
  auto add = [&](double time, uint32_t neuron) {
    double step = std::round(time / dt);
    if (step < 0x1p53) // no run is longer
      listed.push_back({uint64_t(step), list.population, list.field, neurons.begin + neuron, time});
  };
  if (list.data) {
    SpikeFile file(files, list.data);
    for (uint64_t spike = 0; spike < file.count(); ++spike)
      add(file.time(spike), file.neuron(spike, neurons.size(), model.populations[list.population].name));
    return;
  }
  for (uint32_t k = 0; k < list.n_times; ++k)
    for (uint32_t neuron = 0; neuron < neurons.size(); ++neuron)
      add(list.times[k], neuron);
}

/// A neuron spikes once in a step; that of two spikes one would be lost is for the author to know.
void GivenSpikes::requireSingle(const snn_model &model, double dt) const {
  auto isSame = [](const Spike &a, const Spike &b) {
    return a.step == b.step && a.population == b.population && a.neuron == b.neuron;
  };
  auto twice = std::adjacent_find(listed.begin(), listed.end(), isSame);
  if (twice == listed.end())
    return;
  const Spike &first = *twice, &second = *(twice + 1);
  fail(SNN_WRONG_VALUE, "neuron %u of `%s` is given two spikes in one step of %.10g ms, at %.10g ms and at %.10g ms",
       first.neuron, model.populations[first.population].name, dt, first.time, second.time);
}

uint64_t GivenSpikes::nextAdded(uint64_t step) const {
  auto next = added.lower_bound(step);
  return next == added.end() ? SNN_NEVER : next->first;
}

template <typename Spike> static bool isBefore(const Spike &spike, uint64_t step) { return spike.step < step; }

uint64_t GivenSpikes::nextStep(uint64_t step) const {
  auto next = std::lower_bound(listed.begin(), listed.end(), step, isBefore<Spike>);
  return std::min(next == listed.end() ? SNN_NEVER : next->step, nextAdded(step));
}

template <typename Act> void GivenSpikes::forEach(uint64_t step, Act act) const {
  auto spike = std::lower_bound(listed.begin(), listed.end(), step, isBefore<Spike>);
  for (; spike != listed.end() && spike->step == step; ++spike)
    act(*spike);
  if (auto found = added.find(step); found != added.end())
    for (const Spike &own : found->second)
      act(own);
}

/// Calls `act` with a pointer to the input of the neuron, of the type of the program's states.
template <typename Act>
static void withInput(const snn_model &model, const StateMemory &states, uint32_t population, uint32_t field,
                      uint32_t neuron, Act act) {
  const snn_population &declared = model.populations[population];
  char *place = states.at(declared.first_field + field, neuron);
  if (declared.fields[field].type == SNN_F32)
    act(reinterpret_cast<float *>(place));
  else
    act(reinterpret_cast<double *>(place));
}

void GivenSpikes::enter(uint64_t step, const snn_model &model, const StateMemory &states) const {
  forEach(step, [&](const Spike &spike) {
    withInput(model, states, spike.population, spike.field, spike.neuron, [](auto *input) { *input += 1; });
  });
}

void GivenSpikes::leave(uint64_t step, const snn_model &model, const StateMemory &states) {
  forEach(step, [&](const Spike &spike) {
    withInput(model, states, spike.population, spike.field, spike.neuron, [](auto *input) { *input = 0; });
  });
  added.erase(step);
}

} // namespace snn::runtime
