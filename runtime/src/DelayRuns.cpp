#include "DelayRuns.h"

namespace snn::runtime {

const std::vector<uint32_t> &DelayOrder::sort(const uint16_t *delays, size_t n) {
  order.resize(n);
  if (n == 0)
    return order;
  auto [least, most] = std::minmax_element(delays, delays + n);
  uint32_t min = *least;
  counts.assign(*most - min + 2u, 0);
  for (size_t i = 0; i < n; ++i)
    ++counts[delays[i] - min + 1];
  for (size_t d = 1; d < counts.size(); ++d)
    counts[d] += counts[d - 1];
  for (size_t i = 0; i < n; ++i)
    order[counts[delays[i] - min]++] = uint32_t(i);
  return order;
}

Pages DelayRuns::table(uint32_t min, uint32_t max) const {
  uint64_t width = uint64_t(max) - min + 2; // one entry more than there are delays
  Pages pages(rowEnds.size() * width * sizeof(uint32_t));
  auto *segment = pages.as<uint32_t>();
  uint64_t run = 0;
  for (uint64_t end : rowEnds) {
    for (uint32_t delay = min, sum = 0; delay <= max; ++delay) {
      if (run < end && runs[run].delay == delay)
        sum += runs[run++].count;
      segment[delay - min + 1] = sum;
    }
    segment += width;
  }
  return pages;
}

} // namespace snn::runtime
