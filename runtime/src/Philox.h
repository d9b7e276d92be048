// Philox 4x32-10, the counter-based generator behind every random number (Salmon et al. 2011,
// doi:10.1145/2063384.2063405).
//
// A number depends on the seed, a stream, an element and a step or attempt, never on who asks or in which order. The
// layout of key and counter is fixed at the end of snn/abi.h; generated code computes the same function inside the
// time loop.

#ifndef SNN_RUNTIME_PHILOX_H
#define SNN_RUNTIME_PHILOX_H

#include <array>
#include <cstdint>

namespace snn::runtime {

using PhiloxCounter = std::array<uint32_t, 4>;
using PhiloxKey = std::array<uint32_t, 2>;

/// The bijection of the paper: ten rounds, the key bumped by the Weyl constants between them.
inline PhiloxCounter philox(PhiloxCounter c, PhiloxKey key) {
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    uint64_t product0 = uint64_t(0xD2511F53u) * c[0];
    uint64_t product1 = uint64_t(0xCD9E8D57u) * c[2];
    c = {uint32_t(product1 >> 32) ^ c[1] ^ key[0], uint32_t(product1), uint32_t(product0 >> 32) ^ c[3] ^ key[1],
         uint32_t(product0)};
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
  return c;
}

/// Four random words of `element` in `stream`; outside the time loop `step` is the number of the attempt.
inline PhiloxCounter randomWords(uint64_t seed, uint32_t stream, uint64_t element, uint64_t step) {
  return philox({uint32_t(element), uint32_t(element >> 32) ^ uint32_t(step >> 32), uint32_t(step), stream},
                {uint32_t(seed), uint32_t(seed >> 32)});
}

/// Uniform in [0, 1), a multiple of 2^-53.
inline double toUnitInterval(uint32_t low, uint32_t high) {
  return double((uint64_t(high) << 32 | low) >> 11) * 0x1p-53;
}

/// Uniform in (0, 1), symmetric about 1/2: the midpoints of 2^52 equal cells.
inline double toOpenInterval(uint32_t low, uint32_t high) {
  return (double((uint64_t(high) << 32 | low) >> 12) + 0.5) * 0x1p-52;
}

/// The words of one element, one after the other: for draws whose number is not known beforehand.
class WordSequence {
public:
  /// `step` is that of the first four words.
  WordSequence(uint64_t seed, uint32_t stream, uint64_t element, uint64_t step = 0)
      : seed(seed), element(element), step(step), stream(stream) {}

  uint32_t next() {
    if (used == 4) {
      words = randomWords(seed, stream, element, step++);
      used = 0;
    }
    return words[used++];
  }

  /// Uniform in (0, 1).
  double nextOpen() {
    uint32_t low = next();
    return toOpenInterval(low, next());
  }

  /// Uniform in 0 .. n-1, exactly: the multiplication of Lemire (2019, doi:10.1145/3230636) with its rejection.
  uint32_t below(uint32_t n) {
    uint64_t product = uint64_t(next()) * n;
    if (uint32_t(product) < n) {
      uint32_t threshold = -n % n;
      while (uint32_t(product) < threshold)
        product = uint64_t(next()) * n;
    }
    return uint32_t(product >> 32);
  }

private:
  uint64_t seed, element, step = 0;
  PhiloxCounter words{};
  uint32_t stream, used = 4;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PHILOX_H
