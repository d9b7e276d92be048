// A typing mistake in a unit, for the front end's messages.

#include "frontend/UnitTable.h"
#include "frontend/Units.h"

#include "llvm/ADT/StringRef.h"

using namespace snn;

std::optional<std::string> snn::nearestUnitName(std::string_view wanted) {
  llvm::StringRef name = wanted;
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
