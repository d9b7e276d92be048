#include "LifNetwork.h"

#include <algorithm>
#include <cmath>

namespace snn::test {

static const LifNetwork &networkOf(const snn_state *state) { return *static_cast<const LifNetwork *>(state->model); }

// ---- What a compiled program does outside the time loop.

static uint32_t prepare(snn_state *state) {
  const LifNetwork &network = networkOf(state);
  state->uniforms[0] = std::exp(-state->dt / 5);
  state->uniforms[1] = std::exp(-state->dt / 10);
  double held = std::round(5 / state->dt) - 1; // tau_ref is 5 ms
  state->uniforms[2] = held;
  for (size_t p = 0; p < network.projections.size(); ++p) {
    state->amounts[p] = network.projections[p].weight;
    state->delays[p] = network.projections[p].delay;
  }
  return held > 65535 ? 1 : 0;
}

template <typename Real>
static Real *field(const snn_state *state, snn_worker *worker, uint32_t population, uint32_t k) {
  return static_cast<Real *>(worker->fields[state->model->populations[population].first_field + k]);
}

template <typename Real> static void initialiseAs(snn_state *state, snn_worker *worker, uint32_t population) {
  const snn_share &share = worker->shares[population];
  Real *V = field<Real>(state, worker, population, LifNetwork::V);
  for (uint32_t e = 0; e < share.padded && share.count > 0; ++e)
    V[e] = Real(networkOf(state).populations[population].V0(share.begin + std::min(e, share.count - 1)));
}

static void initialise(snn_state *state, snn_worker *worker, uint32_t population) {
  if (state->model->precision == SNN_F32)
    initialiseAs<float>(state, worker, population);
  else
    initialiseAs<double>(state, worker, population);
}

static void synapses(const snn_state *state, uint32_t projection, uint64_t n, const uint32_t *, const uint32_t *,
                     const uint64_t *element, double *amount, double *delay) {
  const LifNetwork::Projection &p = networkOf(state).projections[projection];
  for (uint64_t i = 0; i < n; ++i) {
    double amountParameters[6] = {p.weight, p.weightDeviation},
           delayParameters[6] = {p.delay, p.delayDeviation, 0, 0, state->dt};
    if (amount)
      amount[i] = p.weightDeviation == 0 ? p.weight
                                         : state->draw(state, SNN_NORMAL, SNN_KEEPING_SIGN, 1000 + 2 * projection,
                                                       element[i], amountParameters);
    if (delay)
      delay[i] = p.delayDeviation == 0
                     ? p.delay
                     : state->draw(state, SNN_NORMAL, SNN_AT_LEAST, 1001 + 2 * projection, element[i], delayParameters);
  }
}

// ---- The time loop, in the order of the language: arrive, integrate, spike, record.

/// Adds the events of one projection that `delay` steps ago were spikes.
template <typename Real>
static void deliver(const snn_state *state, snn_worker *worker, uint32_t projection, uint64_t step, uint32_t delay) {
  const snn_projection &declared = state->model->projections[projection];
  const snn_rows &rows = worker->rows[projection];
  if (delay < rows.min_delay || delay > rows.max_delay)
    return;
  Real *events = field<Real>(state, worker, declared.target, declared.target_field);
  uint64_t slot = step - delay - state->chunk_first + state->history;
  uint32_t span = rows.max_delay - rows.min_delay + 1;
  for (uint32_t w = 0; w < state->n_workers; ++w) {
    const snn_spikes &spikes = state->workers[w]->spikes[declared.source];
    for (uint64_t i = spikes.first[slot]; i < spikes.first[slot + 1]; ++i) {
      if (spikes.index[i] < rows.source_begin || spikes.index[i] >= rows.source_end)
        continue;
      uint32_t source = spikes.index[i] - rows.source_begin;
      for (uint32_t b = 0; b < rows.n_blocks; ++b) {
        const snn_block &block = rows.blocks[b];
        uint64_t from = block.start[source], to = block.start[source + 1];
        if (block.segment) {
          const uint32_t *segment = block.segment + uint64_t(source) * (span + 1) + (delay - rows.min_delay);
          to = from + segment[1];
          from += segment[0];
        }
        for (uint64_t s = from; s < to; ++s)
          events[block.first_target + block.target[s]] +=
              block.amount ? static_cast<const Real *>(block.amount)[s] : Real(state->amounts[projection]);
        worker->events += to - from;
      }
    }
  }
}

template <typename Real> static Real exprel(Real x) {
  return std::fabs(x) < Real(1e-6) ? 1 + x / 2 : std::expm1(x) / x;
}

/// Integrates one population, tests the threshold, resets and lists the spikes.
template <typename Real>
static void advance(snn_state *state, snn_worker *worker, uint32_t population, uint64_t step) {
  auto *V = field<Real>(state, worker, population, LifNetwork::V),
       *gE = field<Real>(state, worker, population, LifNetwork::gE),
       *gI = field<Real>(state, worker, population, LifNetwork::gI),
       *eventsE = field<Real>(state, worker, population, LifNetwork::EventsE),
       *eventsI = field<Real>(state, worker, population, LifNetwork::EventsI);
  auto *hold = field<uint16_t>(state, worker, population, LifNetwork::Hold);
  const snn_share &share = worker->shares[population];
  const Real dt = Real(state->dt), tau = 20, RI = Real(networkOf(state).populations[population].current);
  snn_spikes &spikes = worker->spikes[population];
  uint64_t slot = step - state->chunk_first + state->history, listed = spikes.first[slot];
  bool isFinite = true;
  for (uint32_t e = 0; e < share.padded; ++e) {
    gE[e] = gE[e] * Real(state->uniforms[0]) + eventsE[e];
    gI[e] = gI[e] * Real(state->uniforms[1]) + eventsI[e];
    eventsE[e] = eventsI[e] = 0;
    if (hold[e] > 0) {
      --hold[e];
      continue;
    }
    Real f = (-60 - V[e] + RI + gE[e] * (0 - V[e]) + gI[e] * (-80 - V[e])) / tau;
    Real J = -(1 + gE[e] + gI[e]) / tau;
    V[e] += dt * exprel(dt * J) * f;
    isFinite &= std::isfinite(V[e]);
    if (V[e] >= -50) {
      V[e] -= 10;
      hold[e] = uint16_t(state->uniforms[2]);
      if (e < share.count)
        spikes.index[listed++] = share.begin + e;
    }
  }
  spikes.first[slot + 1] = listed;
  if (!isFinite && worker->failed_step == SNN_NEVER)
    state->fail(state, worker, population, step);
}

template <typename Real> static void runAs(snn_state *state, snn_worker *worker, uint64_t first, uint64_t n) {
  const snn_model &model = *state->model;
  for (uint64_t step = first; step < first + n; ++step) {
    // Into one target: emission step, then projection, then source, then synapse.
    for (uint32_t delay = state->history; delay >= 1; --delay)
      for (uint32_t p = 0; p < model.n_projections; ++p)
        deliver<Real>(state, worker, p, step, delay);
    for (uint32_t p = 0; p < model.n_populations; ++p)
      advance<Real>(state, worker, p, step);
    if (const auto &onStep = networkOf(state).onStep)
      onStep(*state, *worker, step);
    if (step + 1 >= worker->next_record)
      state->record(state, worker, step);
    if (state->n_workers > 1 && (step + 1) % state->epoch == 0)
      state->barrier(state, worker);
  }
}

static void run(snn_state *state, snn_worker *worker, uint64_t first, uint64_t n) {
  if (state->model->precision == SNN_F32)
    runAs<float>(state, worker, first, n);
  else
    runAs<double>(state, worker, first, n);
}

// ---- The tables.

LifNetwork::LifNetwork(snn_type precision) : snn_model{} {
  uint8_t real = precision;
  fieldTable = {{"V", "mV", 1, real, SNN_STATE, ""},   {"gE", "", 1, real, SNN_STATE, ""},
                {"gI", "", 1, real, SNN_STATE, ""},    {"hold", "", 1, SNN_U16, SNN_HOLD, ""},
                {"eE", "", 1, real, SNN_ARRIVALS, ""}, {"eI", "", 1, real, SNN_ARRIVALS, ""}};
  abi_version = SNN_ABI_VERSION;
  network = "Hand";
  this->precision = precision;
  seed = 42;
  dt = addSetting("dt", 0.1, "ms");
  duration = addSetting("duration", 100, "ms");
  n_uniforms = 3;
  snn_model::prepare = test::prepare;
  snn_model::initialise = test::initialise;
  snn_model::synapses = test::synapses;
  snn_model::run = test::run;
}

uint32_t LifNetwork::addSetting(const std::string &name, double value, const char *unit) {
  settingTable.push_back({keep(name), unit, 1, value, 0, "", 1});
  return uint32_t(settingTable.size() - 1);
}

uint32_t LifNetwork::add(const Population &population, uint32_t size) {
  auto p = uint32_t(populations.size());
  snn_population entry{};
  entry.name = keep(population.name);
  entry.model = "LIFRef";
  entry.size = addSetting(population.name + ".size", size);
  entry.n_fields = uint32_t(fieldTable.size());
  entry.first_field = p * entry.n_fields;
  entry.spikes_per_step = population.spikesPerStep;
  populations.push_back(population);
  populationTable.push_back(entry);
  return p;
}

uint32_t LifNetwork::add(const Projection &projection) {
  auto p = uint32_t(projections.size());
  snn_projection entry{};
  std::string name =
      populations[projection.source.population].name + " -> " + populations[projection.target.population].name;
  entry.name = keep(name);
  entry.source = projection.source.population;
  entry.target = projection.target.population;
  entry.source_begin = addSetting(name + ".source_begin", projection.source.begin);
  entry.source_end = addSetting(name + ".source_end", projection.source.end);
  entry.target_begin = addSetting(name + ".target_begin", projection.target.begin);
  entry.target_end = addSetting(name + ".target_end", projection.target.end);
  entry.rule = projection.rule;
  entry.autapses = projection.autapses;
  entry.multapses = projection.multapses;
  entry.amount_stored = projection.weightDeviation != 0 || projection.storeAll;
  entry.delay_stored = projection.delayDeviation != 0 || projection.storeAll;
  entry.number = addSetting(name + ".number", projection.number);
  entry.path = projection.path.empty() ? nullptr : keep(projection.path);
  entry.stream = 100 + p;
  entry.target_field = projection.target_field;
  entry.weight_form = SNN_WEIGHT_ITSELF;
  entry.weight_unit = "mV";
  entry.weight_scale = 1;
  projections.push_back(projection);
  projectionTable.push_back(entry);
  return p;
}

uint32_t LifNetwork::recordSpikes(Ends neurons, double from) {
  const std::string &name = populations[neurons.population].name;
  recordTable.push_back({keep("spikes of " + name), "", SNN_RECORD_SPIKES, neurons.population,
                         addSetting("record.begin", neurons.begin), addSetting("record.end", neurons.end), SNN_NONE,
                         SNN_NONE, addSetting("record.from", from, "ms"), SNN_NONE, 1});
  return uint32_t(recordTable.size() - 1);
}

uint32_t LifNetwork::recordField(Ends neurons, Field field, double every, double from) {
  std::string name = std::string(fieldTable[field].name) + " of " + populations[neurons.population].name;
  recordTable.push_back({keep(name), fieldTable[field].name, SNN_RECORD_FIELD, neurons.population,
                         addSetting("record.begin", neurons.begin), addSetting("record.end", neurons.end),
                         uint32_t(field), addSetting("record.every", every, "ms"),
                         addSetting("record.from", from, "ms"), SNN_NONE, 1});
  return uint32_t(recordTable.size() - 1);
}

const snn_model &LifNetwork::finish() {
  for (snn_population &population : populationTable)
    population.fields = fieldTable.data();
  n_settings = uint32_t(settingTable.size());
  settings = settingTable.data();
  n_populations = uint32_t(populationTable.size());
  snn_model::populations = populationTable.data();
  n_fields = uint32_t(populationTable.size() * fieldTable.size());
  n_projections = uint32_t(projectionTable.size());
  snn_model::projections = projectionTable.data();
  n_records = uint32_t(recordTable.size());
  records = recordTable.data();
  return *this;
}

uint32_t LifNetwork::setting(const std::string &name) const {
  for (uint32_t s = 0; s < settingTable.size(); ++s)
    if (name == settingTable[s].name)
      return s;
  return SNN_NONE;
}

} // namespace snn::test
