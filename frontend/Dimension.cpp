#include "frontend/Dimension.h"
#include "frontend/UnitTable.h"
#include "frontend/Units.h"

#include <cmath>

using namespace snn;

std::optional<Rational> Rational::fromDouble(double value) {
  for (int64_t denominator = 1; denominator <= largestDenominator; ++denominator) {
    double numerator = std::round(value * denominator);
    if (std::abs(numerator) <= INT16_MAX && numerator / denominator == value)
      return Rational(int64_t(numerator), denominator);
  }
  return std::nullopt;
}

std::string Rational::str() const {
  return den == 1 ? std::to_string(num) : std::to_string(num) + "/" + std::to_string(den);
}

std::optional<Dimension> snn::dimensionNamed(const std::string &name) {
  for (const NamedDimension &named : dimensionTable())
    if (name == named.name)
      return named.dimension;
  return std::nullopt;
}

static const char *nameOf(const Dimension &dimension) {
  for (const NamedDimension &named : dimensionTable())
    if (dimension == named.dimension)
      return named.name;
  return nullptr;
}

std::string Dimension::str() const {
  const char *name = nameOf(*this);
  return name ? name : baseUnitText(*this);
}

std::string Dimension::describe() const {
  const char *name = nameOf(*this);
  if (!name)
    return "in " + baseUnitText(*this);
  bool vowel = std::string("aeiou").find(name[0]) != std::string::npos;
  return std::string(vowel ? "an " : "a ") + name;
}
