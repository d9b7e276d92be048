// "Did you mean": the known name that a typing mistake could have turned into an unknown one.

#ifndef SNN_FRONTEND_NEARESTNAME_H
#define SNN_FRONTEND_NEARESTNAME_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace snn {

class NearestName {
public:
  explicit NearestName(llvm::StringRef name);
  void consider(llvm::StringRef candidate);
  /// Considers a name that nothing else in the text uses: it is the likelier to be meant, even if it is a short one.
  void considerUnused(llvm::StringRef candidate);
  /// ", did you mean `V_th`?", or nothing.
  std::string hint() const;
  llvm::StringRef best() const { return unused.empty() ? nearest : unused; }
  /// True if `best()` is a name that nothing else uses.
  bool isUnused() const { return !unused.empty(); }
  /// True if the name is one slip away from `best()` and from nothing else: what was meant is then certain.
  bool isCertain() const;

private:
  unsigned changesTo(llvm::StringRef candidate, unsigned limit) const;

  /// Comparing two names takes the product of their lengths; nobody mistypes one character of hundred.
  static constexpr size_t longestCompared = 100;

  std::string name;
  std::string nearest;
  unsigned distance;
  std::string unused;
  unsigned unusedDistance;
  bool isUnique = false;
};

} // namespace snn

#endif // SNN_FRONTEND_NEARESTNAME_H
