// `table w[a in layer, b in layer] = ...`: a value for every member of an index set, or every combination of members.

#ifndef SNN_FRONTEND_CHECKTABLE_H
#define SNN_FRONTEND_CHECKTABLE_H

#include "frontend/CheckExpr.h"
#include "frontend/CheckIndex.h"

#include "llvm/ADT/DenseMap.h"

namespace snn {

class Table {
public:
  /// `sets` are those of the axes, `scopes` what the entries may depend on.
  Table(CheckContext &context, const ast::TableStmt &syntax, llvm::ArrayRef<const IndexSet *> sets, ScopeList scopes)
      : syntax(syntax), context(context), sets(sets), scopes(std::move(scopes)) {}

  /// The entry that `subscripts` name, with names looked up in `scopes` of the place. Empty after a report.
  Value at(const ast::IndexExpr &subscripts, const ScopeList &scopesThere);
  /// Reports what is wrong with the table itself, be it read or not.
  void check();
  /// "`layer` and `layer`"
  std::string describeAxes() const;

  const ast::TableStmt &syntax;

private:
  /// `positions` says which entry: one position per axis.
  Value entry(llvm::ArrayRef<unsigned> positions);
  Value element(uint64_t index);
  Value computed(llvm::ArrayRef<unsigned> positions);
  bool checkShape(const ast::ListExpr &list);
  void reportShape(const ast::ListExpr &list, uint64_t expected);

  CheckContext &context;
  std::vector<const IndexSet *> sets;
  ScopeList scopes;
  std::optional<bool> shapeFits; ///< of a list, once checked
  bool isAlike = true;           ///< of a list: no element of another dimension than the first has been found yet
  llvm::DenseMap<uint64_t, Value> known;
  llvm::DenseMap<uint64_t, bool> visiting;
};

} // namespace snn

#endif // SNN_FRONTEND_CHECKTABLE_H
