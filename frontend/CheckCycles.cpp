#include "frontend/CheckCycles.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

using namespace snn;
using model::Expr;
using model::Variable;

namespace {
/// Depth-first walk along "needs the value of".
class CycleSearch {
public:
  explicit CycleSearch(VariableValues values) : values(values) {}

  /// True once a cycle has been found; it is in `path` then.
  bool visit(const Variable &variable) {
    bool &isOpen = open[&variable];
    if (isOpen) {
      path.erase(path.begin(), llvm::find(path, &variable));
      return true;
    }
    if (!done.insert(&variable).second)
      return false;
    const Expr *value = values(variable);
    if (!value)
      return false;
    isOpen = true;
    path.push_back(&variable);
    if (visit(*value))
      return true;
    path.pop_back();
    open[&variable] = false;
    return false;
  }

  llvm::SmallVector<const Variable *> path;

private:
  bool visit(const Expr &expr) {
    if (expr.kind == Expr::Kind::Variable && visit(*expr.variable))
      return true;
    for (const Expr *bound : {expr.modifiers.atLeast, expr.modifiers.atMost})
      if (bound && visit(*bound))
        return true;
    return llvm::any_of(expr.operands, [&](const Expr *operand) { return visit(*operand); });
  }

  VariableValues values;
  llvm::DenseMap<const Variable *, bool> open;
  llvm::DenseSet<const Variable *> done;
};
} // namespace

llvm::SmallVector<const Variable *> snn::findCycle(const model::Definition &definition, VariableValues values) {
  CycleSearch search(values);
  for (const auto &variable : definition.variables)
    if (search.visit(*variable))
      return search.path;
  return {};
}

void snn::reportCycle(llvm::ArrayRef<const Variable *> cycle, llvm::SMRange range, CheckContext &context) {
  std::string chain;
  for (const Variable *variable : cycle)
    chain += "`" + variable->name + "` needs ";
  chain += "`" + cycle.front()->name + "`";
  Diagnostic &report =
      context.error(DiagnosticCode::N6, range, "`" + cycle.front()->name + "` is defined in terms of itself: " + chain);
  for (const Variable *variable : llvm::drop_begin(cycle))
    report.note(variable->range, "`" + variable->name + "` is declared here");
}
