// Units as a modeller writes them, and their exact size in base units.
//
// Base units are ms, mV, pA and um; mass (1e-12 kg) and amount (1e-18 mol) are chosen so that nS, pF, GOhm, 1/ms and mM
// follow with factor one. Every unit is a power of ten of the base unit of its dimension, so a literal is converted by
// changing its decimal exponent and rounding once: `0.1 ms` is the double nearest to 0.1, `20 mA` is 2e10.
//
// The runtime reads the units of a host with the same code, so nothing here knows LLVM.

#ifndef SNN_FRONTEND_UNITS_H
#define SNN_FRONTEND_UNITS_H

#include "frontend/Dimension.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace snn {

/// A unit as the author wrote it, and its size in base units: "mA", 1e9.
struct UnitSpelling {
  std::string text; ///< empty for a plain number
  double scale = 1;
};

/// A unit name with its power, as in `cm^2`.
struct UnitFactor {
  std::string_view name;
  Rational power = 1;
};

/// What a unit means: one of it is 10^tenPower base units of its dimension.
struct Unit {
  Dimension dimension;
  Rational tenPower = 0; ///< fractional only for powers such as `s^0.5`

  double scale() const;
};

/// True for `mV`, `kHz`, `cm`, ... and for `degC`, which stands only as a whole absolute literal.
bool isUnitName(std::string_view name);

/// The unit called `name`, or nothing. `degC` is not among them.
std::optional<Unit> findUnit(std::string_view name);

/// The unit spelled `text` outside a `.snn` file ("mV", "nS/cm^2", "/ms", "1/ms", "mV/ms^0.5"), or nothing if it is none.
/// Empty text is none either.
std::optional<Unit> parseUnit(std::string_view text);

/// The product of `factors`, all of which must be known to `findUnit`.
Unit productOf(std::span<const UnitFactor> factors);

/// A known unit name that a typing mistake could have turned into `name`: "mV" for "mv"; or nothing.
std::optional<std::string> nearestUnitName(std::string_view name);

/// The value in base units of the decimal literal `digits` (as in the source: "-60", ".5", "1e-3") in `unit`,
/// correctly rounded.
double toBaseUnits(std::string_view digits, const Unit &unit);

/// The same of a number that is at hand as a double: that of its shortest decimal form.
double toBaseUnits(double value, const Unit &unit);

/// A literal of degrees Celsius in kelvin.
double kelvinFromCelsius(std::string_view digits);

/// The base unit of `dimension` as text: "mV", "nS", "1/ms", "mV/ms"; empty for a number.
std::string baseUnitText(const Dimension &dimension);

/// A value in base units as its author would write it: "20 mV", "0.5". Enough digits to tell values apart in a message.
std::string formatQuantity(double value, const UnitSpelling &unit);

} // namespace snn

#endif // SNN_FRONTEND_UNITS_H
