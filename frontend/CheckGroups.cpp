// What an expression names in a network: populations, groups, members of families, parts of parts, and slices.

#include "frontend/CheckNetwork.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::StringRef;
using llvm::Twine;

NetworkNames::Found NetworkNames::find(const ast::Expr &expr) {
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr))
    return findName(name->name);
  if (auto *member = llvm::dyn_cast<ast::MemberExpr>(&expr))
    return findInPart(*member);
  if (auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr))
    return findMember(*index);
  return {};
}

NetworkNames::Found NetworkNames::findName(StringRef name) {
  if (auto found = names.find(name); found != names.end())
    return {Found::One, this, &found->second, nullptr};
  if (auto family = families.find(name); family != families.end())
    return {Found::Several, this, nullptr, &family->second};
  return {};
}

/// `V1.P`
NetworkNames::Found NetworkNames::findInPart(const ast::MemberExpr &expr) {
  Found base = find(*expr.base);
  if (base.what == Found::Several && llvm::isa<ast::PartStmt>(base.family->syntax)) {
    reportFamily(*expr.base, base);
    return {Found::Reported};
  }
  bool isPart = base.what == Found::One && llvm::isa<ast::PartStmt>(base.one->syntax);
  if (!isPart)
    return {base.what == Found::Reported ? Found::Reported : Found::Nothing};
  if (!base.one->part)
    return {Found::Reported};
  NetworkNames &part = *base.one->part;
  Found found = part.findName(expr.member.text);
  if (found.what != Found::Nothing)
    return found;
  part.reportUnknownGroup(expr.member.text, expr.member.range);
  return {Found::Reported};
}

/// `P[L4E]`; nothing where the brackets select neurons instead.
NetworkNames::Found NetworkNames::findMember(const ast::IndexExpr &expr) {
  Found base = find(*expr.base);
  if (base.what != Found::Several)
    return {base.what == Found::Reported ? Found::Reported : Found::Nothing};
  Family &family = *base.family;
  StringRef name = lastName(*expr.base);
  if (expr.subscripts.size() != family.axes) {
    context
        .error(DiagnosticCode::C12, expr.range,
               "a member of the family `" + name + "` is named by " + Twine(family.axes) +
                   (family.axes == 1 ? " index" : " indices") + ", not " + Twine(expr.subscripts.size()))
        .note(family.range, "it is declared here");
    return {Found::Reported};
  }
  llvm::SmallVector<StringRef, 2> members;
  for (auto [subscript, axis] : llvm::zip_equal(expr.subscripts, family.indices)) {
    std::optional<StringRef> member = memberNamed(subscript, scopes(), context);
    if (!member)
      return {Found::Reported};
    if (!axis.contains(*member)) {
      reportUnknownMember(name, *member, subscript.range, family, axis);
      return {Found::Reported};
    }
    members.push_back(*member);
  }
  auto found = base.owner->names.find(familyMember(name, members));
  if (found != base.owner->names.end())
    return {Found::One, base.owner, &found->second, nullptr};
  context.error(DiagnosticCode::N5, expr.range, "there is no `" + familyMember(name, members) + "`")
      .note(family.range, "the family `" + name + "` is declared here");
  return {Found::Reported};
}

void NetworkNames::reportUnknownMember(StringRef name, StringRef member, llvm::SMRange range, const Family &family,
                                       const llvm::StringSet<> &known) {
  if (variables.incomplete)
    return;
  NearestName nearest(member);
  for (const auto &other : known)
    nearest.consider(other.first());
  suggest(
      context
          .error(DiagnosticCode::N9, range, "the family `" + name + "` has no member `" + member + "`" + nearest.hint())
          .note(family.range, "it is declared here"),
      range, nearest);
}

/// The name that a path ends with.
StringRef NetworkNames::lastName(const ast::Expr &path) {
  if (auto *member = llvm::dyn_cast<ast::MemberExpr>(&path))
    return member->member.text;
  return llvm::cast<ast::NameExpr>(path).name;
}

