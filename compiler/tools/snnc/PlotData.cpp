#include "compiler/tools/snnc/PlotData.h"

#include <algorithm>
#include <cmath>

namespace snn::tool {

// The widest panel has some 1080 pixels.
static constexpr uint64_t columnsAtMost = 2160, binsAtMost = 5000, samplesAtMost = 4320;
// More rows than this cannot be told apart.
static constexpr uint32_t rowsAtMost = 4000, rowsOfPopulation = 2000, rowsAtLeast = 10;
static constexpr uint32_t tracePanels = 6, tracesOfVariable = 5;

PlotData::PlotData(const recorder::RunDescription &run) : run_(run) {
  const snn_model &model = *run.model;
  uint32_t fieldRecords = 0;
  for (uint32_t k = 0; k < model.n_records; ++k) {
    const snn_record &record = model.records[k];
    if (record.kind == SNN_RECORD_SPIKES)
      addBands(k, record.population, run.count(record.begin), run.count(record.end));
    else
      ++fieldRecords;
  }
  if (model.n_records == 0)
    for (uint32_t p = 0; p < model.n_populations; ++p)
      if (model.populations[p].spikes_per_step > 0 && !model.populations[p].anonymous)
        addBands(p, p, 0, run.populationSize(p));

  time_.first = std::min(std::max(firstShown(), run.firstStep), run.steps);
  time_.steps = std::max<uint64_t>(1, run.steps - time_.first);
  time_.columns = static_cast<uint32_t>(std::min<uint64_t>(time_.steps, columnsAtMost));
  binSteps_ = std::max<uint64_t>(1, std::llround(1 / run.dt()));
  binSteps_ *= std::max<uint64_t>(1, (time_.steps / binSteps_ + binsAtMost - 1) / binsAtMost);
  chooseStrides();

  uint32_t tracesAtMost = std::clamp(tracePanels / std::max(1u, fieldRecords), 1u, tracesOfVariable);
  for (uint32_t k = 0; k < model.n_records && variables_.size() < tracePanels; ++k)
    if (model.records[k].kind != SNN_RECORD_SPIKES)
      addVariable(k, tracesAtMost);
}

bool PlotData::showsOnePopulation() const {
  return std::all_of(bands_.begin(), bands_.end(),
                     [&](const PlotBand &band) { return band.populationIndex == bands_.front().populationIndex; });
}

/// The first step at which anything is recorded.
uint64_t PlotData::firstShown() const {
  uint64_t first = UINT64_MAX;
  for (uint32_t k = 0; k < run_.model->n_records; ++k) {
    const snn_record &record = run_.model->records[k];
    double from = record.from == SNN_NONE ? 0 : run_.settings[record.from];
    first = std::min<uint64_t>(first, std::max(0LL, std::llround(from / run_.dt())));
  }
  return first == UINT64_MAX ? 0 : first;
}

/// Bands for those of the neurons that no earlier record shows.
void PlotData::addBands(uint32_t source, uint32_t population, uint32_t begin, uint32_t end) {
  std::vector<std::pair<uint32_t, uint32_t>> shown;
  for (const PlotBand &band : bands_)
    if (band.populationIndex == population)
      shown.emplace_back(band.begin, band.end);
  std::sort(shown.begin(), shown.end());
  for (auto [from, to] : shown) {
    splitByGroups(source, population, begin, std::min(from, end));
    begin = std::max(begin, to);
  }
  splitByGroups(source, population, begin, end);
}

/// Where groups overlap, the first one declared counts.
void PlotData::splitByGroups(uint32_t source, uint32_t population, uint32_t begin, uint32_t end) {
  const snn_model &model = *run_.model;
  struct Part {
    uint32_t begin, end;
    const char *name;
  };
  std::vector<Part> parts;
  for (uint32_t g = 0; g < model.n_groups; ++g) {
    const snn_group &group = model.groups[g];
    Part part{std::max(begin, run_.count(group.begin)), std::min(end, run_.count(group.end)), group.name};
    bool overlaps = std::any_of(parts.begin(), parts.end(),
                                [&](const Part &other) { return part.begin < other.end && other.begin < part.end; });
    if (group.population == population && part.begin < part.end && !overlaps)
      parts.push_back(part);
  }
  std::sort(parts.begin(), parts.end(), [](const Part &a, const Part &b) { return a.begin < b.begin; });
  const char *rest = model.populations[population].name;
  for (const Part &part : parts) {
    addBand(rest, source, population, begin, part.begin);
    addBand(part.name, source, population, part.begin, part.end);
    begin = part.end;
  }
  addBand(rest, source, population, begin, end);
}

void PlotData::addBand(const char *name, uint32_t source, uint32_t population, uint32_t begin, uint32_t end) {
  if (begin >= end)
    return;
  PlotBand band;
  band.name = name;
  band.population = run_.model->populations[population].name;
  band.source = source;
  band.populationIndex = population;
  band.begin = begin;
  band.end = end;
  bands_.push_back(std::move(band));
}

/// One stride for all, so that heights are to scale; only what would nearly vanish gets a finer one.
void PlotData::chooseStrides() {
  uint64_t total = 0, largest = 0;
  for (const PlotBand &band : bands_) {
    total += band.end - band.begin;
    largest = std::max<uint64_t>(largest, run_.populationSize(band.populationIndex));
  }
  uint64_t common = std::max({uint64_t{1}, (total + rowsAtMost - 1) / rowsAtMost,
                              (largest + rowsOfPopulation - 1) / rowsOfPopulation});
  for (PlotBand &band : bands_) {
    uint32_t size = band.end - band.begin;
    band.stride = static_cast<uint32_t>(std::min<uint64_t>(common, std::max(1u, size / rowsAtLeast)));
    band.rows = (size + band.stride - 1) / band.stride;
    band.marks.assign(band.rows, std::vector<bool>(time_.columns));
    band.counts.assign(time_.steps / binSteps_ + 1, 0);
  }
}

void PlotData::addVariable(uint32_t index, uint32_t tracesAtMost) {
  const snn_record &record = run_.model->records[index];
  const snn_field field = run_.sampledBy(record);
  PlotVariable variable;
  variable.isSeries = recorder::RunDescription::isSeries(record);
  variable.population = variable.isSeries ? nameOfRange(record) : run_.ownerOf(record);
  variable.variable = record.variable;
  variable.unit = field.unit;
  variable.scale = field.scale;
  variable.record = index;
  uint64_t samples = time_.steps / run_.stepsBetweenSamples(record);
  if (samples > samplesAtMost)
    variable.samplesPerPoint = (samples + columnsAtMost - 1) / columnsAtMost;
  uint32_t width = run_.columns(record);
  uint32_t shown = std::min(width, tracesAtMost);
  for (uint32_t k = 0; k < shown; ++k) {
    PlotTrace trace;
    trace.column = static_cast<uint32_t>(uint64_t{k} * width / shown);
    trace.neuron = run_.neuronOfColumn(record, trace.column);
    variable.traces.push_back(std::move(trace));
  }
  variables_.push_back(std::move(variable));
}

/// What a mean or a rate is of: the words behind `of` in the record's name.
std::string PlotData::nameOfRange(const snn_record &record) {
  std::string name = record.name;
  size_t of = name.find(" of ");
  return of == std::string::npos ? name : name.substr(of + 4);
}

snn_sink PlotData::sink() {
  snn_sink sink{};
  sink.user = this;
  sink.spikes = [](void *user, uint32_t record, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
    static_cast<PlotData *>(user)->addSpikes(record, n, step, neuron);
    return 0;
  };
  sink.samples = [](void *user, uint32_t record, uint64_t n, const uint64_t *step, uint32_t width, uint8_t type,
                    const void *values) {
    auto &self = *static_cast<PlotData *>(user);
    for (PlotVariable &variable : self.variables_)
      if (variable.record == record)
        self.addSamples(variable, n, step, width, type, values);
    return 0;
  };
  sink.progress = [](void *user, uint64_t done, uint64_t) {
    static_cast<PlotData *>(user)->stepsDone_ = done;
    return 0;
  };
  if (run_.model->n_records == 0)
    sink.all_spikes = [](void *user, uint32_t population, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
      static_cast<PlotData *>(user)->addSpikes(population, n, step, neuron);
      return 0;
    };
  return sink;
}

void PlotData::addSpikes(uint32_t source, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
  for (PlotBand &band : bands_) {
    if (band.source != source)
      continue;
    for (uint64_t k = 0; k < n; ++k) {
      if (neuron[k] < band.begin || neuron[k] >= band.end || step[k] < time_.first || step[k] >= time_.first + time_.steps)
        continue;
      hasSpikes_ = true;
      ++band.counts[(step[k] - time_.first) / binSteps_];
      uint32_t position = neuron[k] - band.begin;
      if (position % band.stride == 0)
        band.marks[position / band.stride][time_.column(step[k])] = true;
    }
  }
}

void PlotData::addSamples(PlotVariable &variable, uint64_t n, const uint64_t *step, uint32_t width, uint8_t type,
                          const void *values) {
  for (uint64_t k = 0; k < n; ++k) {
    uint64_t phase = variable.samples++ % variable.samplesPerPoint;
    double time = static_cast<double>(step[k] + 1) * run_.dt();
    for (PlotTrace &trace : variable.traces) {
      uint64_t at = k * width + trace.column;
      double value = (type == SNN_F64 ? static_cast<const double *>(values)[at] : static_cast<const float *>(values)[at]) /
                     variable.scale;
      std::vector<PlotPoint> &points = trace.points;
      if (phase < 2) {
        points.push_back({time, value});
        continue;
      }
      // The last two points are the lowest and the highest of this stretch, in the order in which they were reached.
      PlotPoint &earlier = points[points.size() - 2], &later = points.back();
      bool exceedsLater = later.value >= earlier.value ? value > later.value : value < later.value;
      bool exceedsEarlier = later.value >= earlier.value ? value < earlier.value : value > earlier.value;
      if (exceedsLater) {
        later = {time, value};
      } else if (exceedsEarlier) {
        earlier = later;
        later = {time, value};
      }
    }
  }
}

} // namespace snn::tool
