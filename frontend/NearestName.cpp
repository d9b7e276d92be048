#include "frontend/NearestName.h"

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
  if (changes == distance && !nearest.empty() && candidate != nearest) {
    isUnique = false;
    nearest = std::min(nearest, candidate.str()); // the same whatever the order
  } else if (changes < distance) {
    isUnique = true;
    nearest = candidate.str();
    distance = changes;
  }
}

// In a name of one or two letters, one slip makes any other.
bool NearestName::isCertain() const { return isUnique && distance <= 1 && nearest.size() > 2; }

std::string NearestName::hint() const { return nearest.empty() ? "" : ", did you mean `" + nearest + "`?"; }
