// Waiting for another thread: spin, then yield, then sleep.

#ifndef SNN_RUNTIME_SPIN_H
#define SNN_RUNTIME_SPIN_H

#include <atomic>
#include <cstdint>

namespace snn::runtime {

/// Returns once `value` is no longer `current` (with acquire order). Spins for some microseconds, about as long as a
/// step of the others takes, then offers the processor, then sleeps; whoever changes `value` must notify.
void waitWhileEqual(const std::atomic<uint32_t> &value, uint32_t current);

} // namespace snn::runtime

#endif // SNN_RUNTIME_SPIN_H
