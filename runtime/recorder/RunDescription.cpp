#include "snn/recorder/RunDescription.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace snn::recorder {

uint64_t RunDescription::stepsBetweenSamples(const snn_record &record) const {
  if (record.every == SNN_NONE)
    return 1;
  return std::max<uint64_t>(1, std::llround(settings[record.every] / dt()));
}

uint64_t RunDescription::firstSample(const snn_record &record) const {
  uint64_t every = stepsBetweenSamples(record);
  uint64_t first = firstStep + 1;
  uint64_t bin = record.kind == SNN_RECORD_RATE ? every : 0; // of which the sample stands at the end
  if (record.from != SNN_NONE)
    first = std::max<uint64_t>(first, std::max(0LL, std::llround(settings[record.from] / dt())) + bin);
  return (first + every - 1) / every * every;
}

uint32_t RunDescription::recordedNeurons(const snn_record &record) const {
  uint32_t stride = std::max(1u, record.stride);
  return (count(record.end) - count(record.begin) + stride - 1) / stride;
}

uint32_t RunDescription::neuronOfColumn(const snn_record &record, uint32_t column) const {
  return count(record.begin) + column * std::max(1u, record.stride);
}

snn_field RunDescription::sampledBy(const snn_record &record) const {
  if (record.kind == SNN_RECORD_WEIGHTS)
    return {record.variable, record.unit, record.scale, model->precision, SNN_STATE, ""};
  if (record.kind == SNN_RECORD_SYNAPSES)
    return model->projections[record.projection].fields[record.field];
  if (record.kind == SNN_RECORD_RATE)
    return {record.variable, "Hz", 1e-3, SNN_F64, SNN_STATE, ""};
  snn_field field = model->populations[record.population].fields[record.field];
  if (record.kind == SNN_RECORD_MEAN)
    field.type = SNN_F64;
  return field;
}

const char *RunDescription::ownerOf(const snn_record &record) const {
  const bool isOfSynapses = record.kind == SNN_RECORD_WEIGHTS || record.kind == SNN_RECORD_SYNAPSES;
  return isOfSynapses ? model->projections[record.projection].name
                                           : model->populations[record.population].name;
}

std::string RunDescription::settingText(uint32_t setting) const {
  const snn_setting &declared = model->settings[setting];
  char text[128];
  std::snprintf(text, sizeof text, "%.6g%s%s", settings[setting] / declared.scale, *declared.unit ? " " : "", declared.unit);
  return text;
}

std::string RunDescription::copyText() const {
  std::string text;
  for (uint32_t setting : varied)
    text += (text.empty() ? "" : ", ") + std::string(model->settings[setting].name) + " = " + settingText(setting);
  if (draw)
    text += (text.empty() ? "draw " : ", draw ") + std::to_string(*draw);
  return text;
}

} // namespace snn::recorder
