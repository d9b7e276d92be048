// `weight ... normalised per target to W`: the weights that end on a neuron are scaled so that they add up to W.

#include "frontend/CheckFold.h"
#include "frontend/CheckProjection.h"

using namespace snn;
using model::Expr;

/// Is the value another one for every connection?
static bool isOfConnection(const Expr &expr) {
  switch (expr.kind) {
  case Expr::Kind::Pre:
  case Expr::Kind::PreIndex:
  case Expr::Kind::PrePosition:
  case Expr::Kind::Draw:
  case Expr::Kind::Data:
    return true;
  default:
    return false;
  }
}

bool ProjectionChecker::checkTotal() {
  const ast::ClauseStmt *weightClause = clause(ast::ClauseKeyword::Weight);
  if (!weightClause || !weightClause->total)
    return true;
  const ast::Expr &written = *weightClause->total;
  auto reject = [&](llvm::SMRange range, const llvm::Twine &message) -> Diagnostic & {
    return context.error(DiagnosticCode::C21, range, message);
  };
  if (isGapJunction()) {
    reject(written.range, "the weight of a gap junction is that of both neurons, so it cannot be scaled for one of them");
    return false;
  }
  if (projection->connect.procedural) {
    reject(written.range, "to be scaled to a sum, weights are kept")
        .note(projection->connect.range, "contacts are drawn again for every spike because of `procedural` here");
    return false;
  }
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  Value total = checker.requireDimension(checker.checkQuantity(written), written, projection->weightDimension, "the sum of the weights");
  if (!total)
    return false;
  if (const Expr *found = findUse(*total.expr, isOfConnection)) {
    reject(written.range, "the sum of the weights is one number for each target").note(found->range, "this differs between its connections");
    return false;
  }
  projection->total = folded(total.expr, context);
  return true;
}
