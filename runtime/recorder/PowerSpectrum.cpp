#include "snn/recorder/PowerSpectrum.h"

#include <kissfft/kiss_fftr.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <numeric>

namespace snn::recorder {

PowerSpectrum::PowerSpectrum(size_t length, double rate) : rate_(rate), window_(length), sum_(length / 2 + 1) {
  for (size_t k = 0; k < length; ++k)
    window_[k] = static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(length)));
  values_.reserve(length);
}

void PowerSpectrum::add(double value) {
  values_.push_back(static_cast<float>(value));
  if (values_.size() < window_.size())
    return;
  addWindow();
  values_.erase(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(window_.size() / 2));
}

void PowerSpectrum::addWindow() {
  auto length = static_cast<int>(window_.size());
  struct Free {
    void operator()(kiss_fftr_state *plan) const { kiss_fftr_free(plan); }
  };
  std::unique_ptr<kiss_fftr_state, Free> plan(kiss_fftr_alloc(length, /*inverse_fft=*/0, nullptr, nullptr));
  double mean = std::accumulate(values_.begin(), values_.end(), 0.0) / length;
  std::vector<float> weighted(window_.size());
  for (size_t k = 0; k < weighted.size(); ++k)
    weighted[k] = static_cast<float>(values_[k] - mean) * window_[k];
  std::vector<kiss_fft_cpx> transformed(sum_.size());
  kiss_fftr(plan.get(), weighted.data(), transformed.data());
  for (size_t k = 0; k < sum_.size(); ++k)
    sum_[k] += double(transformed[k].r) * transformed[k].r + double(transformed[k].i) * transformed[k].i;
  ++windows_;
}

std::vector<double> PowerSpectrum::density() const {
  if (windows_ == 0)
    return {};
  double squares = 0;
  for (float weight : window_)
    squares += double(weight) * weight;
  std::vector<double> result(sum_.size());
  for (size_t k = 0; k < result.size(); ++k) {
    bool isMirrored = k > 0 && k + 1 < result.size(); // what a two-sided spectrum has at the negative frequency
    result[k] = (isMirrored ? 2 : 1) * sum_[k] / (rate_ * squares * static_cast<double>(windows_));
  }
  return result;
}

} // namespace snn::recorder
