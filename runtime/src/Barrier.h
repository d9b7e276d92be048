// Where the workers meet within a chunk.

#ifndef SNN_RUNTIME_BARRIER_H
#define SNN_RUNTIME_BARRIER_H

#include <atomic>
#include <cstdint>

namespace snn::runtime {

/// All of `parties` threads leave `wait` after the last has come.
class Barrier {
public:
  explicit Barrier(uint32_t parties) : parties(parties) {}
  void wait();

private:
  // On lines of their own: the last one to come writes `phase` while others poll it.
  alignas(64) std::atomic<uint32_t> waiting{0};
  alignas(64) std::atomic<uint32_t> phase{0};
  const uint32_t parties;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_BARRIER_H
