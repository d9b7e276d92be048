#include "frontend/NearestName.h"

using namespace snn;
using llvm::StringRef;

// Two changes in a long name are a typing mistake; in a short one, another name.
static unsigned tooMany(StringRef name) { return name.size() < 2 ? 1 : name.size() < 6 ? 2 : 3; }

NearestName::NearestName(StringRef name) : name(name), distance(tooMany(name)), unusedDistance(std::max(tooMany(name), 2u)) {}

/// `tua` for `tau`: one slip of the fingers, though two edits.
static bool isTransposed(StringRef a, StringRef b) {
  if (a.size() != b.size())
    return false;
  size_t first = std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin();
  return first + 1 < a.size() && a[first] == b[first + 1] && a[first + 1] == b[first] &&
         a.substr(first + 2) == b.substr(first + 2);
}

/// How many slips make one name of the other, or a number above `limit`.
unsigned NearestName::changesTo(StringRef candidate, unsigned limit) const {
  if (name.size() > longestCompared || candidate.size() > longestCompared)
    return limit + 1;
  if (StringRef(name).equals_insensitive(candidate))
    return 0;
  return isTransposed(name, candidate) ? 1 : StringRef(name).edit_distance(candidate, true, limit);
}

/// One letter in place of another is another name.
static bool isAlikeAtAll(StringRef a, StringRef b) { return a.size() > 1 || b.size() > 1; }

void NearestName::considerUnused(StringRef candidate) {
  unsigned changes = changesTo(candidate, unusedDistance);
  if (changes < unusedDistance && isAlikeAtAll(name, candidate)) {
    unused = candidate.str();
    unusedDistance = changes;
  }
}

void NearestName::consider(StringRef candidate) {
  unsigned changes = changesTo(candidate, distance);
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
bool NearestName::isCertain() const {
  return isUnique && distance <= 1 && nearest.size() > 2 && (unused.empty() || unused == nearest);
}

std::string NearestName::hint() const { return best().empty() ? "" : ", did you mean `" + best().str() + "`?"; }
