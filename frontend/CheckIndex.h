// Index sets, and the copies of what a `for` declares: one for every member, or every combination of members.
//
// A member is known by its name alone, so that `index excitatory = L23E, L4E` lists some members of
// `index layer = L23E, L23I, L4E, L4I`. What stands in a `for` is checked once for every copy, with the bound names in a scope of
// their own in front of the network's.

#ifndef SNN_FRONTEND_CHECKINDEX_H
#define SNN_FRONTEND_CHECKINDEX_H

#include "frontend/ASTExpr.h"
#include "frontend/CheckScope.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>

namespace snn {

class CheckContext;

/// `index layer = L23E, L23I`
struct IndexSet {
  llvm::StringRef name;
  std::vector<llvm::StringRef> members; ///< in the order of the text
  llvm::StringMap<unsigned> positions;  ///< of each member
  const llvm::StringSet<> *allMembers;  ///< of every index set of the network
  llvm::SMRange range;

  /// Where `member` is in the set; nothing if it is not.
  std::optional<unsigned> position(llvm::StringRef member) const;
};

/// A name and the member that it stands for.
struct BoundMember {
  llvm::StringRef name;
  llvm::StringRef member;
};

/// One copy of what stands in a `for`.
class IndexCopy {
public:
  /// The copy inside `outer`, which may be null, in which `binders` stand for `members`. The sets are those of the binders.
  IndexCopy(const IndexCopy *outer, llvm::ArrayRef<ast::Binder> binders, llvm::ArrayRef<const IndexSet *> sets,
            llvm::ArrayRef<llvm::StringRef> members);

  /// The bound names, outer ones included.
  const Scope &scope() const { return names; }
  /// "`a` is `L4E`, `b` is `L23I`", outer ones included.
  std::string describe() const;
  /// Where the innermost names are bound.
  llvm::SMRange range() const { return place; }

private:
  std::vector<BoundMember> bound;
  Scope names;
  llvm::SMRange place;
};

/// Calls `visit` for every combination of the members of `sets`, the last one changing fastest, until it returns false.
void forEachCombination(llvm::ArrayRef<const IndexSet *> sets,
                        llvm::function_ref<bool(llvm::ArrayRef<llvm::StringRef>)> visit);

/// The index set, table or bound name that `name` is, unless an earlier scope takes it for a value; else null.
const IndexName *findIndexName(llvm::StringRef name, const ScopeList &scopes);

/// The index set called `name`; null after a report, or if the set is in error itself.
const IndexSet *indexSetNamed(const ast::Name &name, const ScopeList &scopes, CheckContext &context);

/// The member that an index names: what a bound name stands for, else the name itself. Nothing after a report.
std::optional<llvm::StringRef> memberNamed(const ast::Expr &expr, const ScopeList &scopes, CheckContext &context);
std::optional<llvm::StringRef> memberNamed(const ast::Subscript &subscript, const ScopeList &scopes,
                                           CheckContext &context);

void reportNoMember(llvm::StringRef member, llvm::SMRange range, const IndexSet &set, CheckContext &context);

/// "P[L4E, L23I]": how users see a member of a family.
std::string familyMember(llvm::StringRef family, llvm::ArrayRef<llvm::StringRef> members);

} // namespace snn

#endif // SNN_FRONTEND_CHECKINDEX_H
