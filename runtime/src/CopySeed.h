// Seeds of the copies of a batch.

#ifndef SNN_RUNTIME_COPYSEED_H
#define SNN_RUNTIME_COPYSEED_H

#include "Philox.h"

namespace snn::runtime {

/// Copy 0 has the seed itself; the others have 64 bits of a stream that nothing else draws from.
inline uint64_t seedOfCopy(uint64_t seed, uint32_t copy) {
  if (copy == 0)
    return seed;
  constexpr uint32_t stream = 0xc0b1e5;
  PhiloxCounter words = randomWords(seed, stream, copy, UINT64_MAX);
  return uint64_t(words[1]) << 32 | words[0];
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_COPYSEED_H
