#include "StateMemory.h"

#include "Rows.h"

namespace snn::runtime {

StateMemory::StateMemory(const snn_model &model, const Plan &plan) : offsets(model.n_fields), widths(model.n_fields) {
  // A cache line between arrays keeps those of populations of 2^k neurons from falling into the same cache sets.
  constexpr size_t gap = 64;
  size_t offset = 0;
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    size_t padded = (size_t(plan.sizes[p]) + SNN_LANES - 1) / SNN_LANES * SNN_LANES;
    for (uint32_t k = 0; k < model.populations[p].n_fields; ++k) {
      uint32_t field = model.populations[p].first_field + k;
      offsets[field] = offset;
      widths[field] = widthOf(model.populations[p].fields[k]);
      offset += padded * widths[field] + gap;
    }
  }
  pages = Pages(offset);
  base = pages.as<char>();
}

} // namespace snn::runtime
