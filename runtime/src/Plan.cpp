#include "Plan.h"

#include "Failure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace snn::runtime {

Range intersect(Range a, Range b) {
  uint32_t begin = std::max(a.begin, b.begin);
  return {begin, std::max(begin, std::min(a.end, b.end))};
}

double PlannedProjection::allowedPairs() const {
  double pairs = double(source.size()) * double(target.size());
  return excludesSelf ? pairs - intersect(source, target).size() : pairs;
}

namespace {
/// Reads settings and says what is wrong with them in the author's unit.
class SettingReader {
public:
  SettingReader(const snn_model &model, std::span<const double> values) : model(model), values(values) {}

  const char *name(uint32_t setting) const { return model.settings[setting].name; }

  std::string quantity(uint32_t setting) const {
    const snn_setting &declared = model.settings[setting];
    char text[128];
    std::snprintf(text, sizeof text, "%.10g%s%s", values[setting] / declared.scale, *declared.unit ? " " : "",
                  declared.unit);
    return text;
  }

  double finite(uint32_t setting) const {
    if (!std::isfinite(values[setting]))
      fail(SNN_WRONG_VALUE, "`%s` is %s; it must be a finite number", name(setting), quantity(setting).c_str());
    return values[setting];
  }

  uint64_t whole(uint32_t setting) const {
    double value = finite(setting), rounded = std::round(value);
    if (std::fabs(value - rounded) > 1e-9 * std::max(1.0, std::fabs(value)))
      fail(SNN_WRONG_VALUE, "`%s` is %s; it must be a whole number", name(setting), quantity(setting).c_str());
    if (rounded < 0 || rounded >= 0x1p53)
      fail(SNN_WRONG_VALUE, "`%s` is %s; it must be %s", name(setting), quantity(setting).c_str(),
           rounded < 0 ? "a number of things, from 0 on" : "less than 2^53");
    return uint64_t(rounded);
  }

  uint32_t populationSize(uint32_t setting, const char *population) const {
    double size = finite(setting);
    if (std::round(size) < 1 || std::round(size) >= UINT32_MAX)
      fail(SNN_WRONG_VALUE, "`%s` has %.10g neurons; a population has at least 1 and less than 2^32", population, size);
    return uint32_t(whole(setting));
  }

  /// A time in steps, not rounded.
  double steps(uint32_t setting, double dt) const { return finite(setting) / dt; }

  Range range(uint32_t begin, uint32_t end, uint32_t size, const char *what) const {
    uint64_t first = whole(begin), last = whole(end);
    if (first > last || last > size)
      fail(SNN_WRONG_VALUE, "%s covers the neurons from %llu to %llu of a population of %u", what,
           static_cast<unsigned long long>(first), static_cast<unsigned long long>(last), size);
    return {uint32_t(first), uint32_t(last)};
  }

private:
  const snn_model &model;
  std::span<const double> values;
};
} // namespace

static bool isMultiple(double steps) {
  return std::fabs(steps - std::round(steps)) <= 1e-6 + 1e-9 * steps && std::round(steps) >= 1;
}

uint32_t delaySteps(double delay, double dt, const char *projection) {
  if (delay < 0)
    fail(SNN_WRONG_VALUE,
         "a delay of `%s` is %.10g ms; a delay is not negative, and one that is drawn stays so with `at least dt`",
         projection, delay);
  double steps = std::floor(delay / dt + 0.5);
  if (!(steps <= longestDelay)) // NaN too
    fail(SNN_WRONG_VALUE, "a delay of `%s` is %.10g ms, which is more than %u steps of %.10g ms", projection, delay,
         longestDelay, dt);
  return steps < 1 ? 1 : uint32_t(steps);
}

/// A degree counts other neurons; without multapses there must be as many.
static void checkDegree(const SettingReader &read, const PlannedProjection &p, uint32_t candidates, const char *end) {
  unsigned long long degree = p.number;
  if (degree >= UINT32_MAX)
    fail(SNN_WRONG_VALUE, "`%s` is %llu; a degree is less than 2^32", read.name(p.declared->number), degree);
  if (degree > 0 && p.source.size() > 0 && p.target.size() > 0 &&
      (candidates == 0 || (!p.declared->multapses && degree > candidates)))
    fail(SNN_WRONG_VALUE, "`%s` asks for %llu %s per neuron, but there are only %u%s%s", p.declared->name, degree, end,
         candidates, p.excludesSelf ? " other neurons" : "",
         p.declared->multapses ? "" : " and multapses are excluded");
}

