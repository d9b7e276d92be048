// Distances between a computed and an exact value in units of the last place.

#ifndef SNN_TEST_UNIT_MATH_ULP_H
#define SNN_TEST_UNIT_MATH_ULP_H

#include <cmath>
#include <cstddef>
#include <limits>

namespace snn::test {

/// What a function may give where the exact result is denormal.
enum class Underflow { Gradual, ToZero };

/// |computed - exact| in units of T's last place at `exact`. A NaN must meet a NaN and an infinity an infinity, or what
/// rounds to one; otherwise the distance is infinite.
template <typename T, typename Exact>
double ulpError(T computed, Exact exact, Underflow underflow) {
  using Limits = std::numeric_limits<T>;
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (std::isnan(computed) || std::isnan(exact))
    return std::isnan(computed) && std::isnan(exact) ? 0 : infinite;
  if (underflow == Underflow::ToZero && computed == 0 && std::abs(exact) < Limits::min())
    return 0;
  if (std::isinf(exact))
    return computed == static_cast<T>(exact) ? 0 : infinite;
  int exponent = exact == 0 ? Limits::min_exponent - 1 : std::ilogb(exact);
  exponent = std::max(exponent, Limits::min_exponent - 1);
  Exact unit = std::ldexp(Exact(1), std::min(exponent, Limits::max_exponent - 1) - (Limits::digits - 1));
  // An overflow counts as the number that would follow the largest.
  Exact value = std::isinf(computed) ? std::copysign(std::ldexp(Exact(1), Limits::max_exponent), Exact(computed)) : Exact(computed);
  return static_cast<double>(std::abs(value - exact) / unit);
}

struct WorstFloat {
  double ulp = 0;
  size_t index = 0;
};

/// The largest `ulpError` of a block, by code that a compiler vectorizes; `exact` holds the results in double precision.
WorstFloat worstUlp(const float *computed, const double *exact, size_t size, Underflow underflow);

} // namespace snn::test

#endif // SNN_TEST_UNIT_MATH_ULP_H
