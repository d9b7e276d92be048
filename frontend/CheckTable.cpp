#include "frontend/CheckTable.h"

#include "frontend/CheckDimension.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::ArrayRef;
using llvm::SMRange;
using llvm::StringRef;

std::string Table::describeAxes() const {
  auto name = [](const IndexSet *set) { return ("`" + set->name + "`").str(); };
  return llvm::join(llvm::map_range(sets, name), " and ");
}

Value Table::at(const ast::IndexExpr &index, const ScopeList &scopesThere) {
  if (index.subscripts.size() != sets.size()) {
    context
        .error(DiagnosticCode::N9, index.range,
               "`" + syntax.name.text + "` is a table over " + describeAxes() + ", so it takes " +
                   llvm::Twine(sets.size()) + (sets.size() == 1 ? " index" : " indices") + ", not " +
                   llvm::Twine(index.subscripts.size()))
        .note(syntax.name.range, "it is declared here");
    return {};
  }
  llvm::SmallVector<unsigned, 4> positions;
  for (auto [subscript, set] : llvm::zip_equal(index.subscripts, sets)) {
    std::optional<StringRef> member = memberNamed(subscript, scopesThere, context);
    if (!member)
      return {};
    std::optional<unsigned> position = set->position(*member);
    if (!position) {
      reportNoMember(*member, subscript.range, *set, context);
      return {};
    }
    positions.push_back(*position);
  }
  return entry(positions);
}

Value Table::entry(ArrayRef<unsigned> positions) {
  uint64_t index = 0;
  for (auto [position, set] : llvm::zip_equal(positions, sets))
    index = index * set->members.size() + position;
  if (auto found = known.find(index); found != known.end())
    return found->second;
  if (!visiting.try_emplace(index).second) {
    context.error(DiagnosticCode::N6, syntax.name.range, "`" + syntax.name.text + "` is defined in terms of itself");
    return {};
  }
  DataPlace place{DataPlace::Table, {}, index};
  for (const IndexSet *set : sets)
    place.shape.push_back(set->members.size());
  llvm::SaveAndRestore ofEntry(context.dataPlace, place);
  // What is wrong with an entry does not depend on who reads it.
  llvm::SaveAndRestore elsewhere(context.copies, CheckContext::Copies());
  Value value = llvm::isa<ast::ListExpr>(syntax.value) ? element(index) : computed(positions);
  visiting.erase(index);
  return known[index] = value;
}

Value Table::computed(ArrayRef<unsigned> positions) {
  llvm::SmallVector<ast::Binder, 2> binders;
  llvm::SmallVector<const IndexSet *, 2> boundSets;
  llvm::SmallVector<StringRef, 2> members;
  for (auto [axis, set, position] : llvm::zip_equal(syntax.axes, sets, positions))
    if (axis.bound) {
      binders.push_back({axis.bound, axis.set});
      boundSets.push_back(set);
      members.push_back(set->members[position]);
    }
  WeightDimension none;
  if (binders.empty())
    return ExpressionChecker(context, scopes, none).check(*syntax.value);
  IndexCopy copy(nullptr, binders, boundSets, members);
  CheckContext::InCopy inCopy(context, copy);
  ScopeList withMembers = {&copy.scope()};
  withMembers.append(scopes);
  return ExpressionChecker(context, withMembers, none).check(*syntax.value);
}

Value Table::element(uint64_t index) {
  auto &list = llvm::cast<ast::ListExpr>(*syntax.value);
  if (!checkShape(list))
    return {};
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  Value value = checker.checkElement(list, index);
  if (index == 0 || !value)
    return value;
  // Where two disagree, it may be the first that is wrong, and all others would say so.
  Value reference = entry(llvm::SmallVector<unsigned, 4>(sets.size(), 0));
  if (!reference || !isAlike)
    return {};
  isAlike = checker.requireAlike(reference, *list.elements.front(), value, *list.elements[index]);
  return isAlike ? value : Value();
}

bool Table::checkShape(const ast::ListExpr &list) {
  if (!shapeFits) {
    uint64_t expected = 1;
    for (const IndexSet *set : sets)
      expected *= set->members.size();
    shapeFits = list.elements.size() == expected;
    if (!*shapeFits)
      reportShape(list, expected);
  }
  return *shapeFits;
}

/// The elements that stand on one line each, in the order of the text.
static std::vector<ArrayRef<const ast::Expr *>> rowsOf(ArrayRef<const ast::Expr *> elements) {
  std::vector<ArrayRef<const ast::Expr *>> rows;
  size_t begin = 0;
  for (size_t i = 1; i <= elements.size(); ++i) {
    bool ends = i == elements.size();
    if (!ends) {
      const char *from = elements[i - 1]->range.End.getPointer();
      ends = StringRef(from, elements[i]->range.Start.getPointer() - from).contains('\n');
    }
    if (!ends)
      continue;
    rows.push_back(elements.slice(begin, i - begin));
    begin = i;
  }
  return rows;
}

