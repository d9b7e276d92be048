// States that no author declares: a synapse or a rule has them because some expression of it looks back in time.

#ifndef SNN_FRONTEND_IMPLIEDSTATES_H
#define SNN_FRONTEND_IMPLIEDSTATES_H

#include "frontend/CheckContext.h"

namespace snn {

/// Collects, for one definition, what its expressions look back at. Each becomes a variable of the definition, so that where it is kept
/// follows in the same way as for the states that are written.
class ImpliedStates {
public:
  ImpliedStates(model::Definition &definition, CheckContext &context) : definition(definition), context(context) {}

  /// `since pre` or `since post`: a state that grows with time and that the event sets to zero. One per event and definition.
  const model::Variable &since(llvm::StringRef event, llvm::SMRange range);

  /// `delayed(x, d)` of a rule: kept by whoever keeps all that `expr` is made of.
  void lookBack(const model::Expr &expr);

  /// Lets the states advance and the events reset them, behind all that is written in the handlers.
  void complete();

private:
  model::Variable &add(std::string name, model::VariableKind kind, const model::Expr *value, llvm::SMRange range);

  model::Definition &definition;
  CheckContext &context;
  const model::Variable *sincePre = nullptr, *sincePost = nullptr;
  unsigned delays = 0;
};

} // namespace snn

#endif // SNN_FRONTEND_IMPLIEDSTATES_H
