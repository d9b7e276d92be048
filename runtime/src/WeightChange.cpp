#include "WeightChange.h"

#include "Failure.h"
#include "SynapseWalk.h"

#include <cmath>
#include <utility>

namespace snn::runtime {

namespace {
/// Some synapses of a block, whose amounts are computed together.
template <typename Amount> class Batch {
public:
  Batch(const snn_state &state, const snn_block &block, uint32_t change)
      : state(state), amounts(static_cast<Amount *>(const_cast<void *>(block.amount))), change(change) {}

  void add(uint64_t synapse, uint32_t source, uint32_t target) {
    synapses.push_back(synapse);
    pre.push_back(source);
    post.push_back(target);
    if (synapses.size() == most)
      finish();
  }

  void finish() {
    const snn_model &model = *state.model;
    values.resize(synapses.size());
    for (size_t k = 0; k < synapses.size(); ++k)
      values[k] = double(amounts[synapses[k]]);
    // Nothing is drawn, so that no synapse needs a name.
    model.synapses(&state, model.n_projections + change, synapses.size(), pre.data(), post.data(), synapses.data(), values.data(), nullptr);
    for (size_t k = 0; k < synapses.size(); ++k) {
      if (!std::isfinite(values[k]))
        fail(SNN_WRONG_VALUE, "a weight of `%s` becomes %g when it is changed, from neuron %u to neuron %u",
             model.projections[model.changes[change].projection].name, values[k], pre[k], post[k]);
      amounts[synapses[k]] = Amount(values[k]);
    }
    synapses.clear();
    pre.clear();
    post.clear();
  }

private:
  static constexpr size_t most = 1024; // enough to hide the cost of a call
  const snn_state &state;
  Amount *amounts;
  uint32_t change;
  std::vector<uint64_t> synapses;
  std::vector<uint32_t> pre, post;
  std::vector<double> values;
};
} // namespace

/// Is a synapse from `source` to `target` joined the other way round than it was drawn? Its weight is that of the pair as drawn.
static bool isReversed(const snn_projection &projection, uint32_t source, uint32_t target) {
  return projection.mirror == SNN_REVERSED || (projection.mirror == SNN_BOTH_WAYS && source > target);
}

template <typename Amount> static void changeAll(const snn_state &state, snn_worker &worker, uint32_t change, uint32_t index) {
  const snn_projection &projection = state.model->projections[index];
  const snn_rows &rows = worker.rows[index];
  for (uint32_t b = 0; b < rows.n_blocks; ++b) {
    const snn_block &block = rows.blocks[b];
    uint32_t firstTarget = worker.shares[projection.target].begin + block.first_target;
    Batch<Amount> batch(state, block, change);
    forEachSynapse(rows, block, [&](uint32_t source, uint64_t synapse, uint32_t) {
      uint32_t target = firstTarget + block.target[synapse];
      if (isReversed(projection, source, target))
        std::swap(source, target);
      batch.add(synapse, source, target);
    });
    batch.finish();
  }
}

void changeWeights(const snn_state &state, snn_worker &worker, uint32_t change) {
  const snn_model &model = *state.model;
  uint32_t changed = model.changes[change].projection;
  for (uint32_t p = 0; p < model.n_projections; ++p) {
    const snn_projection &projection = model.projections[p];
    if (p != changed && !(projection.mirror == SNN_REVERSED && projection.mirrored == changed))
      continue;
    if (model.precision == SNN_F32)
      changeAll<float>(state, worker, change, p);
    else
      changeAll<double>(state, worker, change, p);
  }
}

} // namespace snn::runtime