void NetworkNames::reportFamily(const ast::Expr &expr, const Found &found) {
  StringRef name = lastName(expr);
  const std::vector<Declared *> &members = found.family->members;
  std::string example = members.empty() ? "" : ", such as `" + members.front()->name + "`";
  context
      .error(DiagnosticCode::C12, expr.range,
             "`" + name + "` is a family of " + Twine(members.size()) + ", and one member is needed here" + example)
      .note(found.family->range, "it is declared here");
}

void NetworkNames::reportUnknownGroup(StringRef name, llvm::SMRange range) {
  if (names.find(name) == names.end() && (variables.incomplete || !variables.isFirstUnknown(name)))
    return;
  NearestName nearest(name);
  for (const auto &entry : names)
    if (isGroup(entry.first()))
      nearest.consider(entry.first());
  for (const auto &entry : families)
    if (isGroup(entry.first()))
      nearest.consider(entry.first());
  suggest(context.error(DiagnosticCode::N5, range, "unknown population or group `" + name + "`" + nearest.hint()),
          range, nearest);
}

std::optional<model::Group> NetworkNames::group(const ast::Expr &expr) { return group(expr, nullptr); }

std::optional<model::Group> NetworkNames::group(const ast::Expr &expr, uint64_t *stride) {
  Found found = find(expr);
  switch (found.what) {
  case Found::Reported:
    return std::nullopt;
  case Found::Several:
    reportFamily(expr, found);
    return std::nullopt;
  case Found::One:
    return found.owner->groupOf(*found.one, expr.range);
  case Found::Nothing:
    break;
  }
  if (auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr))
    return slice(*index, stride);
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr))
    reportUnknownGroup(name->name, name->range);
  else if (!llvm::isa<ast::ErrorExpr>(expr))
    context.error(DiagnosticCode::N5, expr.range, "a population, a group or a slice of one is needed here");
  return std::nullopt;
}

llvm::SmallVector<model::Group, 1> NetworkNames::groups(const ast::Expr &expr) { return groups(expr, nullptr); }

llvm::SmallVector<model::Group, 1> NetworkNames::groupsWithStride(const ast::Expr &expr, uint64_t &stride) {
  stride = 1;
  return groups(expr, &stride);
}

llvm::SmallVector<model::Group, 1> NetworkNames::groups(const ast::Expr &expr, uint64_t *stride) {
  llvm::SmallVector<model::Group, 1> all;
  Found found = find(expr);
  if (found.what == Found::Several) {
    for (Declared *member : found.family->members)
      if (std::optional<model::Group> group = found.owner->groupOf(*member, expr.range))
        all.push_back(*group);
  } else if (std::optional<model::Group> one = group(expr, stride)) {
    all.push_back(*one);
  }
  return all;
}

std::optional<llvm::SmallVector<const model::Projection *, 1>> NetworkNames::projections(const ast::Expr &expr) {
  Found found = find(expr);
  llvm::SmallVector<const model::Projection *, 1> all;
  if (found.what == Found::One && llvm::isa<ast::ProjectionStmt>(found.one->syntax))
    all.push_back(found.one->projection);
  else if (found.what == Found::Several && llvm::isa<ast::ProjectionStmt>(found.family->syntax))
    for (Declared *member : found.family->members)
      all.push_back(member->projection);
  else if (found.what != Found::Reported)
    return std::nullopt;
  llvm::erase(all, nullptr);
  return all;
}

std::string NetworkNames::shown(const ast::Expr &expr) {
  if (isPath(expr))
    if (Found found = find(expr); found.what == Found::One)
      return found.one->name;
  const ast::Expr *base = nullptr;
  if (auto *member = llvm::dyn_cast<ast::MemberExpr>(&expr))
    base = member->base;
  else if (auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr))
    base = index->base;
  if (!base)
    return expr.text().str();
  const char *end = base->range.End.getPointer();
  return shown(*base) + std::string(end, expr.range.End.getPointer());
}

