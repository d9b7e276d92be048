#include "HistoryMemory.h"

#include "AvailableMemory.h"
#include "Failure.h"
#include "Rows.h"

#include <algorithm>
#include <cstring>

namespace snn::runtime {

bool hasHistories(const snn_model &model) {
  bool found = false;
  forEachHistory(model, [&](uint32_t, uint32_t, uint32_t) { found = true; });
  return found;
}

uint32_t longestLookBack(const snn_model &model, const snn_state &state) {
  double steps = double(state.history) + 1; // of the longest delay, and what equations of synapses see when a step begins
  for (uint32_t i = 0; i < model.n_look_backs; ++i) // a step begins with what the one before has left
    steps = std::max(steps, state.uniforms[model.look_backs[i]] + 1);
  if (!(steps <= longestDelay))
    fail(SNN_WRONG_VALUE, "a `delayed` looks back by %.0f steps; the longest is %u", steps - 1, longestDelay - 1);
  return uint32_t(steps);
}

HistoryMemory::HistoryMemory(const snn_model &model, const Plan &plan, uint32_t steps)
    : rows(steps), histories(model.n_fields) {
  double bytes = 0;
  forEachHistory(model, [&](uint32_t p, uint32_t k, uint32_t field) {
    uint64_t padded = (uint64_t(plan.sizes[p]) + SNN_LANES - 1) / SNN_LANES * SNN_LANES;
    histories[field].stride = padded;
    bytes += double(padded) * rows * double(widthOf(model.populations[p].fields[k]));
  });
  if (double available = double(availableMemory()); bytes > available)
    fail(SNN_NO_MEMORY, "what is remembered of the last %u steps takes %s; %s are available", rows,
         describeBytes(bytes).c_str(), describeBytes(available).c_str());
  forEachHistory(model, [&](uint32_t p, uint32_t k, uint32_t field) {
    // Loops over sources that begin in the middle of a population may read some elements past its end.
    pages.emplace_back((histories[field].stride * rows + SNN_LANES) * widthOf(model.populations[p].fields[k]));
    histories[field].values = pages.back().as<void>();
  });
}

void HistoryMemory::fill(const snn_model &model, const Plan &plan, const StateMemory &states) {
  forEachHistory(model, [&](uint32_t p, uint32_t k, uint32_t field) {
    size_t width = widthOf(model.populations[p].fields[k]);
    for (uint32_t step = 0; step < rows; ++step)
      std::memcpy(row(field, step, width), states.at(field, 0), plan.sizes[p] * width);
  });
}

} // namespace snn::runtime
