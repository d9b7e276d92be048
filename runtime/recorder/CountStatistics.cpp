#include "snn/recorder/CountStatistics.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace snn::recorder {

/// Of the windows of a spectrum: a second or so for a good resolution, and at least a few of them in the run.
static size_t windowLength(uint64_t bins, double binsPerSecond) {
  auto second = std::bit_ceil(static_cast<uint64_t>(std::max(4.0, binsPerSecond)));
  return std::clamp<size_t>(std::bit_floor(std::max<uint64_t>(bins / 4, 4)), 4, second);
}

CountStatistics::CountStatistics(const RunDescription &run, uint64_t binSteps)
    : run_(run), binSteps_(binSteps), neurons_(run.model->n_populations) {
  const snn_model &model = *run.model;
  double binsPerSecond = 1000 / (static_cast<double>(binSteps) * run.dt());
  size_t length = windowLength((run.steps - run.firstStep) / binSteps, binsPerSecond);
  auto addRange = [&](uint32_t population, uint32_t begin, uint32_t end) {
    ranges_.push_back({population, begin, end, PowerSpectrum(length, binsPerSecond)});
  };
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    if (model.populations[p].spikes_per_step == 0 || model.populations[p].anonymous)
      continue;
    neurons_[p].resize(run.populationSize(p));
    addRange(p, 0, run.populationSize(p));
    for (uint32_t g = 0; g < model.n_groups; ++g)
      if (model.groups[g].population == p)
        addRange(p, run.count(model.groups[g].begin), run.count(model.groups[g].end));
  }
}

snn_sink CountStatistics::sink() {
  snn_sink sink{};
  sink.user = this;
  sink.all_spikes = [](void *user, uint32_t population, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
    static_cast<CountStatistics *>(user)->add(population, n, step, neuron);
    return 0;
  };
  sink.progress = [](void *user, uint64_t done, uint64_t) {
    auto &counts = *static_cast<CountStatistics *>(user);
    for (Range &range : counts.ranges_)
      counts.closeBins(range, counts.binOf(done));
    return 0;
  };
  return sink;
}

void CountStatistics::add(uint32_t population, uint64_t n, const uint64_t *step, const uint32_t *index) {
  std::vector<Neuron> &neurons = neurons_[population];
  for (uint64_t k = 0; k < n && !neurons.empty(); ++k) {
    Neuron &neuron = neurons[index[k]];
    uint64_t bin = binOf(step[k]);
    if (bin != neuron.bin) {
      neuron.sum += neuron.inBin;
      neuron.squares += uint64_t{neuron.inBin} * neuron.inBin;
      neuron.inBin = 0;
      neuron.bin = bin;
    }
    ++neuron.inBin;
  }
  for (Range &range : ranges_)
    for (uint64_t k = 0; k < n && range.population == population; ++k)
      if (index[k] >= range.begin && index[k] < range.end) {
        closeBins(range, binOf(step[k]));
        ++range.inBin;
      }
}

/// All bins in front of `bin` are whole.
void CountStatistics::closeBins(Range &range, uint64_t bin) {
  for (; range.bins < bin; ++range.bins) {
    auto count = static_cast<double>(range.inBin);
    range.sum += count;
    range.squares += count * count;
    range.spectrum.add(count * 1000 / (static_cast<double>(binSteps_) * run_.dt() * (range.end - range.begin)));
    range.inBin = 0;
  }
}

CountSummary CountStatistics::summarize(const Range &range) const {
  CountSummary summary;
  summary.resolution = range.spectrum.resolution();
  summary.spectrum = range.spectrum.density();
  if (auto maximum = std::max_element(summary.spectrum.begin() + !summary.spectrum.empty(), summary.spectrum.end());
      maximum != summary.spectrum.end() && *maximum > 0)
    summary.peak = static_cast<double>(maximum - summary.spectrum.begin()) * summary.resolution;
  if (range.bins < 2)
    return summary;
  auto bins = static_cast<double>(range.bins);
  double variances = 0, deviations = 0; // summed over neurons
  for (uint32_t k = range.begin; k < range.end; ++k) {
    const Neuron &neuron = neurons_[range.population][k];
    bool isWhole = neuron.bin < range.bins;
    double sum = neuron.sum + (isWhole ? neuron.inBin : 0);
    double squares = static_cast<double>(neuron.squares) + (isWhole ? double(neuron.inBin) * neuron.inBin : 0);
    double variance = std::max(0.0, squares / bins - sum / bins * (sum / bins));
    variances += variance;
    deviations += std::sqrt(variance);
  }
  double all = range.squares / bins - range.sum / bins * (range.sum / bins);
  if (double pairs = deviations * deviations - variances; pairs > 1e-9 * variances)
    summary.correlation = (all - variances) / pairs;
  return summary;
}

std::vector<CountSummary> CountStatistics::table() const {
  std::vector<CountSummary> rows;
  for (const Range &range : ranges_)
    rows.push_back(summarize(range));
  return rows;
}

} // namespace snn::recorder
