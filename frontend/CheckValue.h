// What the checker knows about an expression: its node in the model, its dimension and the unit to show it in.

#ifndef SNN_FRONTEND_CHECKVALUE_H
#define SNN_FRONTEND_CHECKVALUE_H

#include "frontend/Model.h"

#include <optional>

namespace snn {

/// A dimension inside a definition: `known` times a power of the dimension of the definition's `weight` (in an output:
/// of its `input g`), which each projection fixes anew.
struct DimensionTerm {
  Dimension known;
  Rational weightPower = 0;

  DimensionTerm() = default;
  DimensionTerm(const Dimension &known, Rational weightPower = 0) : known(known), weightPower(weightPower) {}

  bool isNumber() const { return known.isNumber() && weightPower == Rational(0); }
  DimensionTerm pow(Rational power) const { return {known.pow(power), weightPower * power}; }
  /// With the weight's dimension put in.
  Dimension with(const Dimension &weight) const { return known * weight.pow(weightPower); }

  friend bool operator==(const DimensionTerm &, const DimensionTerm &) = default;
  friend DimensionTerm operator*(const DimensionTerm &a, const DimensionTerm &b) {
    return {a.known * b.known, a.weightPower + b.weightPower};
  }
  friend DimensionTerm operator/(const DimensionTerm &a, const DimensionTerm &b) {
    return {a.known / b.known, a.weightPower - b.weightPower};
  }
};

/// The one unknown of a definition. Comparing two terms may determine it: `state g = 0 nS` with `g += w` makes the
/// weight a conductance.
class WeightDimension {
public:
  std::string name; ///< of the weight or input, for messages; empty where the definition has none

  /// Makes the two terms equal, if that is possible.
  bool unify(const DimensionTerm &a, const DimensionTerm &b);
  /// `term` with the unknown put in where it has been determined.
  DimensionTerm resolve(const DimensionTerm &term) const;
  /// `term` as a noun phrase: "a voltage", "in mV/ms", "in `w*mV`".
  std::string describe(const DimensionTerm &term) const;

  const std::optional<Dimension> &solution() const { return solved; }

private:
  std::optional<Dimension> solved;
};

/// A checked expression. Without `expr` it is in error, the error has been reported, and whoever uses it stays silent.
struct Value {
  const model::Expr *expr = nullptr;
  DimensionTerm dimension;
  UnitSpelling unit;           ///< the author's where it can be told, else empty
  bool fitsEverything = false; ///< the literal `0`
  unsigned size = 1;           ///< nodes, counting shared ones as often as they are used
  unsigned height = 1;         ///< nodes one below the other

  explicit operator bool() const { return expr != nullptr; }
  bool isTruth() const { return expr && expr->isTruth; }
};

} // namespace snn

#endif // SNN_FRONTEND_CHECKVALUE_H
