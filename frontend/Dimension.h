// Physical dimensions: seven exact exponents, as in the SI.
//
// Exponents are rational, because noise has the dimension time^-1/2. Everything here is constexpr; the named dimensions
// are proved equal to those of Boost.Units in UnitTable.cpp.

#ifndef SNN_FRONTEND_DIMENSION_H
#define SNN_FRONTEND_DIMENSION_H

#include <array>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>

namespace snn {

/// An exact small fraction in lowest terms with a positive denominator. Results that do not fit saturate; exponents of
/// that size mean nothing in a model, so it is enough that they stay unequal to the ones that do.
class Rational {
public:
  constexpr Rational() = default;
  constexpr Rational(int value) : num(clamp(value)) {}
  /// `denominator` must not be zero.
  constexpr Rational(int64_t numerator, int64_t denominator)
      : num(clamp(numerator / divisor(numerator, denominator))),
        den(clamp(denominator / divisor(numerator, denominator))) {}

  /// Of an exponent that stands in a source.
  static constexpr int largestDenominator = 12;

  /// The fraction with a denominator up to `largestDenominator` that is `value`, or nothing if there is none.
  static std::optional<Rational> fromDouble(double value);

  constexpr int numerator() const { return num; }
  constexpr int denominator() const { return den; }
  constexpr bool isInteger() const { return den == 1; }
  constexpr double toDouble() const { return double(num) / den; }

  /// "3", "-1" or "1/2".
  std::string str() const;

  friend constexpr bool operator==(Rational, Rational) = default;
  friend constexpr Rational operator-(Rational a) { return Rational(-int64_t(a.num), a.den); }
  friend constexpr Rational operator+(Rational a, Rational b) {
    return Rational(int64_t(a.num) * b.den + int64_t(b.num) * a.den, int64_t(a.den) * b.den);
  }
  friend constexpr Rational operator-(Rational a, Rational b) { return a + -b; }
  friend constexpr Rational operator*(Rational a, Rational b) {
    return Rational(int64_t(a.num) * b.num, int64_t(a.den) * b.den);
  }
  /// `b` must not be zero.
  friend constexpr Rational operator/(Rational a, Rational b) {
    return Rational(int64_t(a.num) * b.den, int64_t(a.den) * b.num);
  }

private:
  /// Takes the denominator's sign, so that what is left of it is positive.
  static constexpr int64_t divisor(int64_t numerator, int64_t denominator) {
    int64_t divisor = std::gcd(numerator, denominator);
    return denominator < 0 ? -divisor : divisor;
  }
  static constexpr int16_t clamp(int64_t value) {
    return int16_t(value > INT16_MAX ? INT16_MAX : value < -INT16_MAX ? -INT16_MAX : value);
  }
  int16_t num = 0, den = 1;
};

/// The dimension of a quantity: a product of powers of the seven SI base dimensions.
class Dimension {
public:
  enum Base { Length, Mass, Time, Current, Temperature, Amount, LuminousIntensity };
  static constexpr unsigned numBases = 7;

private:
  using Exponents = std::array<Rational, numBases>;
  constexpr explicit Dimension(const Exponents &exponents) : exponents(exponents) {}

  /// Without a loop over a default-initialised array, which g++ 12 cannot evaluate in a constant expression; and in front
  /// of its uses, without which clang cannot.
  template <typename F> static constexpr Dimension perBase(F power) {
    return Dimension(Exponents{power(0), power(1), power(2), power(3), power(4), power(5), power(6)});
  }

public:
  /// The dimension of a plain number.
  constexpr Dimension() : Dimension(perBase([](unsigned) { return Rational(); })) {}
  constexpr explicit Dimension(Base only, Rational exponent = 1)
      : Dimension(perBase([&](unsigned base) { return base == only ? exponent : Rational(); })) {}

  static constexpr Dimension number() { return {}; }
  static constexpr Dimension length() { return Dimension(Length); }
  static constexpr Dimension mass() { return Dimension(Mass); }
  static constexpr Dimension time() { return Dimension(Time); }
  static constexpr Dimension current() { return Dimension(Current); }
  static constexpr Dimension temperature() { return Dimension(Temperature); }
  static constexpr Dimension amount() { return Dimension(Amount); }
  static constexpr Dimension frequency() { return number() / time(); }
  static constexpr Dimension charge() { return current() * time(); }
  static constexpr Dimension energy() { return mass() * length() * length() / time() / time(); }
  static constexpr Dimension voltage() { return energy() / charge(); }
  static constexpr Dimension resistance() { return voltage() / current(); }
  static constexpr Dimension conductance() { return current() / voltage(); }
  static constexpr Dimension capacitance() { return charge() / voltage(); }

  constexpr Rational exponent(Base base) const { return exponents[base]; }
  constexpr bool isNumber() const { return *this == Dimension(); }

  constexpr Dimension pow(Rational power) const {
    return perBase([&](unsigned base) { return exponents[base] * power; });
  }

  friend constexpr bool operator==(const Dimension &, const Dimension &) = default;
  friend constexpr Dimension operator*(const Dimension &a, const Dimension &b) {
    return perBase([&](unsigned base) { return a.exponents[base] + b.exponents[base]; });
  }
  friend constexpr Dimension operator/(const Dimension &a, const Dimension &b) { return a * b.pow(-1); }

  /// The name a declaration uses ("voltage"), or else a product of units ("mV/ms").
  std::string str() const;
  /// `str()` as a noun phrase: "a voltage", "a number", "in mV/ms".
  std::string describe() const;

private:
  Exponents exponents;
};

/// The dimension called `name` in declarations (`voltage`, `current`, ..., `number`), or nothing.
std::optional<Dimension> dimensionNamed(const std::string &name);

} // namespace snn

#endif // SNN_FRONTEND_DIMENSION_H
