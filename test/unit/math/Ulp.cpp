#include "Ulp.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace snn::test {

namespace {

// Four lanes, in the vector extension of gcc and clang: their vectorizers give up on the loop in scalar form.
constexpr size_t lanes = 4;
using Floats = float __attribute__((vector_size(16)));
using Doubles = double __attribute__((vector_size(32)));
using Words = int64_t __attribute__((vector_size(32)));

} // namespace

/// A NaN stays.
static inline Doubles clamped(Doubles x, double low, double high) {
  x = x < low ? Doubles{} + low : x;
  return x > high ? Doubles{} + high : x;
}

/// 1 / (2^23 times the unit of the last place of a float at `exact`), from the exponent bits.
static inline Doubles inverseBinade(Doubles exact) {
  auto exponent = (Words)exact & 0x7ff0000000000000;
  return (Doubles)(0x7fe0000000000000 - (Words)clamped((Doubles)exponent, 0x1p-126, 0x1p127));
}

/// The bits of ulpError / 2^23, which order like the numbers; above those of infinity if only one side is NaN.
static inline Words estimate(Floats computed, Doubles exact, double flushBelow) {
  Doubles value = clamped(__builtin_convertvector(computed, Doubles), -0x1p128, 0x1p128);
  Doubles target = clamped(exact, -0x1p128, 0x1p128);
  Doubles signedError = (value - target) * inverseBinade(target);
  Words flushed = (value == 0) & (target < flushBelow) & (target > -flushBelow);
  Words bothNan = (value != value) & (target != target);
  return (Words)signedError & 0x7fffffffffffffff & ~(flushed | bothNan);
}

/// Largest of `estimate` over a block.
static int64_t largestEstimate(const float *computed, const double *exact, size_t size, double flushBelow) {
  Words largest = {};
  for (size_t i = 0; i < size; i += lanes) {
    Floats single;
    Doubles twice;
    std::memcpy(&single, computed + i, sizeof(single));
    std::memcpy(&twice, exact + i, sizeof(twice));
    Words error = estimate(single, twice, flushBelow);
    largest = error > largest ? error : largest;
  }
  return std::max(std::max(largest[0], largest[1]), std::max(largest[2], largest[3]));
}

WorstFloat worstUlp(const float *computed, const double *exact, size_t size, Underflow underflow, double known) {
  constexpr size_t block = 256;
  static_assert(block % lanes == 0);
  WorstFloat worst = {known, 0};
  double flushBelow = underflow == Underflow::ToZero ? 0x1p-126 : 0;
  for (size_t begin = 0; begin < size; begin += block) {
    int64_t largest = largestEstimate(computed + begin, exact + begin, block, flushBelow);
    if (largest <= std::bit_cast<int64_t>(worst.ulp * 0x1p-23))
      continue;
    for (size_t i = begin; i < begin + block; ++i)
      if (double error = ulpError(computed[i], exact[i], underflow); error > worst.ulp)
        worst = {error, i};
  }
  return worst;
}

} // namespace snn::test
