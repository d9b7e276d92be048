// Sorting rows by delay, and the table that says where each delay starts.

#ifndef SNN_RUNTIME_DELAYRUNS_H
#define SNN_RUNTIME_DELAYRUNS_H

#include "Pages.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace snn::runtime {

/// The stable order of one row's synapses by delay: a counting sort, with scratch kept from row to row.
class DelayOrder {
public:
  /// Positions 0 .. n-1 in order of `delays`; valid until the next call.
  const std::vector<uint32_t> &sort(const uint16_t *delays, size_t n);

  /// Brings one of the row's arrays into that order.
  template <typename T> void apply(T *values) {
    scratch.resize(order.size() * sizeof(T));
    T *sorted = reinterpret_cast<T *>(scratch.data());
    for (size_t i = 0; i < order.size(); ++i)
      sorted[i] = values[order[i]];
    std::copy_n(sorted, order.size(), values);
  }

private:
  std::vector<uint32_t> order, counts;
  std::vector<char> scratch;
};

/// How many synapses of each row have which delay, kept as runs until the span of the delays is known.
class DelayRuns {
public:
  /// The next synapse of the row; delays do not fall within a row.
  void add(uint16_t delay) {
    if (runs.size() > rowBegin && runs.back().delay == delay) {
      ++runs.back().count;
      return;
    }
    runs.push_back({delay, 1});
    least = std::min(least, delay);
    most = std::max(most, delay);
  }
  void endRow() { rowEnds.push_back(rowBegin = runs.size()); }

  uint16_t min() const { return least; } ///< 65535 if there is no synapse
  uint16_t max() const { return most; }  ///< 0 if there is no synapse

  /// `snn_block::segment` for delays from `min` to `max`.
  Pages table(uint32_t min, uint32_t max) const;

private:
  struct Run {
    uint32_t delay, count;
  };
  std::vector<Run> runs;
  std::vector<uint64_t> rowEnds;
  uint64_t rowBegin = 0;
  uint16_t least = UINT16_MAX, most = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELAYRUNS_H