bool NetworkNames::isPath(const ast::Expr &expr) {
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr))
    return findName(name->name).what != Found::Nothing;
  if (auto *member = llvm::dyn_cast<ast::MemberExpr>(&expr)) {
    Found base = isPath(*member->base) ? find(*member->base) : Found();
    bool isPart = base.what == Found::One && llvm::isa<ast::PartStmt>(base.one->syntax);
    bool areParts = base.what == Found::Several && llvm::isa<ast::PartStmt>(base.family->syntax);
    return isPart || areParts;
  }
  if (auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr))
    return isPath(*index->base) && find(*index->base).what == Found::Several;
  return false;
}

std::optional<model::Group> NetworkNames::groupOf(Declared &declared, llvm::SMRange range) {
  if (llvm::isa<ast::PopulationStmt>(declared.syntax)) {
    model::Population *population = declared.population;
    if (!population)
      return std::nullopt;
    return model::Group{population->name, population, 0, population->size, range};
  }
  if (llvm::isa<ast::PartStmt>(declared.syntax)) {
    context
        .error(DiagnosticCode::C12, range,
               "`" + declared.name + "` is a network; a population of it is named as in `" + declared.name + ".N`")
        .note(declared.range, "it is declared here");
    return std::nullopt;
  }
  auto *syntax = llvm::dyn_cast<ast::GroupStmt>(declared.syntax);
  if (!syntax) {
    reportUnknownGroup(declared.name, range);
    return std::nullopt;
  }
  if (declared.state == Declared::Visiting) {
    context.error(DiagnosticCode::N6, declared.range, "group `" + declared.name + "` is part of itself");
    return std::nullopt;
  }
  if (declared.state == Declared::Unvisited) {
    llvm::SaveAndRestore deeper(context.depth, context.depth + 1);
    InInstance there(*this, declared.copy);
    declared.state = Declared::Visiting;
    if (!context.isTooDeep(declared.range, "groups"))
      declared.group = group(*syntax->members);
    if (declared.group)
      declared.group->name = declared.name;
    declared.state = Declared::Done;
  }
  std::optional<model::Group> result = declared.group;
  if (result)
    result->range = range;
  return result;
}

std::optional<model::Group> NetworkNames::slice(const ast::IndexExpr &index, uint64_t *stride) {
  std::optional<model::Group> whole = group(*index.base);
  if (!whole)
    return std::nullopt;
  if (index.subscripts.size() != 1) {
    context
        .error(DiagnosticCode::C12, index.range,
               quoted(*index.base) + " is not a family, so it has no members; one index or slice selects neurons")
        .note(whole->population->range, "population `" + whole->population->name + "` is declared here");
    return std::nullopt;
  }
  const ast::Subscript &subscript = index.subscripts.front();
  uint64_t size = whole->end - whole->begin;
  std::optional<uint64_t> begin = 0, end = size;
  if (subscript.begin)
    begin = count(*subscript.begin, "an index");
  if (subscript.isSlice && subscript.end)
    end = count(*subscript.end, "an index");
  if (!begin || !end)
    return std::nullopt;
  if (subscript.step && !stride) {
    context.error(DiagnosticCode::C1, subscript.step->range,
                  "a group is a range of neurons; only `record` takes every so many of them");
    return std::nullopt;
  }
  if (subscript.step) {
    std::optional<uint64_t> step = count(*subscript.step, "the step of a slice");
    if (!step)
      return std::nullopt;
    if (*step == 0) {
      context.error(DiagnosticCode::C1, subscript.step->range, "the step of a slice is at least 1");
      return std::nullopt;
    }
    *stride = *step;
  }
  if (!subscript.isSlice)
    end = *begin + 1;
  auto report = [&](const Twine &message) {
    context.error(DiagnosticCode::C1, subscript.range, message)
        .note(whole->population->range, "population `" + whole->population->name + "` is declared here");
    return std::nullopt;
  };
  std::string wholeName = quoted(*index.base) + " has " + std::to_string(size) + (size == 1 ? " neuron" : " neurons");
  if (*end > size)
    return report(wholeName + ", so index " + Twine(subscript.isSlice ? *end - 1 : *begin) + " is out of range");
  if (*begin >= *end)
    return report("the slice " + (*begin == *end ? "is empty" : std::string("ends before it begins")) + ": " +
                  wholeName);
  return model::Group{"", whole->population, whole->begin + *begin, whole->begin + *end, index.range};
}
