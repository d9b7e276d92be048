#include "compiler/tools/language-server/NameLookup.h"

using namespace snn;
using namespace snn::ast;
using namespace snn::editor;
using llvm::StringRef;

NameLookup::NameLookup(Document &document) : document(document), top(symbolsOf(document.file())) {}

static bool isInside(const char *place, llvm::SMRange range) {
  return range.isValid() && range.Start.getPointer() <= place && place <= range.End.getPointer();
}

static const Symbol *named(const std::vector<Symbol> &symbols, StringRef name) {
  for (const Symbol &symbol : symbols)
    if (symbol.name.text == name)
      return &symbol;
  return nullptr;
}

const Token *NameLookup::before(const Token &word, unsigned words) const {
  size_t index = &word - document.tokens().tokens.data();
  return index >= words ? &word - words : nullptr;
}

const Token *NameLookup::behind(const Token &word) const { return word.is(TokenKind::EndOfFile) ? nullptr : &word + 1; }

const Symbol *NameLookup::itemAround(const char *place) const {
  for (const Symbol &symbol : top)
    if (isInside(place, symbol.range()))
      return &symbol;
  return nullptr;
}

const Symbol *NameLookup::networkOf(const Symbol &item) const {
  for (const Symbol &symbol : top)
    if (llvm::isa<NetworkStmt>(symbol.declaration) && symbol.name.text == item.name.text)
      return &symbol;
  return nullptr;
}

std::optional<Symbol> NameLookup::model(StringRef name) {
  for (const Symbol &symbol : top)
    if (symbol.kind() == llvm::lsp::SymbolKind::Class && symbol.name.text == name)
      return symbol;
  if (const Stmt *found = document.library().find(name))
    return symbolOf(*found);
  return std::nullopt;
}

std::optional<Symbol> NameLookup::modelWithMembers(StringRef name) {
  std::optional<Symbol> found = model(name), base = found;
  for (unsigned depth = 0; base && depth < 100; ++depth) {
    auto *derived = llvm::dyn_cast<DerivedDefinitionStmt>(base->declaration);
    auto *extended = llvm::dyn_cast<DefinitionStmt>(base->declaration);
    if (depth > 0)
      found->members.insert(found->members.end(), base->members.begin(), base->members.end());
    StringRef next = derived ? derived->base.text : extended ? extended->base.text : StringRef();
    base = next.empty() ? std::nullopt : model(next);
  }
  return found;
}

/// The first name of `N`, `N[:5]`, `N[:5][2:]`.
static StringRef baseName(const Expr *expr) {
  while (auto *index = llvm::dyn_cast_or_null<IndexExpr>(expr))
    expr = index->base;
  auto *name = llvm::dyn_cast_or_null<NameExpr>(expr);
  return name ? name->name : StringRef();
}

std::optional<Symbol> NameLookup::modelOf(const Symbol &population, const Symbol &network, unsigned depth) {
  if (auto *made = llvm::dyn_cast<PopulationStmt>(population.declaration))
    return modelWithMembers(made->model.model.text);
  auto *group = llvm::dyn_cast<GroupStmt>(population.declaration);
  const Symbol *whole = group && depth < 100 ? named(network.members, baseName(group->members)) : nullptr;
  return whole ? modelOf(*whole, network, depth + 1) : std::nullopt;
}

/// What `pre.` and `post.` stand for in a projection.
static StringRef endOf(const ProjectionStmt &projection, StringRef end) {
  const Expr *expr = end == "pre" ? projection.source : projection.target;
  if (auto *member = llvm::dyn_cast_or_null<MemberExpr>(expr))
    expr = member->base;
  return baseName(expr);
}

std::optional<Symbol> NameLookup::membersOf(StringRef base, const char *place) {
  const Symbol *item = itemAround(place);
  const Symbol *network = item ? networkOf(*item) : nullptr;
  if (!network)
    return std::nullopt;
  if (base == "pre" || base == "post")
    forEachStatement(llvm::cast<NetworkStmt>(network->declaration)->body, [&](const Stmt &stmt) {
      if (auto *projection = llvm::dyn_cast<ProjectionStmt>(&stmt); projection && isInside(place, projection->range))
        base = endOf(*projection, base);
    });
  const Symbol *population = named(network->members, base);
  return population ? modelOf(*population, *network) : std::nullopt;
}

