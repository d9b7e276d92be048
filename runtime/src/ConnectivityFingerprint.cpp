#include "ConnectivityFingerprint.h"

#include "SynapseWalk.h"

#include <bit>

namespace snn::runtime {

/// A bijection in which every bit of the number changes half of the result: the finaliser of SplitMix64 (Steele et al. 2014,
/// doi:10.1145/2660193.2660195).
static uint64_t mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static uint64_t amountBits(const snn_model &model, const snn_block &block, uint64_t synapse) {
  if (!block.amount)
    return 0;
  return model.precision == SNN_F32 ? std::bit_cast<uint32_t>(static_cast<const float *>(block.amount)[synapse])
                                    : std::bit_cast<uint64_t>(static_cast<const double *>(block.amount)[synapse]);
}

uint64_t connectivityFingerprint(const snn_state &state, const snn_worker &worker, uint32_t projection) {
  const snn_rows &rows = worker.rows[projection];
  uint32_t shareBegin = worker.shares[state.model->projections[projection].target].begin;
  bool changes = state.model->projections[projection].plastic; // weights that rules change say nothing about the connections
  uint64_t sum = 0;
  for (uint32_t b = 0; b < rows.n_blocks; ++b) {
    const snn_block &block = rows.blocks[b];
    forEachSynapse(rows, block, [&](uint32_t source, uint64_t synapse, uint32_t delay) {
      uint32_t target = shareBegin + block.first_target + block.target[synapse];
      uint64_t ends = mix(uint64_t(source) << 32 | target);
      sum += mix(ends ^ mix((changes ? 0 : amountBits(*state.model, block, synapse)) + (uint64_t(delay) << 48 | delay)));
    });
  }
  return sum;
}

} // namespace snn::runtime
