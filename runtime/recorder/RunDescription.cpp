#include "snn/recorder/RunDescription.h"

#include <algorithm>
#include <cmath>

namespace snn::recorder {

uint64_t RunDescription::stepsBetweenSamples(const snn_record &record) const {
  if (record.every == SNN_NONE)
    return 1;
  return std::max<uint64_t>(1, std::llround(settings[record.every] / dt()));
}

uint64_t RunDescription::firstSample(const snn_record &record) const {
  uint64_t every = stepsBetweenSamples(record);
  uint64_t first = firstStep + 1;
  if (record.from != SNN_NONE)
    first = std::max<uint64_t>(first, std::max(0LL, std::llround(settings[record.from] / dt())));
  return (first + every - 1) / every * every;
}

snn_field RunDescription::sampledBy(const snn_record &record) const {
  if (record.kind != SNN_RECORD_WEIGHTS)
    return model->populations[record.population].fields[record.field];
  return {record.variable, record.unit, record.scale, model->precision, SNN_STATE, ""};
}

const char *RunDescription::ownerOf(const snn_record &record) const {
  return record.kind == SNN_RECORD_WEIGHTS ? model->projections[record.projection].name
                                           : model->populations[record.population].name;
}

} // namespace snn::recorder
