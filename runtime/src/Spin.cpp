#include "Spin.h"

#include <thread>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace snn::runtime {

static void pause() {
#if defined(__x86_64__)
  _mm_pause();
#endif
}

void waitWhileEqual(const std::atomic<uint32_t> &value, uint32_t current) {
  constexpr int spins = 1000, yields = 100;
  for (int i = 0; i < spins; ++i) {
    if (value.load(std::memory_order_acquire) != current)
      return;
    pause();
  }
  for (int i = 0; i < yields; ++i) {
    if (value.load(std::memory_order_acquire) != current)
      return;
    std::this_thread::yield();
  }
  while (value.load(std::memory_order_acquire) == current)
    value.wait(current, std::memory_order_acquire);
}

} // namespace snn::runtime
