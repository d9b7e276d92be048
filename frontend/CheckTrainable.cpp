// `weight ~ normal(0, 1) trainable`: weights that training changes.

#include "frontend/CheckProjection.h"

using namespace snn;

bool ProjectionChecker::checkTrainable() {
  const ast::ClauseStmt *weight = clause(ast::ClauseKeyword::Weight);
  if (!weight || !weight->trainable.isValid())
    return true;
  projection->trainable = weight->trainable;
  auto reject = [&](const llvm::Twine &message, llvm::SMRange range, llvm::StringRef note) {
    context.error(DiagnosticCode::T2, weight->trainable, message).note(range, note);
    return false;
  };
  if (isGapJunction())
    return reject("the conductance of a gap junction is not trained", syntax.range, "the gap junction is here");
  if (projection->connect.procedural)
    return reject("weights that are trained are kept, and those of these contacts are drawn again for every spike",
                  projection->connect.range, "that is because of `procedural` here");
  if (!projection->plasticity.empty())
    return reject("a plasticity rule changes these weights, so training does not", projection->plasticity.front().range,
                  "the rule is here");
  return true;
}
