#include "frontend/Units.h"
#include "frontend/UnitTable.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

#include <charconv>
#include <cmath>
#include <cstdio>

using namespace snn;
using llvm::StringRef;

double Unit::scale() const {
  return tenPower.isInteger() ? toBaseUnits("1", *this) : std::pow(10.0, tenPower.toDouble());
}

static std::optional<Unit> prefixed(const NamedUnit &unit, StringRef prefixSymbol) {
  Rational power = Rational(unit.siPower) - basePower(unit.dimension);
  if (prefixSymbol.empty())
    return Unit{unit.dimension, power};
  for (const Prefix &prefix : prefixTable())
    if (prefix.symbol == prefixSymbol && (unit.takesCenti || !prefix.onlyCommon))
      return Unit{unit.dimension, power + prefix.tenPower};
  return std::nullopt;
}

std::optional<Unit> snn::findUnit(StringRef name) {
  for (const NamedUnit &unit : unitTable()) {
    StringRef rest = name;
    if (rest.consume_back(unit.symbol))
      if (std::optional<Unit> found = prefixed(unit, rest))
        return found;
  }
  return std::nullopt;
}

bool snn::isUnitName(StringRef name) { return name == "degC" || findUnit(name); }

Unit snn::productOf(llvm::ArrayRef<UnitFactor> factors) {
  Unit product;
  for (const UnitFactor &factor : factors) {
    std::optional<Unit> unit = findUnit(factor.name);
    assert(unit && "the caller has checked the names");
    product.dimension = product.dimension * unit->dimension.pow(factor.power);
    product.tenPower = product.tenPower + unit->tenPower * factor.power;
  }
  return product;
}

std::optional<std::string> snn::nearestUnitName(StringRef name) {
  std::string best;
  unsigned bestDistance = name.size() > 3 ? 3 : name.size() > 2 ? 2 : 1; // two other letters are another name
  auto consider = [&](const std::string &candidate) {
    // Upper and lower case are confused more often than letters: `mv`, `MS`.
    unsigned distance = name.equals_insensitive(candidate) ? 0 : name.edit_distance(candidate, true, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  };
  for (const NamedUnit &unit : unitTable()) {
    consider(unit.symbol);
    for (const Prefix &prefix : prefixTable())
      if (unit.takesCenti || !prefix.onlyCommon)
        consider(prefix.symbol + unit.symbol);
  }
  if (best.empty())
    return std::nullopt;
  return best;
}

static double parseDecimal(StringRef text) {
  double value = 0;
  text.consume_front("+");
  auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  if (error == std::errc::result_out_of_range) // from_chars leaves the value alone: too large, or too small
    value = text.contains("e-") ? 0.0 : (text.starts_with("-") ? -HUGE_VAL : HUGE_VAL);
  return value;
}

double snn::toBaseUnits(StringRef digits, const Unit &unit) {
  if (!unit.tenPower.isInteger())
    return parseDecimal(digits) * std::pow(10.0, unit.tenPower.toDouble());
  size_t mark = digits.find_first_of("eE");
  int exponent = 0;
  if (mark != StringRef::npos) {
    StringRef written = digits.substr(mark + 1);
    bool negative = written.starts_with("-");
    written = written.ltrim("+-");
    if (written.getAsInteger(10, exponent) || exponent > 100000)
      exponent = 100000; // beyond every double in either direction
    exponent = negative ? -exponent : exponent;
  }
  llvm::SmallString<40> text(digits.take_front(mark));
  text += 'e';
  text += llvm::itostr(exponent + unit.tenPower.numerator());
  return parseDecimal(text);
}

double snn::kelvinFromCelsius(StringRef digits) {
  long double celsius = 0;
  std::from_chars(digits.begin(), digits.end(), celsius);
  return static_cast<double>(celsius + 273.15L);
}

static void appendPower(std::string &text, StringRef unit, Rational power) {
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
  std::pair<StringRef, Rational> factors[] = {
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
