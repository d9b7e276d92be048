#include "snn/recorder/SpikeStatistics.h"

#include <algorithm>
#include <cmath>

namespace snn::recorder {

SpikeStatistics::SpikeStatistics(const RunDescription &run) : run_(run), neurons_(run.model->n_populations), stepsDone_(run.firstStep) {
  for (uint32_t p = 0; p < run.model->n_populations; ++p) {
    const snn_population &population = run.model->populations[p];
    if (population.spikes_per_step > 0 && !population.anonymous)
      neurons_[p].resize(run.populationSize(p));
  }
}

snn_sink SpikeStatistics::sink() {
  snn_sink sink{};
  sink.user = this;
  sink.all_spikes = [](void *user, uint32_t population, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
    static_cast<SpikeStatistics *>(user)->add(population, n, step, neuron);
    return 0;
  };
  sink.progress = [](void *user, uint64_t done, uint64_t) {
    static_cast<SpikeStatistics *>(user)->stepsDone_ = done;
    return 0;
  };
  return sink;
}

void SpikeStatistics::add(uint32_t population, uint64_t n, const uint64_t *step, const uint32_t *index) {
  std::vector<Neuron> &neurons = neurons_[population];
  if (neurons.empty())
    return;
  for (uint64_t k = 0; k < n; ++k) {
    Neuron &neuron = neurons[index[k]];
    if (neuron.spikes > 0) {
      auto interval = static_cast<double>(step[k] - neuron.last);
      double difference = interval - neuron.mean;
      neuron.mean += difference / neuron.spikes; // so many intervals there are with this one
      neuron.squares += difference * (interval - neuron.mean);
    }
    neuron.last = step[k];
    ++neuron.spikes;
  }
}

FiringStatistics SpikeStatistics::summarize(uint32_t population, uint32_t begin, uint32_t end) const {
  FiringStatistics result;
  result.size = end - begin;
  uint64_t silent = 0, regular = 0;
  double cvSum = 0;
  for (uint32_t k = begin; k < end; ++k) {
    const Neuron &neuron = neurons_[population][k];
    result.spikes += neuron.spikes;
    silent += neuron.spikes == 0;
    // A mean of 0 is that of a source whose every spike is of the same step.
    if (neuron.spikes < minimumSpikes || neuron.mean == 0)
      continue;
    cvSum += std::sqrt(neuron.squares / (neuron.spikes - 1)) / neuron.mean;
    ++regular;
  }
  double seconds = static_cast<double>(stepsDone_ - run_.firstStep) * run_.dt() / 1000;
  if (seconds > 0 && result.size > 0)
    result.rate = static_cast<double>(result.spikes) / result.size / seconds;
  if (regular > 0)
    result.cv = cvSum / static_cast<double>(regular);
  if (result.size > 0)
    result.silent = static_cast<double>(silent) / result.size;
  return result;
}

std::vector<FiringStatistics> SpikeStatistics::table() const {
  const snn_model &model = *run_.model;
  std::vector<FiringStatistics> rows;
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    if (neurons_[p].empty())
      continue;
    rows.push_back(summarize(p, 0, run_.populationSize(p)));
    rows.back().name = model.populations[p].name;
    for (uint32_t g = 0; g < model.n_groups; ++g) {
      const snn_group &group = model.groups[g];
      if (group.population != p)
        continue;
      rows.push_back(summarize(p, run_.count(group.begin), run_.count(group.end)));
      rows.back().name = group.name;
      rows.back().isGroup = true;
    }
  }
  return rows;
}

} // namespace snn::recorder
