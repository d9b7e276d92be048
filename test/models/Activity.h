// Summary statistics of recorded spikes, as the reference values define them.

#ifndef SNN_TEST_MODELS_ACTIVITY_H
#define SNN_TEST_MODELS_ACTIVITY_H

#include "Simulate.h"

#include <cmath>

namespace snn::test {

/// Of the neurons [begin, end) over a number of steps.
struct Activity {
  double rate = 0;     ///< spikes per neuron and second
  double isiCv = 0;    ///< mean over neurons with at least five spikes
  uint32_t silent = 0; ///< neurons without a spike
};

inline Activity activity(const std::vector<Spike> &spikes, uint32_t begin, uint32_t end, double seconds) {
  std::vector<std::vector<double>> trains(end - begin);
  for (const Spike &spike : spikes)
    if (spike.neuron >= begin && spike.neuron < end)
      trains[spike.neuron - begin].push_back(double(spike.step));

  Activity result;
  uint32_t counted = 0;
  for (const std::vector<double> &train : trains) {
    result.rate += double(train.size());
    result.silent += train.empty();
    if (train.size() < 5)
      continue;
    const double intervals = double(train.size() - 1);
    const double mean = (train.back() - train.front()) / intervals;
    double variance = 0;
    for (size_t k = 1; k < train.size(); ++k)
      variance += std::pow(train[k] - train[k - 1] - mean, 2) / intervals;
    result.isiCv += std::sqrt(variance) / mean;
    ++counted;
  }
  result.rate /= double(trains.size()) * seconds;
  if (counted)
    result.isiCv /= counted;
  return result;
}

/// Mean over several runs.
inline double mean(const std::vector<double> &values) {
  double sum = 0;
  for (double value : values)
    sum += value;
  return sum / double(values.size());
}

} // namespace snn::test

#endif // SNN_TEST_MODELS_ACTIVITY_H