void Table::reportShape(const ast::ListExpr &list, uint64_t expected) {
  uint64_t columns = sets.back()->members.size(), rowCount = columns ? expected / columns : 0;
  std::string shape =
      sets.size() == 1 ? std::to_string(expected) : std::to_string(rowCount) + " x " + std::to_string(columns);
  std::string message = "`" + syntax.name.text.str() + "` is a table over " + describeAxes() + ", so it has " + shape +
                        (expected == 1 ? " number" : " numbers");
  SMRange range = list.range;
  auto rows = rowsOf(list.elements);
  auto wrong = [&](ArrayRef<const ast::Expr *> row) { return row.size() != columns; };
  auto bad = llvm::find_if(rows, wrong);
  bool oneRowIsWrong = sets.size() > 1 && rows.size() == rowCount && bad != rows.end();
  if (oneRowIsWrong) {
    message += ", but row " + std::to_string(bad - rows.begin() + 1) + " has " + std::to_string(bad->size());
    range = {bad->front()->range.Start, bad->back()->range.End};
  } else if (sets.size() > 1 && bad == rows.end() && !rows.empty()) {
    message += ", but there are " + std::to_string(rows.size()) + (rows.size() == 1 ? " row" : " rows");
  } else {
    message += ", but there " + (list.elements.size() == 1 ? "is 1" : "are " + std::to_string(list.elements.size()));
  }
  Diagnostic &report = context.error(DiagnosticCode::C11, range, message);
  for (const IndexSet *set : llvm::SetVector<const IndexSet *>(sets.begin(), sets.end()))
    report.note(set->range, "`" + set->name + "` has " + llvm::Twine(set->members.size()) +
                                (set->members.size() == 1 ? " member" : " members"));
}

void Table::check() {
  auto *list = llvm::dyn_cast<ast::ListExpr>(syntax.value);
  if (!list) {
    entry(llvm::SmallVector<unsigned, 4>(sets.size(), 0));
    return;
  }
  if (!checkShape(*list))
    return;
  forEachCombination(sets, [&](ArrayRef<StringRef> members) {
    llvm::SmallVector<unsigned, 4> positions;
    for (auto [set, member] : llvm::zip_equal(sets, members))
      positions.push_back(*set->position(member));
    return bool(entry(positions)) || !context.diagnostics.isFull();
  });
}

namespace {
/// A list element that is a number without a unit, perhaps with a sign.
struct SignedNumber {
  const ast::NumberExpr *number = nullptr;
  bool isNegative = false;
};
} // namespace

static SignedNumber signedNumber(const ast::Expr &expr) {
  if (auto *unary = llvm::dyn_cast<ast::UnaryExpr>(&expr); unary && unary->op != ast::UnaryOp::Not)
    return {llvm::dyn_cast<ast::NumberExpr>(unary->operand), unary->op == ast::UnaryOp::Minus};
  return {llvm::dyn_cast<ast::NumberExpr>(&expr), false};
}

Value ExpressionChecker::checkElement(const ast::ListExpr &list, uint64_t index) {
  const ast::Expr &expr = *list.elements[index];
  if (!list.unit)
    return check(expr);
  auto [number, isNegative] = signedNumber(expr);
  if (number && !number->unit) {
    ast::NumberExpr quantity(expr.range);
    quantity.digits = number->digits;
    quantity.value = number->value;
    quantity.unit = list.unit;
    Value value = checkNumber(quantity);
    return value && isNegative ? apply(model::Op::Neg, {value}, value.dimension, expr.range) : value;
  }
  Value factor = checkPlainNumber(expr, "an element of a list with a unit behind it");
  std::optional<Unit> unit = unitOf(*list.unit, context);
  if (!factor || !unit)
    return {};
  UnitSpelling spelling{list.unit->text().str(), unit->scale()};
  Value one = context.number(unit->scale(), unit->dimension, expr.range, spelling);
  return apply(model::Op::Mul, {factor, one}, unit->dimension, expr.range);
}

bool ExpressionChecker::requireAlike(const Value &left, const ast::Expr &leftExpr, const Value &right,
                                     const ast::Expr &rightExpr) {
  if (left.isTruth() == right.isTruth() &&
      (left.isTruth() || left.fitsEverything || right.fitsEverything || weight.unify(left.dimension, right.dimension)))
    return true;
  auto described = [&](const Value &value) {
    return value.isTruth() ? "a condition" : weight.describe(value.dimension);
  };
  context.error(DiagnosticCode::U1, rightExpr.range,
                quoted(rightExpr, "the entry") + " is " + described(right) + ", but the first entry, " +
                    quoted(leftExpr, "") + ", is " + described(left));
  return false;
}
