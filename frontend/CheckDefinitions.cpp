#include "frontend/CheckDefinitions.h"
#include "frontend/CheckCompose.h"
#include "frontend/CheckVectorSettings.h"
#include "frontend/Library.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::StringRef;
using model::DefinitionKind;
using model::VariableKind;

static DefinitionKind kindOf(ast::DefinitionKeyword keyword) {
  switch (keyword) {
  case ast::DefinitionKeyword::Neuron:
    return DefinitionKind::Neuron;
  case ast::DefinitionKeyword::Synapse:
    return DefinitionKind::Synapse;
  case ast::DefinitionKeyword::Output:
    return DefinitionKind::Output;
  case ast::DefinitionKeyword::Current:
    return DefinitionKind::Current;
  case ast::DefinitionKeyword::Plasticity:
    return DefinitionKind::Plasticity;
  }
  llvm_unreachable("every keyword is listed");
}

static bool isDefinition(const ast::Stmt &stmt) {
  return llvm::isa<ast::DefinitionStmt, ast::DerivedDefinitionStmt>(stmt);
}

const ast::Name &snn::nameOf(const ast::Stmt &definition) {
  if (auto *derived = llvm::dyn_cast<ast::DerivedDefinitionStmt>(&definition))
    return derived->name;
  return llvm::cast<ast::DefinitionStmt>(definition).name;
}

DefinitionKind snn::kindOf(const ast::Stmt &definition) {
  if (auto *derived = llvm::dyn_cast<ast::DerivedDefinitionStmt>(&definition))
    return ::kindOf(derived->keyword);
  return ::kindOf(llvm::cast<ast::DefinitionStmt>(definition).keyword);
}

StringRef snn::spelling(DefinitionKind kind) {
  switch (kind) {
  case DefinitionKind::Neuron:
    return "neuron";
  case DefinitionKind::Synapse:
    return "synapse";
  case DefinitionKind::Output:
    return "output";
  case DefinitionKind::Current:
    return "current";
  case DefinitionKind::Plasticity:
    return "plasticity";
  }
  llvm_unreachable("every kind is listed");
}

static std::unique_ptr<model::Definition> makeDefinition(const ast::Stmt &syntax, bool fromLibrary) {
  auto definition = std::make_unique<model::Definition>();
  definition->kind = kindOf(syntax);
  definition->name = nameOf(syntax).text.str();
  definition->documentation = syntax.documentation.str();
  definition->fromLibrary = fromLibrary;
  definition->range = nameOf(syntax).range;
  return definition;
}

DefinitionTable::DefinitionTable(CheckContext &context) : context(context) {
  unknown.definition = &nothing;
  unknown.failed = true;
  for (const ast::Stmt *item : context.file.items) {
    if (!isDefinition(*item))
      continue;
    const ast::Name &name = nameOf(*item);
    auto [found, isNew] = entries.try_emplace(name.text);
    if (!isNew) {
      context.error(DiagnosticCode::N2, name.range, "`" + name.text + "` is declared twice")
          .note(nameOf(*found->second.syntax).range, "it is declared here first");
      continue;
    }
    found->second.syntax = item;
    context.model.definitions.push_back(makeDefinition(*item, false));
    found->second.checked.definition = context.model.definitions.back().get();
  }
}

void DefinitionTable::checkAll() {
  for (const ast::Stmt *item : context.file.items)
    if (isDefinition(*item))
      checked(*lookUp(nameOf(*item).text));
}

DefinitionTable::Entry *DefinitionTable::lookUp(StringRef name) {
  if (auto found = entries.find(name); found != entries.end())
    return &found->second;
  const ast::Stmt *syntax = context.library.find(name);
  if (!syntax)
    return nullptr;
  Entry &entry = entries[name];
  entry.syntax = syntax;
  entry.owned = makeDefinition(*syntax, true);
  entry.checked.definition = entry.owned.get();
  libraryEntries.push_back(&entry);
  return &entry;
}

const CheckedDefinition &DefinitionTable::checked(Entry &entry) {
  if (entry.state == Entry::Visiting) {
    context.error(DiagnosticCode::N6, nameOf(*entry.syntax).range,
                  "`" + entry.checked.definition->name + "` is derived from itself");
    entry.checked.failed = true;
  }
  if (entry.state == Entry::Unvisited) {
    llvm::SaveAndRestore deeper(context.depth, context.depth + 1);
    entry.state = Entry::Visiting;
    if (context.isTooDeep(nameOf(*entry.syntax).range, "models"))
      entry.checked.failed = true;
    else
      checkEntry(entry);
    entry.state = Entry::Done;
  }
  return entry.checked;
}

