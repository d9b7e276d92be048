#include "frontend/Units.h"
#include "frontend/UnitTable.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <vector>

using namespace snn;

double Unit::scale() const {
  return tenPower.isInteger() ? toBaseUnits("1", *this) : std::pow(10.0, tenPower.toDouble());
}

static std::optional<Unit> prefixed(const NamedUnit &unit, std::string_view prefixSymbol) {
  Rational power = Rational(unit.siPower) - basePower(unit.dimension);
  if (prefixSymbol.empty())
    return Unit{unit.dimension, power};
  for (const Prefix &prefix : prefixTable())
    if (prefix.symbol == prefixSymbol && (unit.takesCenti || !prefix.onlyCommon))
      return Unit{unit.dimension, power + prefix.tenPower};
  return std::nullopt;
}

std::optional<Unit> snn::findUnit(std::string_view name) {
  for (const NamedUnit &unit : unitTable()) {
    if (!name.ends_with(unit.symbol))
      continue;
    if (std::optional<Unit> found = prefixed(unit, name.substr(0, name.size() - unit.symbol.size())))
      return found;
  }
  return std::nullopt;
}

bool snn::isUnitName(std::string_view name) { return name == "degC" || findUnit(name); }

Unit snn::productOf(std::span<const UnitFactor> factors) {
  Unit product;
  for (const UnitFactor &factor : factors) {
    std::optional<Unit> unit = findUnit(factor.name);
    assert(unit && "the caller has checked the names");
    product.dimension = product.dimension * unit->dimension.pow(factor.power);
    product.tenPower = product.tenPower + unit->tenPower * factor.power;
  }
  return product;
}

static double parseDecimal(std::string_view text) {
  double value = 0;
  if (text.starts_with('+'))
    text.remove_prefix(1);
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) // from_chars leaves the value alone: too large, or too small
    value = text.find("e-") != text.npos ? 0.0 : (text.starts_with('-') ? -HUGE_VAL : HUGE_VAL);
  return value;
}

/// The number behind the `e`; far beyond every double in its direction if it has too many digits.
static int parseExponent(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+'))
    text.remove_prefix(1);
  constexpr int beyond = 100000;
  int exponent = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || exponent > beyond)
    exponent = beyond;
  return negative ? -exponent : exponent;
}

double snn::toBaseUnits(std::string_view digits, const Unit &unit) {
  if (!unit.tenPower.isInteger())
    return parseDecimal(digits) * std::pow(10.0, unit.tenPower.toDouble());
  size_t mark = digits.find_first_of("eE");
  int exponent = mark == digits.npos ? 0 : parseExponent(digits.substr(mark + 1));
  return parseDecimal(std::string(digits.substr(0, mark)) + 'e' + std::to_string(exponent + unit.tenPower.numerator()));
}

double snn::toBaseUnits(double value, const Unit &unit) {
  char digits[32];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  return toBaseUnits(std::string_view(digits, size_t(end - digits)), unit);
}

double snn::kelvinFromCelsius(std::string_view digits) {
  long double celsius = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), celsius);
  return static_cast<double>(celsius + 273.15L);
}

/// `2`, `-1`, `0.5`
static std::optional<Rational> parseFraction(std::string_view text) {
  double value;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? Rational::fromDouble(value) : std::nullopt;
}

/// What stands behind a `^`: a decimal fraction, or `(1/3)`.
static std::optional<Rational> parsePower(std::string_view text) {
  if (!text.starts_with('(') || !text.ends_with(')'))
    return parseFraction(text);
  text = text.substr(1, text.size() - 2);
  size_t mark = text.find('/');
  std::optional<Rational> above = parseFraction(text.substr(0, mark));
  std::optional<Rational> below = mark == text.npos ? Rational(1) : parseFraction(text.substr(mark + 1));
  return above && below && *below != Rational(0) ? std::optional(*above / *below) : std::nullopt;
}

/// `cm^2`: a known name, and the power behind it.
static std::optional<UnitFactor> parseFactor(std::string_view text) {
  size_t mark = text.find('^');
  UnitFactor factor{text.substr(0, mark)};
  if (mark != text.npos) {
    std::optional<Rational> power = parsePower(text.substr(mark + 1));
    if (!power)
      return std::nullopt;
    factor.power = *power;
  }
  return findUnit(factor.name) ? std::optional(factor) : std::nullopt;
}

