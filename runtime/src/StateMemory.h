// Where the values of neurons are kept.

#ifndef SNN_RUNTIME_STATEMEMORY_H
#define SNN_RUNTIME_STATEMEMORY_H

#include "Pages.h"
#include "Plan.h"

#include <vector>

namespace snn::runtime {

/// The arrays of all fields of all populations, structure of arrays, in one mapping that is zero until written. Each covers
/// its whole population, so that a host sees it as one array; a worker uses its own part, and touches that first.
class StateMemory {
public:
  StateMemory(const snn_model &model, const Plan &plan);

  /// Neuron `neuron` of a field, which counts over all populations.
  char *at(uint32_t field, uint32_t neuron) const { return base + offsets[field] + size_t(neuron) * widths[field]; }
  size_t width(uint32_t field) const { return widths[field]; }
  size_t bytes() const { return pages.size(); }

private:
  Pages pages;
  char *base = nullptr;
  std::vector<size_t> offsets, widths;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_STATEMEMORY_H
