// Copies of syntax in which some variables have other names.

#ifndef SNN_FRONTEND_SYNTAXCOPY_H
#define SNN_FRONTEND_SYNTAXCOPY_H

#include "frontend/AST.h"

#include "llvm/ADT/StringMap.h"

#include <functional>

namespace snn {

class SyntaxCopy {
public:
  using Names = llvm::StringMap<llvm::StringRef>;
  /// What stands for an expression in the copy; null: a copy of it.
  using Replace = std::function<const ast::Expr *(const ast::Expr &)>;

  /// `names` are the new names by the old ones; they and the nodes live in `arena`. Ranges stay those of the original.
  SyntaxCopy(llvm::BumpPtrAllocator &arena, const Names &names, Replace replace = {})
      : arena(arena), names(names), replace(std::move(replace)) {}

  const ast::Expr *copy(const ast::Expr *expr);
  /// A declaration, with `value` in the place of its own, unless that is null.
  const ast::VariableStmt *copy(const ast::VariableStmt &variable, const ast::Expr *value = nullptr);
  const ast::EquationStmt *copy(const ast::EquationStmt &equation);
  ast::Name renamed(const ast::Name &name) const;

private:
  const ast::UnitExpr *copy(const ast::UnitExpr *unit);
  llvm::ArrayRef<ast::Argument> copy(llvm::ArrayRef<ast::Argument> arguments);
  template <typename Node> Node *duplicate(const Node &node) { return new (arena) Node(node); }

  llvm::BumpPtrAllocator &arena;
  const Names &names;
  Replace replace;
};

} // namespace snn

#endif // SNN_FRONTEND_SYNTAXCOPY_H