void DefinitionTable::checkEntry(Entry &entry) {
  Overrides overrides;
  auto *syntax = llvm::dyn_cast<ast::DefinitionStmt>(entry.syntax);
  if (auto *derived = llvm::dyn_cast<ast::DerivedDefinitionStmt>(entry.syntax)) {
    const CheckedDefinition &base = find(derived->base, kindOf(*derived));
    if (base.failed || entry.checked.failed) {
      entry.checked.failed = true;
      return;
    }
    entry.generation = lookUp(derived->base.text)->generation + 1;
    llvm::SaveAndRestore deeper(context.depth, entry.generation);
    if (context.isTooDeep(derived->name.range, "models")) {
      entry.checked.failed = true;
      return;
    }
    checkOverrides(*derived, base, overrides);
    syntax = rootOf(derived->base, overrides);
  }
  ModelComposer composer(context, *this, overrides);
  syntax = composer.compose(*syntax);
  if (!syntax) {
    entry.checked.failed = true;
    return;
  }
  DefinitionChecker(context, *syntax, overrides, entry.checked).run();
  for (StringRef name : composer.decisive().keys()) // they are used, if by no expression of the model
    if (const model::Variable *constant = entry.checked.definition->find(name))
      context.variable(model::Expr::Kind::Variable, *constant, constant->range);
  chooseMethod(*entry.syntax, *entry.checked.definition);
}

/// A derived model may choose another method; the nearest choice counts.
void DefinitionTable::chooseMethod(const ast::Stmt &syntax, model::Definition &definition) {
  auto *derived = llvm::dyn_cast<ast::DerivedDefinitionStmt>(&syntax);
  while (derived) {
    if (std::optional<model::Integration> integration = integrationOf(derived->settings, context)) {
      definition.integration = *integration;
      return;
    }
    derived = llvm::dyn_cast<ast::DerivedDefinitionStmt>(lookUp(derived->base.text)->syntax);
  }
}

const ast::DefinitionStmt *DefinitionTable::rootOf(const ast::Name &name, Overrides &overrides) {
  const ast::Stmt *base = lookUp(name.text)->syntax;
  while (auto *next = llvm::dyn_cast<ast::DerivedDefinitionStmt>(base)) {
    for (const ast::Stmt *stmt : next->settings.statements)
      if (auto *assignment = llvm::dyn_cast<ast::AssignmentStmt>(stmt))
        if (ast::Name target = pathOf(*assignment->target))
          overrides.try_emplace(target.text, assignment); // the nearest one counts
    base = lookUp(next->base.text)->syntax;
  }
  return llvm::cast<ast::DefinitionStmt>(base);
}

void DefinitionTable::checkOverrides(const ast::DerivedDefinitionStmt &derived, const CheckedDefinition &base,
                                     Overrides &overrides) {
  for (const ast::Stmt *stmt : derived.settings.statements) {
    auto *assignment = llvm::dyn_cast<ast::AssignmentStmt>(stmt);
    ast::Name target = assignment ? pathOf(*assignment->target) : ast::Name();
    if (!target || (assignment->op != ast::AssignOp::Set && assignment->op != ast::AssignOp::Draw))
      continue; // the parser has reported it
    const model::Variable *variable = base.definition->find(target.text);
    if (!variable) // a vector is as good as any of its elements
      variable = base.definition->find((target.text + "[0]").str());
    if (!variable || (variable->kind != VariableKind::Parameter && variable->kind != VariableKind::Constant &&
                      variable->kind != VariableKind::State)) {
      NearestName nearest(target.text);
      for (const auto &other : base.definition->variables)
        nearest.consider(other->name);
      context.error(DiagnosticCode::N4, target.range,
                    "`" + base.definition->name + "` has no parameter or state `" + target.text + "`" +
                        nearest.hint());
      continue;
    }
    if (!overrides.try_emplace(target.text, assignment).second)
      context.error(DiagnosticCode::N2, target.range, "`" + target.text + "` is given twice");
  }
}

const CheckedDefinition &DefinitionTable::find(const ast::Name &name, DefinitionKind kind) {
  Entry *entry = lookUp(name.text);
  if (!entry) {
    reportUnknown(name, kind);
    return unknown;
  }
  DefinitionKind found = entry->checked.definition->kind;
  if (found != kind) {
    context
        .error(DiagnosticCode::N3, name.range,
               (kind == DefinitionKind::Output ? "an " : "a ") + spelling(kind) + " is needed here, and `" + name.text +
                   "` is " + (found == DefinitionKind::Output ? "an " : "a ") + spelling(found))
        .note(entry->checked.definition->range, "`" + name.text + "` is declared here");
    return unknown;
  }
  return checked(*entry);
}

bool DefinitionTable::isSound(const model::Definition &definition) const {
  auto found = entries.find(definition.name);
  return found != entries.end() && !found->second.checked.failed;
}

bool DefinitionTable::contains(StringRef name, DefinitionKind kind) {
  Entry *entry = lookUp(name);
  return entry && entry->checked.definition->kind == kind;
}

void DefinitionTable::reportUnknown(const ast::Name &name, DefinitionKind kind) {
  if (context.file.lacksNames || !name)
    return;
  NearestName nearest(name.text);
  for (const auto &entry : entries)
    if (entry.second.checked.definition->kind == kind)
      nearest.consider(entry.first());
  for (const auto &entry : context.library.entries())
    if (::kindOf(entry.second.keyword) == kind)
      nearest.consider(entry.first());
  suggest(context.error(DiagnosticCode::N3, name.range,
                        "unknown " + spelling(kind) + " `" + name.text + "`" + nearest.hint()),
          name.range, nearest);
}

void DefinitionTable::finish() {
  for (Entry *entry : libraryEntries)
    context.model.definitions.push_back(std::move(entry->owned));
}
