#include "Quantity.h"

#include "Failure.h"

#include "frontend/Units.h"

#include <charconv>
#include <cmath>
#include <string_view>

namespace snn::runtime {

static std::string written(double value, std::string_view unit) {
  char digits[32];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  return std::string(digits, end) + (unit.empty() ? "" : " ") + std::string(unit);
}

static Dimension dimensionOf(const Declared &declared) {
  std::optional<Unit> unit = parseUnit(declared.unit);
  return unit ? unit->dimension : Dimension::number();
}

/// The meaning of `unit`, which must fit. `text` is the quantity as the host gave it, for messages.
static Unit fittingUnit(const Declared &declared, std::string_view unit, const std::string &text) {
  Dimension wanted = dimensionOf(declared);
  if (unit.empty()) {
    if (!wanted.isNumber())
      fail(SNN_WRONG_VALUE, "`%s` is %s and needs a unit; the model gives it in %s", declared.name,
           wanted.describe().c_str(), declared.unit);
    return {};
  }
  std::optional<Unit> given = parseUnit(unit);
  if (!given)
    fail(SNN_WRONG_VALUE, "`%s` is not a unit", std::string(unit).c_str());
  if (given->dimension != wanted)
    fail(SNN_WRONG_VALUE, "`%s` is %s, but `%s` is %s", declared.name, wanted.describe().c_str(), text.c_str(),
         given->dimension.describe().c_str());
  return *given;
}

double toBase(const Declared &declared, double value, const char *unitText) {
  std::string_view unit = unitText ? unitText : "";
  if (unit == "degC" && dimensionOf(declared) == Dimension::temperature())
    return kelvinFromCelsius(written(value, ""));
  return toBaseUnits(value, fittingUnit(declared, unit, written(value, unit)));
}

Conversion conversion(const Declared &declared, const char *unitText) {
  std::string_view unit = unitText ? unitText : "";
  Rational power = fittingUnit(declared, unit, std::string(unit)).tenPower;
  return power.numerator() < 0 ? Conversion{1, std::pow(10.0, -power.toDouble())}
                               : Conversion{std::pow(10.0, power.toDouble()), 1};
}

} // namespace snn::runtime
