#include "ElementaryFunctions.h"

#include <bit>
#include <cmath>
#include <iterator>
#include <limits>

namespace snn::runtime {

// log 2 in two parts: k times the first is exact for every exponent k.
static constexpr double log2High = 0x1.62e42fefa38p-1;
static constexpr double log2Low = 0x1.ef35793c7673p-45;

/// Coefficients of (artanh(s)/s - 1)/s^2 in powers of s^2.
static constexpr double artanhSeries[] = {1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11, 1.0 / 13,
                                          1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23};

/// Coefficients of (e^r - 1 - r)/r^2: 1/n! from n = 2.
static constexpr double exponentialSeries[] = {
    1.0 / 2,      1.0 / 6,       1.0 / 24,       1.0 / 120,       1.0 / 720,        1.0 / 5040,       1.0 / 40320,
    1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800, 1.0 / 87178291200};

/// A polynomial as two shorter ones in x^2, which the processor evaluates side by side.
template <int n> static double polynomial(const double (&coefficients)[n], double x) {
  double square = x * x, even = 0, odd = 0;
#pragma GCC unroll 16
  for (int i = n - 1; i >= 0; --i) {
    double &part = i % 2 == 0 ? even : odd;
    part = part * square + coefficients[i];
  }
  return even + odd * x;
}

double logarithm(double x) {
  // x = 2^k m with m in [sqrt 1/2, sqrt 2), and log m = 2 artanh(s), s = (m - 1)/(m + 1), |s| < 0.172.
  uint64_t bits = std::bit_cast<uint64_t>(x);
  uint64_t shifted = bits + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  int k = int(shifted >> 52) - 1023;
  double m = std::bit_cast<double>((shifted & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd);
  double f = m - 1; // exact
  double s = f / (2 + f);
  double z = s * s;
  double series = polynomial(artanhSeries, z);
  // 2 s = f - s f, so that the leading term is exact.
  double correction = s * (2 * z * series - f);
  return k * log2High + (f + (correction + k * log2Low));
}

double exponential(double x) {
  if (x > 709.782712893384)
    return std::numeric_limits<double>::infinity();
  if (!(x > -708.3964185322641))
    return x < 0 ? 0 : x;
  // x = k log 2 + r, |r| <= log 2 / 2. Adding 1.5 * 2^52 rounds to the nearest whole number.
  constexpr double roundingShift = 0x1.8p52;
  double k = (x * 1.4426950408889634 + roundingShift) - roundingShift;
  double high = x - k * log2High;
  double r = high - k * log2Low;
  double result = 1 + (r + r * r * polynomial(exponentialSeries, r));
  // 2^k in two factors: k = 1024 has no double of its own.
  int half = int(k) / 2, rest = int(k) - half;
  auto power = [](int e) { return std::bit_cast<double>(uint64_t(e + 1023) << 52); };
  return result * power(half) * power(rest);
}

double logFactorial(uint64_t n) {
  if (n < 2)
    return 0;
  if (n <= 22) {
    double factorial = 1; // exact up to 22!
    for (uint64_t i = 2; i <= n; ++i)
      factorial *= double(i);
    return logarithm(factorial);
  }
  // Stirling's series; the first term left out is below 1e-16 of the sum.
  double x = double(n), square = 1 / (x * x);
  double series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188)))) / x;
  constexpr double halfLogTwoPi = 0.91893853320467274178;
  return (x + 0.5) * logarithm(x) - x + (halfLogTwoPi + series);
}

double inverseNormal(double p) {
  static constexpr double a[] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                 3.3430575583588128105e4, 2.5090809287301226727e3};
  static constexpr double b[] = {1,
                                 4.2313330701600911252e1,
                                 6.8718700749205790830e2,
                                 5.3941960214247511077e3,
                                 2.1213794301586595867e4,
                                 3.9307895800092710610e4,
                                 2.8729085735721942674e4,
                                 5.2264952788528545610e3};
  static constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                 3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr double d[] = {1,
                                 2.05319162663775882187e0,
                                 1.67638483018380384940e0,
                                 6.89767334985100004550e-1,
                                 1.48103976427480074590e-1,
                                 1.51986665636164571966e-2,
                                 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9};
  static constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr double f[] = {1,
                                 5.99832206555887937690e-1,
                                 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4,
                                 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};
  double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    double r = 0.180625 - q * q;
    return q * polynomial(a, r) / polynomial(b, r);
  }
  double r = std::sqrt(-logarithm(q < 0 ? p : 1 - p));
  double x = r <= 5 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6) : polynomial(e, r - 5) / polynomial(f, r - 5);
  return q < 0 ? -x : x;
}

} // namespace snn::runtime
