#include "frontend/CheckScope.h"

using namespace snn;
using llvm::StringRef;

// Two changes in a long name are a typing mistake; in a short one, another name.
NearestName::NearestName(StringRef name) : name(name), distance(name.size() < 2 ? 1 : name.size() < 6 ? 2 : 3) {}

/// `tua` for `tau`: one slip of the fingers, though two edits.
static bool isTransposed(StringRef a, StringRef b) {
  if (a.size() != b.size())
    return false;
  size_t first = std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin();
  return first + 1 < a.size() && a[first] == b[first + 1] && a[first + 1] == b[first] &&
         a.substr(first + 2) == b.substr(first + 2);
}

void NearestName::consider(StringRef candidate) {
  if (name.size() > longestCompared || candidate.size() > longestCompared)
    return;
  unsigned changes = StringRef(name).equals_insensitive(candidate) ? 0
                     : isTransposed(name, candidate)               ? 1
                                                     : StringRef(name).edit_distance(candidate, true, distance);
  if (changes < distance || (changes == distance && !nearest.empty() && candidate < nearest)) {
    nearest = candidate.str();
    distance = changes;
  }
}

std::string NearestName::hint() const { return nearest.empty() ? "" : ", did you mean `" + nearest + "`?"; }
