// What is remembered of the last steps: fields of kind SNN_HISTORY.

#ifndef SNN_RUNTIME_HISTORYMEMORY_H
#define SNN_RUNTIME_HISTORYMEMORY_H

#include "Pages.h"
#include "Plan.h"
#include "StateMemory.h"

#include <vector>

namespace snn::runtime {

/// A ring of `steps` rows for every field of kind SNN_HISTORY, each row over the whole population. Workers write their own
/// part of the row of the step they are in, and read all of rows that are a delay old.
class HistoryMemory {
public:
  HistoryMemory(const snn_model &model, const Plan &plan, uint32_t steps);

  /// `snn_state::histories`; null if there is no such field.
  const snn_history *table() const { return pages.empty() ? nullptr : histories.data(); }
  uint32_t steps() const { return pages.empty() ? 0 : rows; }

  /// Before the first step every row holds the initial values, which `states` has.
  void fill(const snn_model &model, const Plan &plan, const StateMemory &states);

  /// The values of a field after a step.
  char *row(uint32_t field, uint64_t step, size_t width) const {
    return static_cast<char *>(histories[field].values) + step % rows * histories[field].stride * width;
  }

private:
  uint32_t rows;
  std::vector<snn_history> histories;
  std::vector<Pages> pages;
};

/// The most steps before the current one whose state a neuron or a synapse reads, as settings are now.
uint32_t longestLookBack(const snn_model &model, const snn_state &state);

/// Has the program fields of this kind?
bool hasHistories(const snn_model &model);

/// Calls `visit(population, field of it, number over all populations)` for every field of kind SNN_HISTORY.
template <typename Visit> void forEachHistory(const snn_model &model, Visit visit) {
  for (uint32_t p = 0; p < model.n_populations; ++p)
    for (uint32_t k = 0; k < model.populations[p].n_fields; ++k)
      if (model.populations[p].fields[k].kind == SNN_HISTORY)
        visit(p, k, model.populations[p].first_field + k);
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_HISTORYMEMORY_H
