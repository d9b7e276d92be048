// What names mean in an expression. It is checked against a list of scopes, of which the first that knows a name wins.

#ifndef SNN_FRONTEND_CHECKSCOPE_H
#define SNN_FRONTEND_CHECKSCOPE_H

#include "frontend/CheckValue.h"
#include "frontend/NearestName.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

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

  /// `declaration` is where a note may point to; invalid: nowhere in a file.
  void add(llvm::StringRef name, Resolver resolver, llvm::SMRange declaration = {}) {
    names[name] = std::move(resolver);
    declarations[name] = declaration;
  }
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
  llvm::SMRange declarationOf(llvm::StringRef name) const { return declarations.lookup(name); }

  /// Notes that `name` is unknown in an expression that sees this scope first. False if that has been noted before:
  /// one misspelt declaration makes many uses unknown, and one of them is worth a report.
  bool isFirstUnknown(llvm::StringRef name) const { return unknown.insert(name).second; }

  /// What a use of the unknown `name` may have meant: every name, those before the others that `text` has only once.
  void considerAll(NearestName &nearest) const;

  /// Where the names are declared and used; empty: not in one place.
  llvm::StringRef text;

  /// Part of the text of the scope could not be parsed, so a missing name may be the parser's loss.
  bool incomplete = false;

private:
  llvm::StringMap<Resolver> names;
  llvm::StringMap<llvm::SMRange> declarations;
  mutable llvm::StringSet<> unknown;
  mutable llvm::StringMap<unsigned> words; ///< of `text`, how often each; made when first needed
  llvm::StringMap<MemberResolver> bases;
};

using ScopeList = llvm::SmallVector<const Scope *, 4>;

} // namespace snn

#endif // SNN_FRONTEND_CHECKSCOPE_H