static PlannedProjection planProjection(const SettingReader &read, const snn_projection &declared,
                                        const std::vector<uint32_t> &sizes) {
  PlannedProjection p{};
  p.declared = &declared;
  std::string source = "the source of `" + std::string(declared.name) + "`",
              target = "the target of `" + std::string(declared.name) + "`";
  p.source = read.range(declared.source_begin, declared.source_end, sizes[declared.source], source.c_str());
  p.target = read.range(declared.target_begin, declared.target_end, sizes[declared.target], target.c_str());
  p.excludesSelf = declared.source == declared.target && !declared.autapses;
  bool overlaps = p.excludesSelf && intersect(p.source, p.target).size() > 0;
  if (declared.mirror == SNN_REVERSED) // the rule is that of the projection it mirrors
    return p;

  switch (declared.rule) {
  case SNN_ONE_TO_ONE:
    if (p.source.size() != p.target.size())
      fail(SNN_WRONG_VALUE, "`%s` joins %u neurons to %u one by one; the numbers must be equal", declared.name,
           p.source.size(), p.target.size());
    break;
  case SNN_BERNOULLI:
    p.probability = read.finite(declared.number);
    if (p.probability < 0 || p.probability > 1)
      fail(SNN_WRONG_VALUE, "`%s` is %s; a probability is between 0 and 1", read.name(declared.number),
           read.quantity(declared.number).c_str());
    break;
  case SNN_FIXED_INDEGREE:
    p.number = read.whole(declared.number);
    checkDegree(read, p, p.source.size() - overlaps, "sources");
    break;
  case SNN_FIXED_OUTDEGREE:
    p.number = read.whole(declared.number);
    checkDegree(read, p, p.target.size() - overlaps, "targets");
    break;
  case SNN_FIXED_TOTAL: {
    double total = std::round(read.finite(declared.number)), pairs = p.allowedPairs();
    if (!(total >= 0 && total < 0x1p53))
      fail(SNN_WRONG_VALUE, "`%s` is %s; it must be a number of synapses", read.name(declared.number),
           read.quantity(declared.number).c_str());
    if ((total > 0 && pairs == 0) || (!declared.multapses && total > pairs))
      fail(SNN_WRONG_VALUE, "`%s` asks for %.0f synapses, but there are only %.0f pairs of neurons%s", declared.name,
           total, pairs, declared.multapses ? "" : " and multapses are excluded");
    p.number = uint64_t(total);
    break;
  }
  default:
    break;
  }
  return p;
}

static PlannedRecord planRecord(const SettingReader &read, const snn_model &model, const snn_record &declared,
                                const Plan &plan) {
  PlannedRecord record{&declared, {}, 1, 0, 0, UINT64_MAX, std::max(1u, declared.stride)};
  std::string what = "the record of `" + std::string(declared.name) + "`";
  if (isOfSynapses(declared)) // how many synapses there are is known when they have been drawn
    record.width = model.precision == SNN_F32 ? 4 : 8;
  else
    record.neurons = read.range(declared.begin, declared.end, plan.sizes[declared.population], what.c_str());
  if (declared.every != SNN_NONE) {
    double steps = read.steps(declared.every, plan.dt);
    if (!isMultiple(steps))
      fail(SNN_WRONG_VALUE, "`%s` is recorded every %s, which is not a multiple of the step of %.10g ms", declared.name,
           read.quantity(declared.every).c_str(), plan.dt);
    record.period = uint64_t(std::round(steps));
  }
  if (declared.from != SNN_NONE) {
    double steps = read.steps(declared.from, plan.dt);
    if (!(steps >= 0 && steps < 0x1p53))
      fail(SNN_WRONG_VALUE, "`%s` is recorded from %s; that is no time of the run", declared.name,
           read.quantity(declared.from).c_str());
    record.from = uint64_t(isMultiple(steps) ? std::round(steps) : std::ceil(steps));
  }
  if (declared.until != SNN_NONE) {
    double steps = read.steps(declared.until, plan.dt);
    if (!(steps >= 0 && steps < 0x1p53))
      fail(SNN_WRONG_VALUE, "`%s` is recorded until %s; that is no time of the run", declared.name,
           read.quantity(declared.until).c_str());
    record.until = uint64_t(isMultiple(steps) ? std::round(steps) : std::floor(steps));
  }
  if (declared.kind == SNN_RECORD_FIELD || declared.kind == SNN_RECORD_MEAN)
    record.width = model.populations[declared.population].fields[declared.field].type == SNN_F32 ? 4 : 8;
  return record;
}

