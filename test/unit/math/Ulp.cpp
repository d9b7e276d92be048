#include "Ulp.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace snn::test {

/// 2^23 times the unit of the last place of a float at `exact`, from the exponent bits of the double.
static inline double binade(double exact) {
  uint64_t bits = std::bit_cast<uint64_t>(exact) & 0x7ff0000000000000u;
  return std::clamp(std::bit_cast<double>(bits), 0x1p-126, 0x1p127);
}

WorstFloat worstUlp(const float *computed, const double *exact, size_t size, Underflow underflow) {
  constexpr size_t block = 256;
  WorstFloat worst;
  double flushBelow = underflow == Underflow::ToZero ? 0x1p-126 : 0;
  for (size_t begin = 0; begin < size; begin += block) {
    size_t end = std::min(size, begin + block);
    double largest = 0;
    bool odd = false;
    for (size_t i = begin; i < end; ++i) {
      double error = std::abs(computed[i] - exact[i]) / binade(exact[i]);
      bool flushed = (computed[i] == 0) & (std::abs(exact[i]) < flushBelow);
      error = flushed ? 0 : error;
      // NaN where one side is not finite; such blocks are looked at with care below.
      odd |= !(error <= 1);
      largest = std::max(largest, error);
    }
    if (!odd && largest * 0x1p23 <= worst.ulp)
      continue;
    for (size_t i = begin; i < end; ++i)
      if (double error = ulpError(computed[i], exact[i], underflow); error > worst.ulp)
        worst = {error, i};
  }
  return worst;
}

} // namespace snn::test
