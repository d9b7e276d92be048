#include "frontend/CheckCycles.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using model::Expr;
using model::Variable;

namespace {
/// Depth-first walk along "needs the value of". It ends at the first fault.
class DependencySearch {
public:
  explicit DependencySearch(VariableValues values) : values(values) {}

  /// Operations one below the other in the value of `variable`; nothing once there is a fault.
  std::optional<unsigned> heightOf(const Variable &variable) {
    if (auto known = heights.find(&variable); known != heights.end())
      return known->second;
    const Expr *value = values(variable);
    if (!value)
      return heights[&variable] = 0;
    if (!open.insert(&variable).second) {
      fault.cycle.assign(llvm::find(path, &variable), path.end());
      return std::nullopt;
    }
    path.push_back(&variable);
    std::optional<unsigned> height = heightOf(*value);
    path.pop_back();
    open.erase(&variable);
    if (height)
      heights[&variable] = *height;
    return height;
  }

  DependencyFault fault;

private:
  std::optional<unsigned> heightOf(const Expr &expr) {
    llvm::SaveAndRestore deeper(depth, depth + 1);
    unsigned highest = 0;
    bool isSound = depth <= CheckContext::heightLimit;
    auto include = [&](std::optional<unsigned> height) {
      highest = std::max(highest, height.value_or(0));
      return height.has_value();
    };
    if (expr.kind == Expr::Kind::Variable)
      isSound = isSound && include(heightOf(*expr.variable));
    for (const Expr *bound : {expr.modifiers.atLeast, expr.modifiers.atMost})
      isSound = isSound && (!bound || include(heightOf(*bound)));
    for (const Expr *operand : expr.operands)
      isSound = isSound && include(heightOf(*operand));
    if (isSound && highest < CheckContext::heightLimit)
      return highest + 1;
    if (fault.cycle.empty() && !fault.tooDeep)
      fault.tooDeep = path.back();
    return std::nullopt;
  }

  VariableValues values;
  llvm::SmallVector<const Variable *> path;
  llvm::DenseSet<const Variable *> open; ///< those in `path`
  llvm::DenseMap<const Variable *, unsigned> heights;
  unsigned depth = 0;
};
} // namespace

DependencyFault snn::findFault(const model::Definition &definition, VariableValues values) {
  DependencySearch search(values);
  for (const auto &variable : definition.variables)
    if (!search.heightOf(*variable))
      break;
  return std::move(search.fault);
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

void snn::reportDeepChain(const model::Variable &variable, CheckContext &context) {
  context.error(DiagnosticCode::P5, variable.range,
                "more than " + llvm::Twine(CheckContext::heightLimit) + " operations depend on each other in `" +
                    variable.name + "` and what it is defined by");
}
