// The power spectrum of a series that arrives one value at a time.

#ifndef SNN_RECORDER_POWERSPECTRUM_H
#define SNN_RECORDER_POWERSPECTRUM_H

#include <complex>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace snn::recorder {

/// One-sided power spectral density by Welch's method (Welch 1967, doi:10.1109/TAU.1967.1161901): Hann windows that overlap by
/// half, the mean of each taken off, averaged. The integral over frequency is the variance of the series. Memory does not depend
/// on how long the series is.
class PowerSpectrum {
public:
  /// `length`: values of a window, a power of two from 4. `rate`: values per second.
  PowerSpectrum(size_t length, double rate);

  void add(double value);

  /// Windows that have been averaged.
  uint64_t windows() const { return windows_; }

  /// Density at k * rate / length Hz, for k from 0 to length / 2, in the square of the unit of the values per Hz. Empty before the first window
  /// is full.
  std::vector<double> density() const;

  /// Hz between two values of the density.
  double resolution() const { return rate_ / static_cast<double>(window_.size()); }

private:
  void addWindow();

  double rate_;
  std::vector<float> window_, values_; ///< weights; the last values, oldest first
  std::vector<double> sum_;
  uint64_t windows_ = 0;
};

} // namespace snn::recorder

#endif // SNN_RECORDER_POWERSPECTRUM_H