static PlannedChange planChange(const SettingReader &read, const snn_model &model, uint32_t index, const Plan &plan) {
  double steps = read.steps(model.changes[index].time, plan.dt), whole = std::round(steps);
  if (!(steps >= 0 && steps < 0x1p53) || (whole > 0 && !isMultiple(steps)))
    fail(SNN_WRONG_VALUE, "a change of the weights of `%s` falls on the beginning of a step of %.10g ms, and %s is none",
         model.projections[model.changes[index].projection].name, plan.dt, read.quantity(model.changes[index].time).c_str());
  return {index, uint64_t(whole)};
}

static PlannedStop planStop(const SettingReader &read, const snn_stop &declared, const Plan &plan) {
  PlannedStop stop{&declared, {}, 0, read.finite(declared.limit)};
  std::string what = "the rate of `" + std::string(declared.name) + "`";
  stop.neurons = read.range(declared.begin, declared.end, plan.sizes[declared.population], what.c_str());
  double steps = read.steps(declared.window, plan.dt);
  if (!isMultiple(steps) || !(steps >= 0.5 && steps < 0x1p53))
    fail(SNN_WRONG_VALUE, "%s is counted over %s, which is not a multiple of the step of %.10g ms", what.c_str(),
         read.quantity(declared.window).c_str(), plan.dt);
  stop.window = uint64_t(std::round(steps));
  return stop;
}

static PlannedSeries planSeries(const SettingReader &read, const snn_series &declared, const Plan &plan) {
  std::string what = "the data of `" + std::string(declared.drive) + "`";
  PlannedSeries series{&declared, read.range(declared.begin, declared.end, plan.sizes[declared.population], what.c_str()), 0};
  if (declared.every == SNN_NONE)
    return series;
  series.stepsPerSample = read.steps(declared.every, plan.dt);
  if (!(series.stepsPerSample > 0))
    fail(SNN_WRONG_VALUE, "%s have a sample every %s; that must be a positive time", what.c_str(),
         read.quantity(declared.every).c_str());
  return series;
}

Plan makePlan(const snn_model &model, std::span<const double> settings) {
  SettingReader read(model, settings);
  Plan plan{};
  plan.dt = read.finite(model.dt);
  if (!(plan.dt > 0))
    fail(SNN_WRONG_VALUE, "`%s` is %s; a step is longer than nothing", read.name(model.dt),
         read.quantity(model.dt).c_str());
  double steps = read.steps(model.duration, plan.dt);
  if (!(steps >= 0 && steps < 0x1p53))
    fail(SNN_WRONG_VALUE, "`%s` is %s; it must be a time of less than 2^53 steps", read.name(model.duration),
         read.quantity(model.duration).c_str());
  plan.totalSteps = uint64_t(std::round(steps));

  for (uint32_t p = 0; p < model.n_populations; ++p)
    plan.sizes.push_back(read.populationSize(model.populations[p].size, model.populations[p].name));
  for (uint32_t g = 0; g < model.n_groups; ++g) {
    const snn_group &group = model.groups[g];
    std::string what = "the group `" + std::string(group.name) + "`";
    plan.groups.push_back(read.range(group.begin, group.end, plan.sizes[group.population], what.c_str()));
  }
  for (uint32_t p = 0; p < model.n_projections; ++p)
    plan.projections.push_back(planProjection(read, model.projections[p], plan.sizes));
  for (uint32_t r = 0; r < model.n_records; ++r)
    plan.records.push_back(planRecord(read, model, model.records[r], plan));
  for (uint32_t c = 0; c < model.n_changes; ++c)
    plan.changes.push_back(planChange(read, model, c, plan));
  std::stable_sort(plan.changes.begin(), plan.changes.end(),
                   [](const PlannedChange &a, const PlannedChange &b) { return a.step < b.step; });
  for (uint32_t s = 0; s < model.n_stops; ++s)
    plan.stops.push_back(planStop(read, model.stops[s], plan));
  for (uint32_t k = 0; k < model.n_spike_times; ++k) {
    const snn_spike_times &list = model.spike_times[k];
    plan.spikeTimes.push_back(read.range(list.begin, list.end, plan.sizes[list.population], "a list of spikes"));
  }
  for (uint32_t s = 0; s < model.n_series; ++s)
    plan.series.push_back(planSeries(read, model.series[s], plan));
  plan.stepsBetweenTests = uint64_t(std::max(1.0, std::round(1 / plan.dt)));
  return plan;
}

} // namespace snn::runtime
