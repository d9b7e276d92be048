#include "frontend/CheckJoined.h"

#include "frontend/CheckLayout.h"

using namespace snn;
using llvm::SMRange;
using llvm::StringRef;
using model::Expr;
using model::VariableKind;

/// A coordinate of the place of the neurons of `group`; `member` empty: the only one.
static Value joinedPosition(const model::Group &group, StringRef member, SMRange range, bool isPre, CheckContext &context) {
  auto coordinate = [&](unsigned axis) {
    Expr *expr = context.make(isPre ? Expr::Kind::PrePosition : Expr::Kind::PostPosition, range);
    expr->axis = axis;
    expr->dimension = Dimension::length();
    return Value{expr, expr->dimension, {"um", 1}};
  };
  return positionMember(*group.population, member, range, coordinate, context);
}

/// `member` of the neurons of `group`, which are the sources or the targets. Nothing after a report.
static std::optional<Value> joinedMember(const model::Group &group, StringRef member, SMRange range, bool isPre,
                                         DefinitionTable &definitions, CheckContext &context) {
  const model::Definition &definition = *group.population->model.definition;
  if (!definitions.isSound(definition))
    return std::nullopt;
  const model::Variable *variable = definition.find(member);
  if (variable && (variable->kind == VariableKind::Parameter || variable->kind == VariableKind::State ||
                   variable->kind == VariableKind::Constant))
    return context.variable(isPre ? Expr::Kind::Pre : Expr::Kind::Post, *variable, range);
  if (!variable && member == "i")
    return context.simulation(isPre ? Expr::Kind::PreIndex : Expr::Kind::PostIndex, Dimension::number(), range);
  if (!variable && member == "n")
    return context.simulation(isPre ? Expr::Kind::PreCount : Expr::Kind::PostCount, Dimension::number(), range);
  if (!variable && member == "position")
    return joinedPosition(group, "", range, isPre, context);
  if (variable) {
    context
        .error(DiagnosticCode::N4, range,
               "`" + member + "` of `" + definition.name + "` is neither a parameter nor a state")
        .note(variable->range, "it is declared here");
    return std::nullopt;
  }
  NearestName nearest(member);
  for (const auto &other : definition.variables)
    nearest.consider(other->name);
  context.error(DiagnosticCode::N4, range,
                "`" + definition.name + "` has no parameter or state `" + member + "`" + nearest.hint());
  return std::nullopt;
}

Scope snn::joinedScope(const model::Group &source, const model::Group &target, DefinitionTable &definitions, CheckContext &context) {
  Scope scope;
  scope.addMembers("pre", [&](StringRef member, SMRange range) {
    return joinedMember(source, member, range, true, definitions, context);
  });
  scope.addMembers("post", [&](StringRef member, SMRange range) {
    return joinedMember(target, member, range, false, definitions, context);
  });
  for (bool isPre : {true, false})
    scope.addMembers(isPre ? "pre.position" : "post.position", [&, isPre](StringRef member, SMRange range) {
      return std::optional(joinedPosition(isPre ? source : target, member, range, isPre, context));
    });
  scope.add("distance", [&](SMRange range) { return distanceBetween(*source.population, *target.population, range, context); });
  scope.add("dt", [&context](SMRange range) { return context.simulation(Expr::Kind::Step, Dimension::time(), range); });
  for (StringRef name : {"i", "n"})
    scope.add(name, [&context, name](SMRange range) {
      context.error(DiagnosticCode::N1, range,
                    "`" + name + "` is ambiguous between two neurons: write `pre." + name + "` or `post." + name + "`");
      return Value();
    });
  return scope;
}
