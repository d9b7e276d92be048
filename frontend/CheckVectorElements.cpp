// Vectors where they are used outside of models: `N.I = 2 pA * sum(tau) / tau[0]`, `weight pre.g[1]`. The elements of a vector are
// variables of their own, "tau[0]" and so on.

#include "frontend/CheckExpr.h"

using namespace snn;
using llvm::StringRef;

static const Scope::Resolver *findElement(StringRef vector, uint64_t k, const ScopeList &scopes) {
  std::string name = (vector + "[" + llvm::Twine(k) + "]").str();
  for (const Scope *scope : scopes)
    if (const Scope::Resolver *resolver = scope->find(name))
      return resolver;
  return nullptr;
}

static unsigned lengthOf(StringRef vector, const ScopeList &scopes) {
  unsigned length = 0;
  while (findElement(vector, length, scopes))
    ++length;
  return length;
}

/// The number in the brackets; nothing if something else stands there.
static std::optional<uint64_t> positionIn(const ast::IndexExpr &index) {
  if (index.subscripts.size() != 1 || index.subscripts[0].isSlice)
    return std::nullopt;
  auto *number = llvm::dyn_cast<ast::NumberExpr>(index.subscripts[0].begin);
  return number && !number->unit ? number->integer : std::nullopt;
}

std::optional<Value> ExpressionChecker::checkVectorElement(const ast::IndexExpr &index) {
  std::optional<uint64_t> position = positionIn(index);
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(index.base)) {
    unsigned length = lengthOf(name->name, scopes);
    if (length == 0)
      return std::nullopt;
    if (position && *position < length)
      return (*findElement(name->name, *position, scopes))(index.range);
    context.error(DiagnosticCode::M17, index.range,
                  "an element of `" + name->name + "` is chosen by a whole number from 0 to " + llvm::Twine(length - 1));
    return Value();
  }
  auto *member = llvm::dyn_cast<ast::MemberExpr>(index.base);
  if (!member || !position)
    return std::nullopt;
  ast::MemberExpr element = *member;
  element.range = index.range;
  element.member.text = StringRef((member->member.text + "[" + llvm::Twine(*position) + "]").str()).copy(context.arena);
  return checkMember(element);
}

std::optional<Value> ExpressionChecker::checkVectorSum(const ast::CallExpr &call) {
  auto *name = call.arguments.size() == 1 ? llvm::dyn_cast<ast::NameExpr>(call.arguments[0].value) : nullptr;
  unsigned length = name ? lengthOf(name->name, scopes) : 0;
  if (length == 0)
    return std::nullopt;
  Value sum;
  for (unsigned k = 0; k < length; ++k) {
    Value element = (*findElement(name->name, k, scopes))(call.range);
    if (!element)
      return element;
    sum = k == 0 ? element : apply(model::Op::Add, {sum, element}, sum.dimension, call.range);
  }
  return sum;
}
