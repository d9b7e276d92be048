// Statistics of how many spikes fall into bins of time: how neurons go together, and how fast a population oscillates.

#ifndef SNN_RECORDER_COUNTSTATISTICS_H
#define SNN_RECORDER_COUNTSTATISTICS_H

#include "snn/recorder/PowerSpectrum.h"
#include "snn/recorder/RunDescription.h"
#include "snn/snn.h"

#include <optional>
#include <string>
#include <vector>

namespace snn::recorder {

/// Of one population or group.
struct CountSummary {
  /// Mean correlation coefficient of the counts of two neurons, over all pairs: the sum of all covariances over the sum of all
  /// products of standard deviations. Nothing with fewer than two neurons or bins, or if hardly anybody fires.
  std::optional<double> correlation;
  /// Where the spectrum of the rate has its maximum, Hz; nothing before a window is full.
  std::optional<double> peak;
  double resolution = 0;        ///< Hz from one value of the spectrum to the next, which begins at 0
  std::vector<double> spectrum; ///< of the rate in Hz: Hz^2 / Hz
};

/// Counts the spikes of every population that can spike and is not anonymous. Needs 32 bytes per neuron, and does work for every
/// spike and every bin.
class CountStatistics {
public:
  /// `binSteps`: steps of a bin, from 1.
  CountStatistics(const RunDescription &run, uint64_t binSteps);

  /// Asks for all spikes; valid as long as this object.
  snn_sink sink();

  /// Populations in the program's order, each followed by its groups, as in `SpikeStatistics::table`. What does not fill a bin at
  /// the end is left out.
  std::vector<CountSummary> table() const;

private:
  /// Counts of whole bins, but for that of `bin`.
  struct Neuron {
    uint64_t bin = 0;
    uint32_t inBin = 0, sum = 0;
    uint64_t squares = 0;
  };
  struct Range {
    uint32_t population, begin, end;
    PowerSpectrum spectrum;
    uint64_t bins = 0, inBin = 0; ///< whole bins; spikes in the one behind them
    double sum = 0, squares = 0;
  };

  uint64_t binOf(uint64_t step) const { return (step - run_.firstStep) / binSteps_; }
  void add(uint32_t population, uint64_t n, const uint64_t *step, const uint32_t *neuron);
  void closeBins(Range &range, uint64_t bin);
  CountSummary summarize(const Range &range) const;

  const RunDescription run_;
  uint64_t binSteps_;
  std::vector<std::vector<Neuron>> neurons_; ///< by population; empty: not counted
  std::vector<Range> ranges_;
};

} // namespace snn::recorder

#endif // SNN_RECORDER_COUNTSTATISTICS_H
