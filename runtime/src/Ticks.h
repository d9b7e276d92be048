// The clock that generated code reads, too.

#ifndef SNN_RUNTIME_TICKS_H
#define SNN_RUNTIME_TICKS_H

#include <cstdint>
#include <x86intrin.h>

namespace snn::runtime {

/// The processor's time stamp counter: it runs at a constant rate on every processor with fused multiply-add, and at the same
/// value in all cores.
inline uint64_t ticks() { return __rdtsc(); }

} // namespace snn::runtime

#endif // SNN_RUNTIME_TICKS_H
