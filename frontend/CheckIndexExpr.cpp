// Index sets in expressions: entries of tables, comparisons of members, sums over a set.

#include "frontend/CheckExpr.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckTable.h"

#include "llvm/ADT/STLExtras.h"

using namespace snn;
using llvm::SMRange;
using llvm::StringRef;
using model::Op;

const IndexName *snn::findIndexName(StringRef name, const ScopeList &scopes) {
  for (const Scope *scope : scopes) {
    if (const IndexName *found = scope->findIndexName(name))
      return found;
    if (scope->find(name))
      return nullptr;
  }
  return nullptr;
}

static bool isIncomplete(const ScopeList &scopes) {
  return llvm::any_of(scopes, [](const Scope *scope) { return scope->incomplete; });
}

const IndexSet *snn::indexSetNamed(const ast::Name &name, const ScopeList &scopes, CheckContext &context) {
  const IndexName *found = findIndexName(name.text, scopes);
  bool isSet = found && found->member.empty() && !found->table;
  if (isSet)
    return found->set; // null: in error
  if (!name || isIncomplete(scopes))
    return nullptr;
  // One set that is misspelt where it is declared makes all of its uses unknown; the first is worth a report.
  if (!found && !scopes.back()->isFirstUnknown(("index set " + name.text).str()))
    return nullptr;
  NearestName nearest(name.text);
  for (const Scope *scope : scopes)
    for (const auto &entry : scope->allIndexNames())
      if (entry.second.member.empty() && !entry.second.table)
        nearest.consider(entry.first());
  std::string message = "unknown index set `" + name.text.str() + "`" + nearest.hint();
  if (found)
    message = "`" + name.text.str() + "` is " + (found->table ? "a table" : "a member") + ", not an index set";
  suggest(context.error(DiagnosticCode::N9, name.range, message), name.range, nearest);
  return nullptr;
}

std::optional<StringRef> snn::memberNamed(const ast::Expr &expr, const ScopeList &scopes, CheckContext &context) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(&expr);
  if (!name) {
    if (!llvm::isa<ast::ErrorExpr>(expr))
      context.error(DiagnosticCode::N9, expr.range, quoted(expr) + " is not the name of a member of an index set");
    return std::nullopt;
  }
  const IndexName *found = findIndexName(name->name, scopes);
  return found && !found->member.empty() ? found->member : name->name;
}

std::optional<StringRef> snn::memberNamed(const ast::Subscript &subscript, const ScopeList &scopes,
                                          CheckContext &context) {
  if (!subscript.isSlice)
    return memberNamed(*subscript.begin, scopes, context);
  context.error(DiagnosticCode::N9, subscript.range, "a member of an index set is needed here, not a slice");
  return std::nullopt;
}

void snn::reportNoMember(StringRef member, SMRange range, const IndexSet &set, CheckContext &context) {
  NearestName nearest(member);
  for (StringRef other : set.members)
    nearest.consider(other);
  Diagnostic &report = context.error(DiagnosticCode::N9, range,
                                     "`" + member + "` is not a member of `" + set.name + "`" + nearest.hint());
  report.note(set.range, "`" + set.name + "` is declared here");
}

/// True if `expr` is a name that a `for` binds.
static bool isBound(const ast::Expr &expr, const ScopeList &scopes) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(&expr);
  const IndexName *found = name ? findIndexName(name->name, scopes) : nullptr;
  return found && !found->member.empty();
}

/// Reports a name in the place of a member that no index set has.
static bool isMember(StringRef member, const ast::Expr &expr, const IndexSet &like, CheckContext &context) {
  if (like.allMembers->contains(member))
    return true;
  reportNoMember(member, expr.range, like, context);
  return false;
}

std::optional<Value> ExpressionChecker::checkMemberComparison(const ast::BinaryExpr &binary) {
  bool leftIsBound = isBound(*binary.left, scopes);
  if (!leftIsBound && !isBound(*binary.right, scopes))
    return std::nullopt;
  if (binary.op != ast::BinaryOp::Equal && binary.op != ast::BinaryOp::NotEqual) {
    context.error(DiagnosticCode::N9, binary.range,
                  "members of an index set have no order; they are compared by `==`, `!=` and `in`");
    return Value();
  }
  std::optional<StringRef> left = memberNamed(*binary.left, scopes, context);
  std::optional<StringRef> right = memberNamed(*binary.right, scopes, context);
  if (!left || !right)
    return Value();
  const ast::Expr &known = leftIsBound ? *binary.left : *binary.right;
  const IndexSet &set = *findIndexName(llvm::cast<ast::NameExpr>(known).name, scopes)->set;
  if (!isMember(*left, *binary.left, set, context) || !isMember(*right, *binary.right, set, context))
    return Value();
  ++context.memberComparisons;
  return context.truth((*left == *right) == (binary.op == ast::BinaryOp::Equal), binary.range);
}

