#include "RateSeries.h"

#include <algorithm>

namespace snn::runtime {

void RateSeries::add(const snn_state &state, uint64_t begin, uint64_t end) {
  steps.clear();
  rates.clear();
  const uint64_t period = record.period;
  for (uint64_t done = begin; done < end;) {
    uint64_t due = (done / period + 1) * period, next = std::min(due, end);
    counts.add(state, done, next);
    done = next;
    bool isRecorded = done == due && due - period >= record.from && due <= record.until && counts.covers(due - period);
    if (!isRecorded)
      continue;
    steps.push_back(due - 1);
    rates.push_back(double(counts.between(due - period, due)) / double(record.neurons.size()) / (double(period) * dt));
  }
}

} // namespace snn::runtime
