#include "compiler/tools/snnc/UnitText.h"

#include "llvm/ADT/SmallVector.h"

namespace snn::tool {

/// `cm^2`: a known name, and the power behind it.
static std::optional<UnitFactor> parseFactor(llvm::StringRef text) {
  auto [name, exponent] = text.split('^');
  UnitFactor factor{name};
  if (text.contains('^')) {
    double power;
    if (exponent.getAsDouble(power))
      return std::nullopt;
    std::optional<Rational> rational = Rational::fromDouble(power);
    if (!rational)
      return std::nullopt;
    factor.power = *rational;
  }
  return findUnit(name) ? std::optional(factor) : std::nullopt;
}

std::optional<Unit> parseUnitText(llvm::StringRef text) {
  llvm::SmallVector<UnitFactor> factors;
  // `1/ms` and `/ms` are the same.
  bool divides = text.starts_with("/") || text.starts_with("1/");
  if (divides)
    text = text.substr(text.find('/') + 1);
  while (true) {
    size_t end = text.find_first_of("*/");
    std::optional<UnitFactor> factor = parseFactor(text.substr(0, end));
    if (!factor)
      return std::nullopt;
    if (divides)
      factor->power = -factor->power;
    factors.push_back(*factor);
    if (end == llvm::StringRef::npos)
      return productOf(factors);
    divides = text[end] == '/';
    text = text.substr(end + 1);
  }
}

} // namespace snn::tool
