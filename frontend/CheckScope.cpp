#include "frontend/CheckScope.h"

using namespace snn;
using llvm::StringRef;

// Two changes in a long name are a typing mistake; in a short one, another name.
NearestName::NearestName(StringRef name) : name(name), distance(name.size() < 2 ? 1 : name.size() < 6 ? 2 : 3) {}

void NearestName::consider(StringRef candidate) {
  unsigned changes = StringRef(name).equals_insensitive(candidate) ? 0 : StringRef(name).edit_distance(candidate, true, distance);
  if (changes < distance || (changes == distance && !nearest.empty() && candidate < nearest)) {
    nearest = candidate.str();
    distance = changes;
  }
}

std::string NearestName::hint() const { return nearest.empty() ? "" : ", did you mean `" + nearest + "`?"; }
