// What names mean in an expression. It is checked against a list of scopes, of which the first that knows a name wins.

#ifndef SNN_FRONTEND_CHECKSCOPE_H
#define SNN_FRONTEND_CHECKSCOPE_H

#include "frontend/CheckValue.h"

#include "llvm/ADT/StringMap.h"

#include <functional>

namespace snn {

/// Names, and how each is turned into a value where it is used. Resolution is lazy, so the order of declarations does
/// not matter.
class Scope {
public:
  /// Makes the value of a name that stands at `range`.
  using Resolver = std::function<Value(llvm::SMRange range)>;
  /// Makes the value of `base.member`; nothing if there is no such member.
  using MemberResolver = std::function<std::optional<Value>(llvm::StringRef member, llvm::SMRange range)>;

  void add(llvm::StringRef name, Resolver resolver) { names[name] = std::move(resolver); }
  void addMembers(llvm::StringRef base, MemberResolver resolver) { bases[base] = std::move(resolver); }

  const Resolver *find(llvm::StringRef name) const {
    auto found = names.find(name);
    return found == names.end() ? nullptr : &found->second;
  }
  const MemberResolver *findMembers(llvm::StringRef base) const {
    auto found = bases.find(base);
    return found == bases.end() ? nullptr : &found->second;
  }
  const llvm::StringMap<Resolver> &all() const { return names; }

  /// Part of the text of the scope could not be parsed, so a missing name may be the parser's loss.
  bool incomplete = false;

private:
  llvm::StringMap<Resolver> names;
  llvm::StringMap<MemberResolver> bases;
};

using ScopeList = llvm::SmallVector<const Scope *, 4>;

/// The known name that a typing mistake could have turned into `name`.
class NearestName {
public:
  explicit NearestName(llvm::StringRef name);
  void consider(llvm::StringRef candidate);
  /// ", did you mean `V_th`?", or nothing.
  std::string hint() const;
  llvm::StringRef best() const { return nearest; }

private:
  /// Comparing two names takes the product of their lengths; nobody mistypes one character of hundred.
  static constexpr size_t longestCompared = 100;

  std::string name;
  std::string nearest;
  unsigned distance;
};

} // namespace snn

#endif // SNN_FRONTEND_CHECKSCOPE_H
