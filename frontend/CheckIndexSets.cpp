// Index sets and tables of a network, and what a `for` or `if` declares for their members.

#include "frontend/CheckFold.h"
#include "frontend/CheckNetwork.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::StringRef;
using llvm::Twine;

/// Combinations of members that all `for`s together may ask for, and those for which they may declare something.
static constexpr unsigned mostCombinations = 1000000, mostCopies = 100000;

void NetworkNames::declareIndexSets() {
  for (const ast::Stmt *stmt : syntax.body.statements) {
    auto *index = llvm::dyn_cast<ast::IndexStmt>(stmt);
    if (!index || !declare(index->name, *stmt))
      continue;
    IndexSet &set = indexSets[index->name.text];
    set.name = index->name.text;
    set.range = index->name.range;
    set.allMembers = &members;
    for (const ast::Name &member : index->members) {
      members.insert(member.text);
      auto [earlier, isNew] = set.positions.try_emplace(member.text, set.members.size());
      if (isNew)
        set.members.push_back(member.text);
      else
        context.error(DiagnosticCode::N2, member.range, "`" + member.text + "` is in `" + set.name + "` twice");
    }
    variables.addIndexName(set.name, {index->faulty || set.members.empty() ? nullptr : &set}, set.range);
  }
}

void NetworkNames::declareTables() {
  for (const ast::Stmt *stmt : syntax.body.statements) {
    auto *table = llvm::dyn_cast<ast::TableStmt>(stmt);
    if (!table || !declare(table->name, *stmt))
      continue;
    llvm::SmallVector<const IndexSet *, 2> sets;
    for (const ast::TableAxis &axis : table->axes)
      sets.push_back(indexSetNamed(axis.set, scopes(), context));
    if (table->faulty || sets.empty() || llvm::is_contained(sets, nullptr)) {
      variables.add(table->name.text, [](llvm::SMRange) { return Value(); }); // in error: its entries are not judged
      continue;
    }
    tables.push_back(std::make_unique<Table>(context, *table, sets, scopes()));
    variables.addIndexName(table->name.text, {.table = tables.back().get()}, table->name.range);
  }
}

bool NetworkNames::isKnownMember(StringRef member, llvm::SMRange range) {
  if (members.contains(member))
    return true;
  if (variables.incomplete)
    return false;
  NearestName nearest(member);
  for (const auto &other : members)
    nearest.consider(other.first());
  suggest(context.error(DiagnosticCode::N9, range, "no index set has a member `" + member + "`" + nearest.hint()),
          range, nearest);
  return false;
}

void NetworkNames::declareCopies(const ast::Block &block, const IndexCopy *inCopy) {
  variables.incomplete |= block.lacksNames;
  for (const ast::Stmt *stmt : block.statements)
    declareCopy(*stmt, inCopy);
}

void NetworkNames::declareCopy(const ast::Stmt &stmt, const IndexCopy *inCopy) {
  if (context.diagnostics.isFull())
    return;
  InInstance instance(*this, inCopy);
  if (auto *loop = llvm::dyn_cast<ast::ForStmt>(&stmt)) {
    if (!loop->faulty)
      repeat(*loop, inCopy);
  } else if (auto *choice = llvm::dyn_cast<ast::IfStmt>(&stmt)) {
    std::optional<bool> taken = choice->faulty ? std::nullopt : holds(*choice->condition, inCopy);
    if (taken)
      declareCopies(*taken ? choice->then : choice->otherwise, inCopy);
    else
      variables.incomplete = true; // what would be declared cannot be told
  } else if (auto *population = llvm::dyn_cast<ast::PopulationStmt>(&stmt)) {
    if (Declared *declared = declareMember(population->name, population->indices, stmt, inCopy))
      allInstances.push_back({&stmt, inCopy, declared});
  } else if (auto *group = llvm::dyn_cast<ast::GroupStmt>(&stmt)) {
    if (Declared *declared = declareMember(group->name, group->indices, stmt, inCopy))
      allInstances.push_back({&stmt, inCopy, declared});
  } else if (auto *part = llvm::dyn_cast<ast::PartStmt>(&stmt)) {
    Declared *declared = declareMember(part->name, part->indices, stmt, inCopy);
    if (!declared || part->faulty)
      return;
    declared->part = makePart(*part, inCopy, *declared);
    allInstances.push_back({&stmt, inCopy, declared});
  } else if (auto *projection = llvm::dyn_cast<ast::ProjectionStmt>(&stmt)) {
    bool isNamed = bool(projection->alias);
    Declared *declared = isNamed ? declareMember(projection->alias, projection->indices, stmt, inCopy) : nullptr;
    if (declared || !isNamed)
      allInstances.push_back({&stmt, inCopy, declared});
  }
}

void NetworkNames::repeat(const ast::ForStmt &loop, const IndexCopy *outer) {
  llvm::SmallVector<const IndexSet *, 2> sets;
  for (const ast::Binder &binder : loop.binders)
    sets.push_back(indexSetNamed(binder.set, scopes(), context));
  for (size_t i = 1; i < loop.binders.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (loop.binders[i].name.text == loop.binders[j].name.text)
        reportTwice(loop.binders[i].name, loop.binders[i].name.text, loop.binders[j].name.range);
  if (llvm::is_contained(sets, nullptr)) {
    variables.incomplete = true;
    return;
  }
  forEachCombination(sets, [&](llvm::ArrayRef<StringRef> members) {
    if (++context.combinations > mostCombinations)
      return reportTooMany(loop, "more than " + Twine(mostCombinations) + " combinations of members");
    copies.emplace_back(outer, loop.binders, sets, members);
    const IndexCopy &inner = copies.back();
    std::optional<bool> wanted = loop.condition ? holds(*loop.condition, &inner) : true;
    if (wanted == true && ++context.copiesMade > mostCopies)
      return reportTooMany(loop, "more than " + Twine(mostCopies) + " copies of what stands in them");
    if (wanted == true)
      declareCopies(loop.body, &inner);
    else
      copies.pop_back();
    variables.incomplete |= !wanted;
    return wanted.has_value() && !context.diagnostics.isFull();
  });
}

/// Always false: there is nothing more to do.
bool NetworkNames::reportTooMany(const ast::ForStmt &loop, const Twine &what) {
  context.error(DiagnosticCode::C1, loop.range, "the `for`s of the model have " + what);
  return false;
}

std::optional<bool> NetworkNames::holds(const ast::Expr &condition, const IndexCopy *inCopy) {
  InInstance instance(*this, inCopy);
  WeightDimension none;
  Value value = ExpressionChecker(context, scopes(), none).checkTruth(condition);
  if (!value)
    return std::nullopt;
  if (dependsOnParameter(*value.expr)) {
    context.error(
        DiagnosticCode::C9, condition.range,
        "what a network is made of cannot depend on a `param`, which may change at run time; a `const` cannot");
    return std::nullopt;
  }
  std::optional<double> known = constantValue(*value.expr);
  if (!known)
    context.error(DiagnosticCode::C9, condition.range, "what a network is made of must be known before the run");
  return known ? std::optional(*known != 0) : std::nullopt;
}
