// `at 1 s { W.w *= 2 where pre.i < 100 }`: weights that the experiment changes at a time.

#include "frontend/CheckDimension.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckJoined.h"

using namespace snn;
using llvm::SMRange;
using model::Expr;
using model::VariableKind;

/// What a projection calls its weight: as its synapse does, or `w`.
static llvm::StringRef weightName(const model::Projection &projection) {
  if (const model::Definition *synapse = projection.synapse.definition)
    for (const auto &variable : synapse->variables)
      if (variable->kind == VariableKind::Weight)
        return variable->name;
  return "w";
}

void ExperimentChecker::changeWeights(double time, const model::Projection &projection, const ast::MemberExpr &target,
                                      const ast::AssignmentStmt &assignment) {
  llvm::StringRef name = weightName(projection);
  if (target.member.text != "w" && target.member.text != name) {
    context.error(DiagnosticCode::X3, target.member.range, "what changes of a projection while the network runs is its weight `" + name + "`")
        .note(projection.range, "`" + projection.name + "` is declared here");
    return;
  }
  if (!projection.weight) {
    context.error(DiagnosticCode::X3, target.range, "`" + projection.name + "` has no weight")
        .note(projection.range, "it is declared here");
    return;
  }
  if (projection.connect.procedural) {
    context.error(DiagnosticCode::X3, target.range, "the weights of `" + projection.name + "` are never stored, so they cannot change")
        .note(projection.connect.range, "its contacts are drawn again for every spike");
    return;
  }
  if (projection.mirrors && projection.mirrors != &projection) // changes with the one whose contacts these are
    return;
  // Which end of a listed pair is its `pre` is not kept. Of what a rule draws, it is the neuron that comes first.
  if (projection.mirrors && projection.connect.rule == model::ConnectRule::Pairs) {
    context.error(DiagnosticCode::P6, target.range, "changing the weights of a mutual gap junction between listed pairs is not supported yet")
        .note(projection.connect.range, "its pairs are listed here");
    return;
  }
  Scope joined = joinedScope(projection.source, projection.target, definitions, context);
  joined.add(name, [&](SMRange range) { return context.simulation(Expr::Kind::OldWeight, projection.weightDimension, range); });
  ScopeList names = {&joined};
  names.append(scopes);
  WeightDimension none;
  ExpressionChecker checker(context, names, none);
  std::optional<model::Op> op = compoundOp(assignment.op);
  bool scales = op == model::Op::Mul || op == model::Op::Div;
  Value value = checker.checkQuantity(*assignment.value);
  if (value)
    value = checker.requireDimension(value, *assignment.value, scales ? DimensionTerm() : DimensionTerm(projection.weightDimension),
                                     scales ? "a factor" : "`" + name + "`");
  Value condition = assignment.condition ? checker.checkTruth(*assignment.condition) : Value();
  if (!value || (assignment.condition && !condition) || assignment.op == ast::AssignOp::Draw)
    return;
  const Expr *written = value.expr;
  if (op) {
    Expr *compound = context.make(Expr::Kind::Apply, assignment.range);
    compound->op = *op;
    compound->dimension = projection.weightDimension;
    compound->operands = {context.simulation(Expr::Kind::OldWeight, projection.weightDimension, target.range).expr, value.expr};
    written = compound;
  }
  experiment.changes.push_back({&projection, context.number(time, Dimension::time(), assignment.range).expr,
                                folded(written, context), condition ? folded(condition.expr, context) : nullptr, assignment.range});
}
