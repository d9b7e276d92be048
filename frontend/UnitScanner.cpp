#include "frontend/UnitScanner.h"

#include "llvm/ADT/StringExtras.h"

namespace snn {

llvm::StringRef leadingIdentifier(llvm::StringRef text) {
  if (text.empty() || !(llvm::isAlpha(text[0]) || text[0] == '_'))
    return {};
  return text.take_while([](char c) { return llvm::isAlnum(c) || c == '_'; });
}

/// `2`, `-1`, `0.5` at the start of `text`, perhaps empty.
static llvm::StringRef leadingDecimal(llvm::StringRef text) {
  llvm::StringRef rest = text;
  if (rest.starts_with("-") || rest.starts_with("+"))
    rest = rest.drop_front();
  llvm::StringRef digits = rest.take_while([](char c) { return llvm::isDigit(c) || c == '.'; });
  return digits.empty() ? llvm::StringRef() : llvm::StringRef(text.begin(), digits.end() - text.begin());
}

static std::optional<Rational> fractionOf(llvm::StringRef decimal) {
  double value;
  decimal.consume_front("+");
  if (decimal.empty() || decimal.size() > 20 || decimal.getAsDouble(value))
    return std::nullopt;
  return Rational::fromDouble(value);
}

/// Takes `2`, `-0.5` or `(1/3)` off the front of `text`.
static std::optional<Rational> takeExponent(llvm::StringRef &text) {
  if (!text.consume_front("(")) {
    llvm::StringRef decimal = leadingDecimal(text);
    text = text.drop_front(decimal.size());
    return fractionOf(decimal);
  }
  llvm::StringRef inside = text.take_until([](char c) { return c == ')' || c == '\n'; });
  text = text.drop_front(inside.size());
  text.consume_front(")");
  auto [above, below] = inside.split('/');
  std::optional<Rational> numerator = fractionOf(above.trim());
  std::optional<Rational> denominator = below.empty() ? Rational(1) : fractionOf(below.trim());
  if (!numerator || !denominator || *denominator == Rational(0))
    return std::nullopt;
  Rational exponent = *numerator / *denominator;
  return exponent.denominator() <= Rational::largestDenominator ? std::optional(exponent) : std::nullopt;
}

ScannedUnit scanUnit(llvm::StringRef text, llvm::function_ref<bool(llvm::StringRef)> isName) {
  ScannedUnit unit;
  llvm::StringRef rest = text;
  bool divides = rest.consume_front("/");
  while (true) {
    llvm::StringRef name = leadingIdentifier(rest);
    bool isOne = unit.factors.empty() && !divides && rest.starts_with("1/");
    if (isOne)
      name = rest.take_front(1);
    else if (name.empty() || !isName(name)) {
      // The very first name decides whether there is a unit at all; a later one was meant to belong to it.
      if (!unit.factors.empty() && !name.empty())
        unit.stray = llvm::StringRef(rest.begin() - 1, name.size() + 1);
      return unit;
    }

    ScannedFactor factor{name, name, 1};
    rest = rest.drop_front(name.size());
    if (rest.consume_front("^")) {
      llvm::StringRef before = rest;
      std::optional<Rational> power = takeExponent(rest);
      if (power)
        factor.power = *power;
      else
        unit.badExponent = llvm::StringRef(before.begin(), rest.begin() - before.begin());
      factor.text = llvm::StringRef(name.begin(), rest.begin() - name.begin());
    }
    if (divides)
      factor.power = -factor.power;
    unit.factors.push_back(factor);
    unit.text = llvm::StringRef(text.begin(), rest.begin() - text.begin());

    if (rest.starts_with("*="))
      return unit;
    divides = rest.starts_with("/");
    if (!divides && !rest.starts_with("*"))
      return unit;
    rest = rest.drop_front();
  }
}

} // namespace snn
