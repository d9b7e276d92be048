// What a network declares, by name.

#include "frontend/CheckNetwork.h"

#include <algorithm>

using namespace snn;
using llvm::StringRef;
using llvm::Twine;

std::string UniqueNames::add(const Twine &name) {
  std::string unique = name.str();
  if (unsigned time = ++times[unique]; time > 1)
    unique += " (" + std::to_string(time) + ")";
  return unique;
}

NetworkNames::NetworkNames(CheckContext &context, const ast::NetworkStmt &syntax, model::Network &network)
    : context(context), syntax(syntax), network(network) {
  declareAll();
}

NetworkNames::~NetworkNames() = default;

void NetworkNames::declareAll() {
  variables.incomplete = syntax.body.lacksNames;
  const char *begin = syntax.body.range.Start.getPointer();
  variables.text = StringRef(begin, syntax.body.range.End.getPointer() - begin);
  declareIndexSets();
  for (const ast::Stmt *stmt : syntax.body.statements)
    if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt))
      declare(variable->name, *stmt);
  declareTables();
  declareCopies(syntax.body, nullptr);
}

/// Values are declared before what may need them, wherever they stand, so the one that is known may be the later one.
void NetworkNames::reportTwice(const ast::Name &name, const Twine &what, llvm::SMRange other) {
  auto [first, second] = std::minmax(name.range, other, [](llvm::SMRange a, llvm::SMRange b) {
    return a.Start.getPointer() < b.Start.getPointer();
  });
  context.error(DiagnosticCode::N2, second, "`" + what + "` is declared twice").note(first, "it is declared here first");
}

Declared *NetworkNames::declare(const ast::Name &name, const ast::Stmt &stmt, const IndexCopy *inCopy) {
  if (auto family = families.find(name.text); family != families.end()) {
    reportTwice(name, name.text, family->second.range);
    return nullptr;
  }
  auto [found, isNew] = names.try_emplace(name.text);
  Declared &declared = found->second;
  if (!isNew) {
    // What should tell copies of a declaration apart may be what is wrong with it.
    if (!stmt.faulty && !declared.syntax->faulty)
      reportTwice(name, name.text, declared.range);
    return nullptr;
  }
  declared.syntax = &stmt;
  declared.range = name.range;
  declared.copy = inCopy;
  declared.name = prefix + name.text.str();
  auto *variableSyntax = llvm::dyn_cast<ast::VariableStmt>(&stmt);
  if (variableSyntax)
    variables.add(
        name.text, [this, &declared, variableSyntax](llvm::SMRange) { return variable(declared, *variableSyntax); },
        name.range);
  return &declared;
}

/// True if both declare things that can be members of one family.
static bool areAlike(const ast::Stmt &a, const ast::Stmt &b) {
  auto isGroup = [](const ast::Stmt &stmt) { return llvm::isa<ast::PopulationStmt, ast::GroupStmt>(stmt); };
  return a.kind == b.kind || (isGroup(a) && isGroup(b));
}

Declared *NetworkNames::declareMember(const ast::Name &name, ast::Indices indices, const ast::Stmt &stmt,
                                      const IndexCopy *inCopy) {
  if (indices.empty())
    return declare(name, stmt, inCopy);
  llvm::SmallVector<StringRef, 2> members;
  for (const ast::Name &index : indices) {
    ast::NameExpr expr(index.range);
    expr.name = index.text;
    std::optional<StringRef> member = memberNamed(expr, scopes(), context);
    if (!member || !isKnownMember(*member, index.range))
      return nullptr;
    members.push_back(*member);
  }
  if (auto single = names.find(name.text); single != names.end()) {
    reportTwice(name, name.text, single->second.range);
    return nullptr;
  }
  std::string key = familyMember(name.text, members);
  auto [family, isFirst] = families.try_emplace(name.text, Family{&stmt, name.range, members.size(), {}, {}});
  Family &found = family->second;
  found.indices.resize(members.size());
  if (found.axes != members.size() || !areAlike(*found.syntax, stmt)) {
    reportTwice(name, name.text, found.range);
    return nullptr;
  }
  auto [entry, isNew] = names.try_emplace(key);
  Declared &declared = entry->second;
  if (!isNew) {
    reportTwice(name, key, declared.range);
    return nullptr;
  }
  declared.syntax = &stmt;
  declared.range = name.range;
  declared.copy = inCopy;
  declared.name = prefix + key;
  found.members.push_back(&declared);
  for (auto [axis, member] : llvm::zip_equal(found.indices, members))
    axis.insert(member);
  return &declared;
}

ScopeList NetworkNames::scopes() const {
  ScopeList list;
  if (copy)
    list.push_back(&copy->scope());
  list.push_back(&variables);
  list.push_back(&context.constants());
  return list;
}

NetworkNames::InInstance::InInstance(NetworkNames &names, const IndexCopy *copy) : names(names), outer(names.copy) {
  names.copy = copy;
  if (copy)
    inCopy.emplace(names.context, *copy);
}

bool NetworkNames::isGroup(StringRef name) const {
  auto isGroup = [](const ast::Stmt *stmt) { return llvm::isa<ast::PopulationStmt, ast::GroupStmt>(stmt); };
  if (auto found = names.find(name); found != names.end())
    return isGroup(found->second.syntax);
  auto family = families.find(name);
  return family != families.end() && isGroup(family->second.syntax);
}

bool NetworkNames::isProjection(StringRef name) const {
  auto found = names.find(name);
  return found != names.end() && llvm::isa<ast::ProjectionStmt>(found->second.syntax);
}

const model::Projection *NetworkNames::projection(StringRef name) const {
  auto found = names.find(name);
  return found == names.end() ? nullptr : found->second.projection;
}
