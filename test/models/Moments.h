// Sample mean and spread, for tests of random numbers.

#ifndef SNN_TEST_MODELS_MOMENTS_H
#define SNN_TEST_MODELS_MOMENTS_H

#include <algorithm>
#include <cmath>
#include <vector>

namespace snn::test {

struct Moments {
  double mean, sd, lowest, highest;
};

inline Moments momentsOf(const std::vector<double> &values) {
  Moments result{0, 0, *std::min_element(values.begin(), values.end()),
                 *std::max_element(values.begin(), values.end())};
  for (double value : values)
    result.mean += value / double(values.size());
  for (double value : values)
    result.sd += (value - result.mean) * (value - result.mean) / double(values.size() - 1);
  result.sd = std::sqrt(result.sd);
  return result;
}

} // namespace snn::test

#endif // SNN_TEST_MODELS_MOMENTS_H
