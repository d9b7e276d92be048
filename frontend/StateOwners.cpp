#include "frontend/StateOwners.h"

#include "llvm/ADT/DenseSet.h"

#include <map>

using namespace snn;
using llvm::StringRef;
using model::Expr;
using model::StateOwner;
using model::Variable;
using model::VariableKind;

namespace {

/// Why a state cannot be shared, and where the model says so.
struct Obstacle {
  std::string text;
  llvm::SMRange where;
};

/// Whether the synapses of a source (or a target) all have the same value of each state. Every state may be shared until
/// something speaks against it.
class Sharing {
public:
  Sharing(const model::Use &use, bool bySource) : use(use), bySource(bySource) {}
  void run();

  std::map<const Variable *, Obstacle> obstacles;

private:
  void exclude(const Variable &state, std::string text, llvm::SMRange where) {
    changed |= obstacles.try_emplace(&state, Obstacle{std::move(text), where}).second;
  }
  void excludeByWriters(const std::vector<model::Assignment> &statements, StringRef event);
  void follow(const Variable &state, const Expr *value);
  const Expr *given(const Variable &variable) const;
  std::optional<Obstacle> obstacleIn(const Expr &expr, llvm::DenseSet<const Variable *> &seen) const;

  const model::Use &use;
  const bool bySource;
  bool changed = false;
};

} // namespace

/// What the variable is at the start: the setting, or else its default.
const Expr *Sharing::given(const Variable &variable) const {
  for (const model::Setting &setting : use.settings)
    if (setting.variable == &variable)
      return setting.value;
  return variable.value;
}

std::optional<Obstacle> Sharing::obstacleIn(const Expr &expr, llvm::DenseSet<const Variable *> &seen) const {
  switch (expr.kind) {
  case Expr::Kind::Draw:
  case Expr::Kind::Data:
    return Obstacle{"is drawn for every connection", expr.range};
  case Expr::Kind::Pre:
  case Expr::Kind::Post:
  case Expr::Kind::PreIndex:
  case Expr::Kind::PrePosition:
  case Expr::Kind::PostPosition:
  case Expr::Kind::PostIndex:
    return Obstacle{"differs between connections", expr.range};
  case Expr::Kind::Variable: {
    const Variable &variable = *expr.variable;
    std::string name = "`" + variable.name + "`";
    if (variable.kind == VariableKind::Weight)
      return Obstacle{"depends on the weight " + name, expr.range};
    if (variable.kind == (bySource ? VariableKind::Post : VariableKind::Pre))
      return Obstacle{"depends on " + name + " of the " + (bySource ? "target" : "source"), expr.range};
    if (variable.kind == VariableKind::Syn)
      return Obstacle{"depends on the synapse's " + name, expr.range};
    if (variable.kind == VariableKind::ModulatorState)
      return Obstacle{"depends on " + name + " of a modulator", expr.range};
    if (variable.kind == VariableKind::State) {
      if (!obstacles.contains(&variable))
        return std::nullopt;
      return Obstacle{"depends on " + name + ", which is not", expr.range};
    }
    const Expr *value = given(variable);
    if (!value || !seen.insert(&variable).second)
      return std::nullopt;
    std::optional<Obstacle> found = obstacleIn(*value, seen);
    if (found && variable.kind == VariableKind::Parameter)
      return Obstacle{"depends on " + name + ", which differs between connections", value->range};
    return found;
  }
  default:
    break;
  }
  for (const Expr *operand : expr.operands)
    if (std::optional<Obstacle> found = obstacleIn(*operand, seen))
      return found;
  return std::nullopt;
}

void Sharing::follow(const Variable &state, const Expr *value) {
  llvm::DenseSet<const Variable *> seen;
  if (std::optional<Obstacle> found = value ? obstacleIn(*value, seen) : std::nullopt)
    exclude(state, found->text, found->where);
}

void Sharing::excludeByWriters(const std::vector<model::Assignment> &statements, StringRef event) {
  for (const model::Assignment &statement : statements)
    if (statement.variable && statement.variable->kind == VariableKind::State)
      exclude(*statement.variable, ("changes in `on " + event + "`").str(), statement.range);
}

void Sharing::run() {
  const model::Definition &rule = *use.definition;
  excludeByWriters(bySource ? rule.onPost : rule.onPre, bySource ? "post" : "pre");
  for (const model::ModulatorHandler &handler : rule.onModulator)
    excludeByWriters(handler.body, handler.modulator->name);
  for (const model::ConditionHandler &handler : rule.onCondition)
    excludeByWriters(handler.body, "<condition>");
  const auto &ownStatements = bySource ? rule.onPre : rule.onPost;
  do {
    changed = false;
    for (const auto &variable : rule.variables)
      if (variable->kind == VariableKind::State || variable->kind == VariableKind::Past)
        follow(*variable, given(*variable));
    for (const model::Equation &equation : rule.equations)
      if (equation.state->kind == VariableKind::State)
        follow(*equation.state, equation.value);
    for (const model::Assignment &statement : ownStatements)
      if (statement.variable && statement.variable->kind == VariableKind::State)
        follow(*statement.variable, statement.value);
    for (const model::Keep &keep : rule.keeps)
      for (const Expr *bound : {keep.low, keep.high})
        if (keep.variable->kind == VariableKind::State)
          follow(*keep.variable, bound);
  } while (changed);
}

/// What neurons keep has a past; what every connection keeps would need a history of its own.
static bool reportPastOfConnection(const Variable &past, const Obstacle &obstacle, const model::Use &use, CheckContext &context) {
  context
      .error(DiagnosticCode::M22, use.range,
             "`delayed` in `" + use.definition->name + "` looks back at what has to be one per source or one per target, but it " + obstacle.text)
      .note(past.range, "it looks back here")
      .note(obstacle.where, "this is what it depends on");
  return false;
}

bool snn::placeStates(model::Use &use, CheckContext &context) {
  Sharing bySource(use, true), byTarget(use, false);
  bySource.run();
  byTarget.run();
  bool good = true;
  use.owners.assign(use.definition->variables.size(), StateOwner::Derived);
  for (const auto &variable : use.definition->variables) {
    if (variable->kind != VariableKind::State && variable->kind != VariableKind::Past)
      continue;
    auto perSource = bySource.obstacles.find(variable.get()), perTarget = byTarget.obstacles.find(variable.get());
    bool isPre = perSource == bySource.obstacles.end(), isPost = perTarget == byTarget.obstacles.end();
    StateOwner &owner = use.owners[variable->index];
    owner = variable->owner == StateOwner::Post && isPost ? StateOwner::Post
            : isPre                                       ? StateOwner::Pre
            : isPost                                      ? StateOwner::Post
                                                          : StateOwner::Connection;
    if (variable->kind == VariableKind::Past && owner == StateOwner::Connection)
      good &= reportPastOfConnection(*variable, perTarget->second, use, context);
    if (variable->owner == StateOwner::Derived || variable->owner == owner)
      continue;
    bool wantsPre = variable->owner == StateOwner::Pre;
    const Obstacle &obstacle = wantsPre ? perSource->second : perTarget->second;
    context
        .error(DiagnosticCode::M21, use.range,
               "`" + variable->name + "` of `" + use.definition->name + "` is declared as one per " +
                   (wantsPre ? "source" : "target") + ", but it " + obstacle.text)
        .note(variable->range, "`" + variable->name + "` is declared here")
        .note(obstacle.where, "this is what it depends on");
    good = false;
  }
  return good;
}
