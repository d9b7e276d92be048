#include "frontend/CheckIndex.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace snn;
using llvm::ArrayRef;
using llvm::StringRef;

std::optional<unsigned> IndexSet::position(StringRef member) const {
  auto found = positions.find(member);
  return found == positions.end() ? std::nullopt : std::optional(found->second);
}

IndexCopy::IndexCopy(const IndexCopy *outer, ArrayRef<ast::Binder> binders, ArrayRef<const IndexSet *> sets,
                     ArrayRef<StringRef> members) {
  if (outer) {
    bound = outer->bound;
    names = outer->names;
  }
  for (auto [binder, set, member] : llvm::zip_equal(binders, sets, members)) {
    names.addIndexName(binder.name.text, {set, member}, binder.name.range);
    bound.push_back({binder.name.text, member});
  }
  place = {binders.front().name.range.Start, binders.back().set.range.End};
}

std::string IndexCopy::describe() const {
  auto each = [](const BoundMember &b) { return ("`" + b.name + "` is `" + b.member + "`").str(); };
  return llvm::join(llvm::map_range(bound, each), ", ");
}

void snn::forEachCombination(ArrayRef<const IndexSet *> sets, llvm::function_ref<bool(ArrayRef<StringRef>)> visit) {
  llvm::SmallVector<unsigned, 4> positions(sets.size());
  llvm::SmallVector<StringRef, 4> members;
  for (const IndexSet *set : sets)
    members.push_back(set->members.front());
  while (visit(members)) {
    size_t axis = sets.size();
    while (axis > 0 && ++positions[axis - 1] == sets[axis - 1]->members.size())
      positions[--axis] = 0;
    if (axis == 0)
      return;
    for (size_t changed = axis - 1; changed < sets.size(); ++changed)
      members[changed] = sets[changed]->members[positions[changed]];
  }
}

std::string snn::familyMember(StringRef family, ArrayRef<StringRef> members) {
  return (family + "[" + llvm::join(members, ", ") + "]").str();
}
