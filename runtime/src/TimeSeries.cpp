#include "TimeSeries.h"

#include "Failure.h"

#include <algorithm>
#include <cmath>

namespace snn::runtime {

/// Neurons whose numbers are taken from the array together.
static constexpr uint32_t blockLength = 256;

[[noreturn]] static void failForShape(const LoadedArray &data, const PlannedSeries &planned) {
  std::string columns = std::to_string(planned.neurons.size());
  std::string needed = planned.stepsPerSample > 0
                           ? "(samples) or (samples, " + columns + ")"
                           : "(" + columns + "), one number per neuron; an array over time needs `every`";
  fail(SNN_BAD_FILE, "`%s` has the shape %s, but `%s` needs %s", data.array->path.c_str(),
       describeShape(data.array->shape()).c_str(), planned.declared->drive, needed.c_str());
}

TimeSeries::TimeSeries(const snn_model &model, const PlannedSeries &planned, const LoadedArray &data)
    : planned(planned), data(data) {
  const snn_population &population = model.populations[planned.declared->population];
  field = population.first_field + planned.declared->field;
  isSingle = population.fields[planned.declared->field].type == SNN_F32;
  const std::vector<uint64_t> &shape = data.array->shape();
  const bool isCourse = planned.stepsPerSample > 0;
  columns = shape.size() == (isCourse ? 2 : 1) ? planned.neurons.size() : 0;
  samples = isCourse && !shape.empty() ? shape[0] : 1;
  bool fits = isCourse ? shape.size() == 1 || shape.size() == 2 : shape.size() == 1;
  if (!fits || samples == 0 || (columns && shape.back() != columns))
    failForShape(data, planned);
  for (uint64_t k = 0; k < data.array->count(); ++k)
    data.number(k);
}

/// In samples from the first one. Steps that fall on a sample do so exactly, whatever the rounding of decimal times.
double TimeSeries::positionOf(uint64_t step) const {
  if (!(planned.stepsPerSample > 0))
    return 0;
  double position = double(step) / planned.stepsPerSample, whole = std::round(position);
  return std::fabs(position - whole) <= 1e-9 * std::max(1.0, position) ? whole : position;
}

TimeSeries::Place TimeSeries::placeOf(double position) const {
  const auto beyond = planned.declared->beyond;
  const auto last = double(samples - 1);
  if (beyond == SNN_REPEAT)
    position = std::fmod(position, double(samples));
  const bool isLinear = planned.declared->between == SNN_LINEAR;
  bool isBehind = isLinear ? position > last : position >= double(samples);
  if (isBehind && beyond != SNN_REPEAT)
    return {samples - 1, samples - 1, 0, beyond == SNN_NOTHING && planned.stepsPerSample > 0};
  auto before = uint64_t(position);
  return {before, before + 1 < samples ? before + 1 : 0, isLinear ? position - double(before) : 0, false};
}

uint64_t TimeSeries::nextChange(uint64_t step, double position) const {
  const bool isOver = position >= double(samples) && planned.declared->beyond != SNN_REPEAT;
  if (!(planned.stepsPerSample > 0) || isOver)
    return SNN_NEVER;
  if (planned.declared->between == SNN_LINEAR)
    return step + 1;
  double sample = std::floor(position);
  auto next = std::max(step + 1, uint64_t((sample + 1) * planned.stepsPerSample));
  while (next > step + 1 && positionOf(next - 1) >= sample + 1)
    --next;
  while (positionOf(next) < sample + 1)
    ++next;
  return next;
}

/// Of neurons from `column` on, `blockLength` at most. The line is such that a step on a sample has exactly its number. Rounds where states
/// are of single precision.
template <typename Real> void TimeSeries::values(const Place &place, uint64_t column, std::span<Real> out) const {
  if (place.isNothing) {
    std::fill(out.begin(), out.end(), Real(0));
    return;
  }
  const uint64_t width = std::max(columns, uint64_t(1));
  double before[blockLength], after[blockLength];
  data.array->numbers(place.before * width + column, {before, out.size()});
  if (!(place.fraction > 0)) {
    for (size_t k = 0; k < out.size(); ++k)
      out[k] = Real(before[k] * data.factor);
    return;
  }
  data.array->numbers(place.after * width + column, {after, out.size()});
  const double ofBefore = (1 - place.fraction) * data.factor, ofAfter = place.fraction * data.factor;
  for (size_t k = 0; k < out.size(); ++k)
    out[k] = Real(before[k] * ofBefore + after[k] * ofAfter);
}

template <typename Real> void TimeSeries::fill(snn_worker &worker, const Place &place) const {
  const snn_share &share = worker.shares[planned.declared->population];
  Range own = intersect(planned.neurons, {share.begin, share.begin + share.count});
  if (own.size() == 0)
    return;
  Real *out = static_cast<Real *>(worker.fields[field]) + (own.begin - share.begin);
  if (columns == 0) {
    values(place, 0, std::span<Real>(out, 1));
    std::fill_n(out + 1, own.size() - 1, out[0]);
  }
  for (uint32_t first = 0; columns && first < own.size(); first += blockLength) {
    size_t count = std::min<size_t>(blockLength, own.size() - first);
    values(place, own.begin - planned.neurons.begin + first, std::span<Real>(out + first, count));
  }
  if (own.end == share.begin + share.count) // padding goes along with the last neuron
    std::fill_n(out + own.size(), share.padded - share.count, out[own.size() - 1]);
}

uint64_t TimeSeries::supply(snn_worker &worker, uint64_t step) const {
  double position = positionOf(step);
  Place place = placeOf(position);
  if (isSingle)
    fill<float>(worker, place);
  else
    fill<double>(worker, place);
  return nextChange(step, position);
}

} // namespace snn::runtime
