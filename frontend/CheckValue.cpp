#include "frontend/CheckValue.h"

using namespace snn;

bool WeightDimension::unify(const DimensionTerm &a, const DimensionTerm &b) {
  DimensionTerm left = resolve(a), right = resolve(b);
  if (left == right)
    return true;
  Rational power = left.weightPower - right.weightPower;
  if (power == Rational(0))
    return false;
  solved = (right.known / left.known).pow(Rational(1) / power);
  return true;
}

DimensionTerm WeightDimension::resolve(const DimensionTerm &term) const {
  return solved ? DimensionTerm(term.with(*solved)) : term;
}

std::string WeightDimension::describe(const DimensionTerm &unresolved) const {
  DimensionTerm term = resolve(unresolved);
  if (term.weightPower == Rational(0))
    return term.known.describe();
  std::string text = name;
  if (term.weightPower != Rational(1))
    text += "^" + term.weightPower.str();
  std::string unit = baseUnitText(term.known);
  if (!unit.empty())
    text += unit.starts_with("1/") ? unit.substr(1) : "*" + unit;
  return "of the dimension of `" + text + "`";
}
