#include "Shares.h"

#include <algorithm>

namespace snn::runtime {

snn_share shareOf(uint32_t population, uint32_t size, uint32_t worker, uint32_t workers) {
  uint64_t groups = (uint64_t(size) + SNN_LANES - 1) / SNN_LANES;
  uint64_t rotation = population % workers;
  auto border = [&](uint64_t w) {
    return uint32_t(std::min<uint64_t>(size, (groups * w + rotation) / workers * SNN_LANES));
  };
  uint32_t begin = border(worker), count = border(worker + 1) - begin;
  return {begin, count, (count + SNN_LANES - 1) / SNN_LANES * SNN_LANES};
}

} // namespace snn::runtime
