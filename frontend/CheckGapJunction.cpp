// Gap junctions: projections through the library's synapse `GapJunction`, one way or both ways.

#include "frontend/CheckProjection.h"

using namespace snn;
using model::ConnectRule;
using model::Variable;
using model::VariableKind;

/// What a gap junction says of itself, and what it reads of the source.
bool ProjectionChecker::checkGapJunction() {
  bool good = true;
  for (const ast::Stmt *stmt : syntax.body.statements) {
    auto *clause = llvm::dyn_cast<ast::ClauseStmt>(stmt);
    if (!clause || clause->keyword == ast::ClauseKeyword::Connect || clause->keyword == ast::ClauseKeyword::Weight || mirrored)
      continue;
    context.error(DiagnosticCode::C30, clause->range,
                  "a gap junction has `connect` and `weight`, and no `" + spelling(clause->keyword) + "`");
    good = false;
  }
  std::optional<const Variable *> variable = coupledVariable();
  projection->sourceAt = variable.value_or(nullptr);
  return good && variable;
}

/// The variable of the source that the target is coupled to; null for its `V`. Nothing after a report.
std::optional<const Variable *> ProjectionChecker::coupledVariable() {
  const model::Definition &source = *projection->source.population->model.definition;
  if (!definitions.isSound(source))
    return std::nullopt;
  if (mirrored)
    return mirrored->port->readsAt;
  if (sourcePort) {
    const Variable *named = source.find(sourcePort.text);
    if (named && named->kind == VariableKind::Input && !named->isEvent)
      return named->readsAt;
    context
        .error(DiagnosticCode::C5, sourcePort.range,
               "`" + source.name + "` has no port `" + sourcePort.text + "` that a current can enter")
        .note(source.range, "`" + source.name + "` is declared here");
    return std::nullopt;
  }
  const Variable *found = nullptr;
  for (const auto &variable : source.variables)
    if (variable->readsAt && found)
      return nullptr; // several, of which none is meant
    else if (variable->readsAt)
      found = variable->readsAt;
  return source.find("V") ? nullptr : found;
}

/// Within one group each pair of neurons is drawn once, which only some rules can do.
bool ProjectionChecker::checkGapConnect() {
  const model::Group &a = projection->source, &b = projection->target;
  bool isMutual = syntax.coupling == ast::Coupling::MutualGapJunction;
  auto reject = [&](const llvm::Twine &message) {
    context.error(DiagnosticCode::C30, projection->connect.range, message);
    return false;
  };
  if (isMutual && projection->connect.rule == ConnectRule::PairBernoulli)
    return reject("the probability of a mutual gap junction is one number for all pairs");
  if (projection->connect.procedural)
    return reject("the contacts of a gap junction are used in every step, so they are stored");
  bool overlap = a.population == b.population && a.begin < b.end && b.begin < a.end;
  if (!isMutual || !overlap || sourcePort.text != port.text)
    return true;
  if (a.begin != b.begin || a.end != b.end)
    return reject("the ends of a mutual gap junction are the same neurons, or have none in common");
  switch (projection->connect.rule) {
  case ConnectRule::AllToAll:
  case ConnectRule::Bernoulli:
  case ConnectRule::Pairs:
    return true;
  default:
    return reject("pairs of neurons of one group are joined by `all_to_all`, `bernoulli` or `pairs`");
  }
}

/// Both ends are the same port of the same neurons.
bool ProjectionChecker::endsAreOne(const model::Projection &forth) const {
  const model::Group &a = forth.source, &b = forth.target;
  return a.population == b.population && a.begin == b.begin && a.end == b.end && sourcePort.text == port.text;
}

/// What has been joined is joined the other way round as well.
void ProjectionChecker::joinBack(model::Projection &forth) {
  if (endsAreOne(forth)) {
    forth.mirrors = &forth;
    forth.connect.autapses = false;
    return;
  }
  ast::ProjectionStmt swapped = syntax;
  std::swap(swapped.source, swapped.target);
  ProjectionChecker back(definitions, names, swapped, nullptr);
  back.mirrored = &forth;
  back.weight = weight;
  back.projection->mirrors = &forth;
  back.run();
}