/// The end of the factor that `text` starts with: an operator that is not inside an exponent.
static size_t endOfFactor(std::string_view text) {
  size_t end = text.find_first_of("*/(");
  if (end != text.npos && text[end] == '(')
    end = text.find_first_of("*/", text.find(')', end));
  return end;
}

std::optional<Unit> snn::parseUnit(std::string_view text) {
  std::vector<UnitFactor> factors;
  bool divides = text.starts_with("/") || text.starts_with("1/"); // both begin below the line
  if (divides)
    text.remove_prefix(text.find('/') + 1);
  while (true) {
    size_t end = endOfFactor(text);
    std::optional<UnitFactor> factor = parseFactor(text.substr(0, end));
    if (!factor)
      return std::nullopt;
    if (divides)
      factor->power = -factor->power;
    factors.push_back(*factor);
    if (end == text.npos)
      return productOf(factors);
    divides = text[end] == '/';
    text.remove_prefix(end + 1);
  }
}

static void appendPower(std::string &text, std::string_view unit, Rational power) {
  if (power == Rational(0))
    return;
  bool below = power.numerator() < 0 && !text.empty();
  if (below)
    power = -power;
  if (!text.empty())
    text += below ? '/' : '*';
  text += unit;
  if (power != Rational(1))
    text += "^" + (power.isInteger() ? power.str() : "(" + power.str() + ")");
}

/// `dimension` as `unit` times one power of a base unit, such as nS/um^2; empty if it is not of that form.
static std::string asSimpleQuotient(const Dimension &dimension) {
  struct Named {
    const char *text;
    Dimension dimension;
  };
  static constexpr Named numerators[] = {
      {"1", Dimension::number()},       {"mV", Dimension::voltage()},     {"pA", Dimension::current()},
      {"nS", Dimension::conductance()}, {"pF", Dimension::capacitance()}, {"Gohm", Dimension::resistance()},
      {"ms", Dimension::time()},        {"um", Dimension::length()},
  };
  static constexpr Named others[] = {
      {"ms", Dimension::time()}, {"um", Dimension::length()}, {"mV", Dimension::voltage()}};
  for (const Named &numerator : numerators) {
    Dimension rest = dimension / numerator.dimension;
    if (rest.isNumber())
      return numerator.text;
    for (const Named &other : others)
      for (Rational power : {Rational(-1), Rational(-2), Rational(-3), Rational(-1, 2)})
        if (rest == other.dimension.pow(power)) {
          std::string text = numerator.text;
          appendPower(text, other.text, power);
          return text;
        }
  }
  return "";
}

std::string snn::baseUnitText(const Dimension &dimension) {
  if (dimension.isNumber())
    return "";
  std::string text = asSimpleQuotient(dimension);
  if (!text.empty())
    return text;
  // kg = mV pA ms^3 / um^2, so every dimension is a product of powers of the base units people know.
  Rational mass = dimension.exponent(Dimension::Mass);
  std::pair<std::string_view, Rational> factors[] = {
      {"mV", mass},
      {"pA", dimension.exponent(Dimension::Current) + mass},
      {"ms", dimension.exponent(Dimension::Time) + mass * 3},
      {"um", dimension.exponent(Dimension::Length) - mass * 2},
      {"K", dimension.exponent(Dimension::Temperature)},
      {"amol", dimension.exponent(Dimension::Amount)},
      {"cd", dimension.exponent(Dimension::LuminousIntensity)},
  };
  for (auto &[unit, power] : factors) // what stands above the line comes first
    if (power.numerator() > 0)
      appendPower(text, unit, power);
  if (text.empty())
    text = "1";
  for (auto &[unit, power] : factors)
    if (power.numerator() < 0)
      appendPower(text, unit, power);
  return text;
}

std::string snn::formatQuantity(double value, const UnitSpelling &unit) {
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%.10g", value / unit.scale);
  return unit.text.empty() ? buffer : std::string(buffer) + " " + unit.text;
}
