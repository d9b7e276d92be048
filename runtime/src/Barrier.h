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
  const uint32_t parties;
  alignas(64) std::atomic<uint32_t> waiting{0};
  alignas(64) std::atomic<uint32_t> phase{0};
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_BARRIER_H
