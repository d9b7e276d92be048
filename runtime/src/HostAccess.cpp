// What a host does with a built simulation between steps: states, spikes in, spikes out.

#include "Quantity.h"
#include "Simulation.h"

#include <algorithm>
#include <cmath>

namespace snn::runtime {

snn_view Simulation::view(const char *name) const {
  requireBuilt("its states can be seen");
  if (!name)
    fail(SNN_WRONG_USE, "the name of the array is a null pointer");
  return viewOf(findField(model, plan, name));
}

snn_view Simulation::viewOf(const NamedField &found) const {
  const snn_population &population = model.populations[found.range.population];
  const snn_field &field = population.fields[found.field];
  uint32_t index = population.first_field + found.field;
  return {states->at(index, found.range.neurons.begin), found.range.neurons.size(), states->width(index), field.type,
          field.kind, field.unit, field.scale};
}

static void requireWithin(const char *name, uint64_t first, uint64_t n, uint64_t count) {
  if (first > count || n > count - first)
    fail(SNN_WRONG_USE, "`%s` has %llu values; %llu from position %llu on are too many", name,
         static_cast<unsigned long long>(count), static_cast<unsigned long long>(n),
         static_cast<unsigned long long>(first));
}

/// Calls `act` with a typed pointer to the values of `view` from `first` on.
template <typename Act> static void withType(const snn_view &view, uint64_t first, Act act) {
  switch (view.type) {
  case SNN_F32:
    return act(static_cast<float *>(view.values) + first);
  case SNN_F64:
    return act(static_cast<double *>(view.values) + first);
  case SNN_U16:
    return act(static_cast<uint16_t *>(view.values) + first);
  default:
    return act(static_cast<uint32_t *>(view.values) + first);
  }
}

void Simulation::read(const char *name, uint64_t first, std::span<double> values, const char *unit) const {
  snn_view source = view(name);
  requireWithin(name, first, values.size(), source.count);
  Conversion units = conversion({name, source.unit}, unit);
  withType(source, first, [&](const auto *from) {
    for (size_t i = 0; i < values.size(); ++i)
      values[i] = units.fromBase(double(from[i]));
  });
}

void Simulation::write(const char *name, uint64_t first, std::span<const double> values, const char *unit) {
  snn_view target = view(name);
  requireWithin(name, first, values.size(), target.count);
  if (target.type > SNN_F64)
    fail(SNN_WRONG_USE, "`%s` counts steps for the program and is not written", name);
  Conversion units = conversion({name, target.unit}, unit);
  for (size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(units.toBase(values[i])))
      fail(SNN_WRONG_VALUE, "value %zu of `%s` is %g; it must be a finite number", i, name, values[i]);
  withType(target, first, [&](auto *to) {
    for (size_t i = 0; i < values.size(); ++i)
      to[i] = std::remove_reference_t<decltype(*to)>(units.toBase(values[i]));
  });
}

void Simulation::inject(const char *population, uint64_t step, std::span<const uint32_t> neurons) {
  requireBuilt("spikes are injected");
  if (!population)
    fail(SNN_WRONG_USE, "the name of the population is a null pointer");
  NamedRange range = findRange(model, plan, population);
  if (model.populations[range.population].spikes_per_step == 0)
    fail(SNN_WRONG_USE, "`%s` never spikes: its model has no `spike`", population);
  if (step < stepsDone)
    fail(SNN_WRONG_USE, "step %llu has been run already; the next is step %llu", static_cast<unsigned long long>(step),
         static_cast<unsigned long long>(stepsDone));
  for (uint32_t neuron : neurons)
    if (neuron >= range.neurons.size())
      fail(SNN_WRONG_USE, "there is no neuron %u in `%s`, which has %u", neuron, population, range.neurons.size());
  uint32_t field = givenField(model.populations[range.population]);
  for (uint32_t neuron : neurons)
    if (field != SNN_NONE)
      given.add(step, range.population, field, range.neurons.begin + neuron);
    else
      injected.add(step, {range.population, range.neurons.begin + neuron});
}

void Simulation::keepSpikes(const char *population) {
  requireBuilt("spikes are kept");
  if (!population)
    fail(SNN_WRONG_USE, "the name of the population is a null pointer");
  NamedRange range = findRange(model, plan, population);
  auto isSame = [&](const KeptSpikes &spikes) { return spikes.name == population; };
  if (std::none_of(kept.begin(), kept.end(), isSame))
    kept.emplace_back(population, range);
}

const KeptSpikes::Taken &Simulation::takeSpikes(const char *population) {
  if (!population)
    fail(SNN_WRONG_USE, "the name of the population is a null pointer");
  for (KeptSpikes &spikes : kept)
    if (spikes.name == population)
      return spikes.take();
  fail(SNN_WRONG_USE, "the spikes of `%s` are not kept; `snn_keep_spikes` asks for them", population);
}

uint64_t Simulation::stepsIn(double duration, const char *unit) const {
  requireBuilt("it runs");
  double steps = toBase({"the duration of a run", "ms"}, duration, unit) / plan.dt, whole = std::round(steps);
  if (!(std::fabs(steps - whole) <= 1e-6 + 1e-9 * std::fabs(steps)))
    fail(SNN_WRONG_VALUE, "a run of %.10g %s is not a multiple of the step of %.10g ms", duration, unit ? unit : "",
         plan.dt);
  if (!(whole >= 1 && whole < 0x1p53))
    fail(SNN_WRONG_VALUE, "a run of %.10g %s has to be of at least one step and less than 2^53", duration,
         unit ? unit : "");
  return uint64_t(whole);
}

} // namespace snn::runtime
