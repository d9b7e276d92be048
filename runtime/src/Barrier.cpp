#include "Barrier.h"

#include "Spin.h"

namespace snn::runtime {

void Barrier::wait() {
  uint32_t current = phase.load(std::memory_order_relaxed);
  if (waiting.fetch_add(1, std::memory_order_acq_rel) + 1 == parties) {
    waiting.store(0, std::memory_order_relaxed);
    phase.store(current + 1, std::memory_order_release);
    phase.notify_all(); // no system call unless somebody sleeps
    return;
  }
  waitWhileEqual(phase, current);
}

} // namespace snn::runtime
