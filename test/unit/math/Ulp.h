// Distances between a computed and an exact value in units of the last place.

#ifndef SNN_TEST_UNIT_MATH_ULP_H
#define SNN_TEST_UNIT_MATH_ULP_H

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace snn::test {

/// What a function may give where the exact result is denormal.
enum class Underflow { Gradual, ToZero };

/// |computed - exact| in units of T's last place at `exact`; infinite if only one of them is NaN.
template <typename T, typename Exact> double ulpError(T computed, Exact exact, Underflow underflow) {
  using Limits = std::numeric_limits<T>;
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (std::isnan(computed) || std::isnan(exact))
    return std::isnan(computed) && std::isnan(exact) ? 0 : infinite;
  if (computed == exact)
    return 0;
  if (underflow == Underflow::ToZero && computed == 0 && std::abs(exact) < Limits::min())
    return 0;
  // Beyond the largest number stands the one that would follow it, on both sides.
  Exact beyond = std::ldexp(Exact(1), Limits::max_exponent);
  Exact value = std::clamp(Exact(computed), -beyond, beyond);
  exact = std::clamp(exact, -beyond, beyond);
  int exponent = exact == 0 ? Limits::min_exponent - 1 : std::ilogb(exact);
  exponent = std::clamp(exponent, Limits::min_exponent - 1, Limits::max_exponent - 1);
  Exact unit = std::ldexp(Exact(1), exponent - (Limits::digits - 1));
  return static_cast<double>(std::abs(value - exact) / unit);
}

struct WorstFloat {
  double ulp;
  size_t index; ///< meaningless if nothing exceeds `known`
};

/// The largest `ulpError` of `size` results, a multiple of 256, or `known` if none is larger. In vector code; `exact`
/// holds the results in double precision.
WorstFloat worstUlp(const float *computed, const double *exact, size_t size, Underflow underflow, double known);

} // namespace snn::test

#endif // SNN_TEST_UNIT_MATH_ULP_H
