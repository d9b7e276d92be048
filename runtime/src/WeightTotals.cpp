#include "WeightTotals.h"

#include "Failure.h"
#include "SynapseWalk.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace snn::runtime {

/// The wanted sums of `count` neurons of the target population from `first` on.
static std::vector<double> wantedTotals(const snn_state &state, uint32_t projection, uint32_t first, uint32_t count) {
  const snn_model &model = *state.model;
  std::vector<uint32_t> pre(count), post(count);
  std::vector<uint64_t> element(count);
  std::vector<double> totals(count);
  std::iota(post.begin(), post.end(), first);
  std::iota(element.begin(), element.end(), first);
  if (count > 0)
    model.synapses(&state, model.projections[projection].total - 1, count, pre.data(), post.data(), element.data(), totals.data(), nullptr);
  return totals;
}

template <typename Amount>
static void scaleBlock(const snn_state &state, uint32_t projection, const snn_rows &rows, const snn_block &block, uint32_t firstTarget,
                       uint32_t targets) {
  auto *amounts = static_cast<Amount *>(const_cast<void *>(block.amount));
  std::vector<double> sums(targets), factors = wantedTotals(state, projection, firstTarget, targets);
  std::vector<bool> isReached(targets);
  forEachSynapse(rows, block, [&](uint32_t, uint64_t synapse, uint32_t) {
    sums[block.target[synapse]] += double(amounts[synapse]);
    isReached[block.target[synapse]] = true;
  });
  for (uint32_t target = 0; target < targets; ++target) {
    double wanted = factors[target];
    factors[target] = wanted == 0 ? 0 : wanted / sums[target];
    if (isReached[target] && !(factors[target] >= 0 && std::isfinite(factors[target])))
      fail(SNN_WRONG_VALUE, "the weights of `%s` onto neuron %u add up to %.10g, which cannot be scaled to %.10g (base units ms, mV, pA)",
           state.model->projections[projection].name, firstTarget + target, sums[target], wanted);
  }
  forEachSynapse(rows, block, [&](uint32_t, uint64_t synapse, uint32_t) {
    amounts[synapse] = Amount(double(amounts[synapse]) * factors[block.target[synapse]]);
  });
}

void scaleToTotals(const snn_state &state, snn_worker &worker, uint32_t projection) {
  const snn_rows &rows = worker.rows[projection];
  const snn_share &share = worker.shares[state.model->projections[projection].target];
  for (uint32_t b = 0; b < rows.n_blocks; ++b) {
    const snn_block &block = rows.blocks[b];
    uint32_t targets = std::min(share.count - block.first_target, SNN_BLOCK_TARGETS);
    auto scale = state.model->precision == SNN_F32 ? scaleBlock<float> : scaleBlock<double>;
    scale(state, projection, rows, block, share.begin + block.first_target, targets);
  }
}

} // namespace snn::runtime
