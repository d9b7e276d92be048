// The tables of named dimensions, units, prefixes and physical constants. Their contents come from Boost.Units.

#ifndef SNN_FRONTEND_UNITTABLE_H
#define SNN_FRONTEND_UNITTABLE_H

#include "frontend/Dimension.h"

#include <span>
#include <string>

namespace snn {

/// A dimension a declaration can name.
struct NamedDimension {
  const char *name;
  Dimension dimension;
};

/// A unit without prefix. One of it is 10^siPower of the coherent SI unit of its dimension.
struct NamedUnit {
  std::string symbol;
  Dimension dimension;
  int siPower;
  bool takesCenti; ///< `cm` and `dl` are in use, `cV` is not
};

struct Prefix {
  std::string symbol;
  int tenPower;
  bool onlyCommon; ///< centi and deci: for units that have `takesCenti`
};

std::span<const NamedDimension> dimensionTable();
std::span<const NamedUnit> unitTable();
std::span<const Prefix> prefixTable();

/// 10^basePower is the size in SI of the base unit of `dimension`: -3 for a time, since times are in ms.
Rational basePower(const Dimension &dimension);

} // namespace snn

#endif // SNN_FRONTEND_UNITTABLE_H
