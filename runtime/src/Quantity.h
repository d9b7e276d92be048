// Values of a host in units of its own.

#ifndef SNN_RUNTIME_QUANTITY_H
#define SNN_RUNTIME_QUANTITY_H

#include <string>

namespace snn::runtime {

/// What a value is given to, and the unit the model's author gives it in ("" for a number).
struct Declared {
  const char *name, *unit;
};

/// The value in base units of `value` in `unit`, exactly as if the author had written it. Throws a `Failure`
/// (SNN_WRONG_VALUE) that names both dimensions where they differ.
double toBase(const Declared &declared, double value, const char *unit);

/// base = value * numerator / denominator: `toBase` for arrays, one rounding away from it. degC is refused.
struct Conversion {
  double numerator = 1, denominator = 1;

  double toBase(double value) const { return value * numerator / denominator; }
  double fromBase(double value) const { return value * denominator / numerator; }
};
Conversion conversion(const Declared &declared, const char *unit);

} // namespace snn::runtime

#endif // SNN_RUNTIME_QUANTITY_H