std::optional<Symbol> NameLookup::modelUsedAt(const char *place) {
  auto isAmong = [&](const ModelUse &use) {
    return use.model && isInside(place, use.range) && place > use.model.range.End.getPointer();
  };
  for (const Stmt *item : document.file().items) {
    if (auto *derived = llvm::dyn_cast<DerivedDefinitionStmt>(item); derived && isInside(place, derived->settings.range))
      return modelWithMembers(derived->base.text);
    auto *network = llvm::dyn_cast<NetworkStmt>(item);
    if (!network || !isInside(place, network->range))
      continue;
    std::optional<Symbol> used;
    forEachStatement(network->body, [&](const Stmt &stmt) {
      if (auto *population = llvm::dyn_cast<PopulationStmt>(&stmt))
        if (isAmong(population->model) || isInside(place, population->settings.range))
          used = modelWithMembers(population->model.model.text);
      auto *projection = llvm::dyn_cast<ProjectionStmt>(&stmt);
      if (!projection || !isInside(place, projection->range))
        return;
      auto *source = llvm::dyn_cast_or_null<CallExpr>(projection->source);
      if (source && isInside(place, source->range))
        used = modelWithMembers(source->callee.text);
      for (const Stmt *clause : projection->body.statements)
        if (auto *use = llvm::dyn_cast<ClauseStmt>(clause); use && isAmong(use->model))
          used = modelWithMembers(use->model.model.text);
    });
    if (used)
      return used;
  }
  return std::nullopt;
}

std::optional<Symbol> NameLookup::meaning(const Token &word) {
  const char *place = word.text.begin();
  StringRef name = word.text;
  auto member = [&](const std::optional<Symbol> &of) -> std::optional<Symbol> {
    const Symbol *found = of ? named(of->members, name) : nullptr;
    return found ? std::optional(*found) : std::nullopt;
  };
  const Token *dot = before(word);
  if (dot && dot->is(TokenKind::Dot)) {
    const Token *base = before(word, 2);
    // Behind a slice, `N[:5].V`, the base is where its bracket was opened.
    for (unsigned depth = 0, back = 2; base && (base->is(TokenKind::RightBracket) || depth); base = before(word, ++back)) {
      depth += base->is(TokenKind::RightBracket);
      depth -= base->is(TokenKind::LeftBracket);
      if (depth == 0) {
        base = before(word, back + 1);
        break;
      }
    }
    return base ? member(membersOf(base->text, place)) : std::nullopt;
  }
  const Token *next = behind(word);
  bool isGiven = next && (next->is(TokenKind::Equal) || next->is(TokenKind::Tilde));
  if (isGiven)
    if (std::optional<Symbol> found = member(modelUsedAt(place)))
      return found;
  if (const Symbol *item = itemAround(place)) {
    if (item->name.text.begin() == word.text.begin() && !llvm::isa<ExperimentStmt>(item->declaration))
      return *item;
    for (const Symbol &inner : item->members) // `let` of a population or projection
      if (isInside(place, inner.range()))
        if (const Symbol *found = named(inner.members, name))
          return *found;
    if (const Symbol *found = named(item->members, name))
      return *found;
    if (const Symbol *network = networkOf(*item)) {
      if (network->name.text == name)
        return *network;
      if (const Symbol *found = named(network->members, name))
        return *found;
    }
    // In `N.I = expr` the names of N come first, but for the experiment's own.
    if (llvm::isa<NetworkStmt>(item->declaration))
      if (std::optional<Symbol> found = member(modelUsedAt(place)))
        return found;
  }
  if (const Symbol *found = named(top, name))
    return *found;
  return model(name);
}

std::vector<Symbol> NameLookup::namesAt(size_t offset) {
  const char *place = document.text().begin() + offset;
  StringRef left = withoutLastName(document.text().take_front(offset));
  if (left.ends_with(".")) {
    left = left.drop_back();
    if (left.ends_with("]"))
      left = left.take_front(left.rfind('['));
    StringRef base = left.drop_front(withoutLastName(left).size());
    std::optional<Symbol> of = membersOf(base, place);
    return of ? of->members : std::vector<Symbol>();
  }
  std::vector<Symbol> names;
  auto add = [&](const std::vector<Symbol> &more) { names.insert(names.end(), more.begin(), more.end()); };
  if (std::optional<Symbol> used = modelUsedAt(place))
    add(used->members);
  if (const Symbol *item = itemAround(place)) {
    add(item->members);
    const Symbol *network = networkOf(*item);
    if (network && network != item)
      add(network->members);
  }
  add(top);
  for (const auto &entry : document.library().entries())
    if (const Stmt *found = document.library().find(entry.getKey()))
      names.push_back(symbolOf(*found));
  return names;
}
