// Which k of n: the draw behind fixed degrees.

#ifndef SNN_RUNTIME_INDEXSAMPLER_H
#define SNN_RUNTIME_INDEXSAMPLER_H

#include "Philox.h"

#include <cstdint>
#include <vector>

namespace snn::runtime {

/// Draws `count` of the indices 0 .. n-1. Keeps a bit per index as scratch, so one sampler serves many draws of one
/// size.
class IndexSampler {
public:
  /// Independent draws; an index may come more than once.
  static void withRepetition(WordSequence &words, uint32_t n, uint64_t count, std::vector<uint32_t> &indices);

  /// Distinct indices, count <= n, every set equally likely. Up to one half of n in the order drawn, above that
  /// ascending (then the ones left out are drawn, which is the shorter way).
  void withoutRepetition(WordSequence &words, uint32_t n, uint64_t count, std::vector<uint32_t> &indices);

private:
  bool insert(uint32_t index); ///< false if it is already there
  std::vector<uint64_t> taken; ///< bits; all zero between draws
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_INDEXSAMPLER_H