Value ExpressionChecker::checkMembership(const ast::BinaryExpr &binary) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(binary.right);
  if (!name) {
    if (!llvm::isa<ast::ErrorExpr>(binary.right))
      context.error(DiagnosticCode::N9, binary.right->range, "behind `in` stands the name of an index set");
    return {};
  }
  const IndexSet *set = indexSetNamed({name->name, name->range}, scopes, context);
  std::optional<StringRef> member = memberNamed(*binary.left, scopes, context);
  if (!set || !member || !isMember(*member, *binary.left, *set, context))
    return {};
  ++context.memberComparisons;
  return context.truth(set->position(*member).has_value(), binary.range);
}

Value ExpressionChecker::checkIndex(const ast::IndexExpr &index) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(index.base);
  const IndexName *found = name ? findIndexName(name->name, scopes) : nullptr;
  if (found && found->table) {
    ++context.tableReads;
    return found->table->at(index, scopes);
  }
  if (std::optional<Value> element = checkVectorElement(index))
    return *element;
  // An unknown name, or one that has no entries, is reported as that.
  if (!check(*index.base))
    return {};
  context.error(DiagnosticCode::M17, index.range, quoted(*index.base) + " is a single value and has no elements");
  return {};
}

Value ExpressionChecker::reportIndexName(const ast::NameExpr &name, const IndexName &found) {
  std::string text = "`" + name.name.str() + "` is ";
  if (found.table) {
    std::string member = "`" + name.name.str() + "[" + found.table->syntax.axes.front().set.text.front() + "]`";
    context
        .error(DiagnosticCode::N9, name.range,
               text + "a table over " + found.table->describeAxes() + ": which of its entries?")
        .note(found.table->syntax.name.range, "it is declared here");
  } else if (!found.member.empty()) {
    context.error(DiagnosticCode::N9, name.range,
                  text + "a member of `" + found.set->name + "`, which has no value of its own");
  } else if (found.set) {
    context.error(DiagnosticCode::N9, name.range, text + "an index set, which has no value")
        .note(found.set->range, "it is declared here");
  }
  return {};
}

Value ExpressionChecker::checkComprehension(const ast::ComprehensionExpr &sum) {
  if (sum.callee.text != "sum") {
    context.error(DiagnosticCode::N8, sum.callee.range, "only `sum` takes a `for`, not `" + sum.callee.text + "`");
    return {};
  }
  llvm::SmallVector<const IndexSet *, 2> sets;
  for (const ast::Binder &binder : sum.binders)
    sets.push_back(indexSetNamed(binder.set, scopes, context));
  if (llvm::is_contained(sets, nullptr))
    return {};
  Value total = context.number(0, Dimension::number(), sum.range);
  total.fitsEverything = true;
  unsigned terms = 0;
  forEachCombination(sets, [&](llvm::ArrayRef<StringRef> members) {
    IndexCopy copy(nullptr, sum.binders, sets, members);
    CheckContext::InCopy inCopy(context, copy);
    total = addTerm(total, sum, copy);
    if (++terms > CheckContext::sizeLimit && total) {
      context.error(DiagnosticCode::N7, sum.range,
                    "a sum has at most " + llvm::Twine(CheckContext::sizeLimit) + " terms");
      total = {};
    }
    return bool(total);
  });
  return total;
}

Value ExpressionChecker::addTerm(const Value &total, const ast::ComprehensionExpr &sum, const IndexCopy &copy) {
  ScopeList withMembers = {&copy.scope()};
  withMembers.append(scopes);
  ExpressionChecker checker(context, withMembers, weight, rules);
  if (sum.condition) {
    Value condition = checker.checkTruth(*sum.condition);
    std::optional<double> holds = condition ? constantValue(*condition.expr) : std::nullopt;
    if (condition && (!holds || dependsOnParameter(*condition.expr))) {
      context.error(DiagnosticCode::C9, sum.condition->range, "which terms a sum has must be known before the run");
      return {};
    }
    if (!holds)
      return {};
    if (*holds == 0)
      return total;
  }
  Value term = checker.checkQuantity(*sum.value);
  if (!term || (total.expr->kind == model::Expr::Kind::Number && total.fitsEverything))
    return term;
  if (!agree(total, *sum.value, term, *sum.value, sum.range))
    return {};
  return apply(Op::Add, {total, term}, total.dimension, sum.range);
}
