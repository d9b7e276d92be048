// Values that are defined in terms of themselves, or of too many others.

#ifndef SNN_FRONTEND_CHECKCYCLES_H
#define SNN_FRONTEND_CHECKCYCLES_H

#include "frontend/CheckContext.h"
#include "frontend/CheckFold.h"

namespace snn {

/// What keeps values from being computed one after the other. At most one of the two.
struct DependencyFault {
  /// Variables in the order in which each needs the next, and the last the first.
  llvm::SmallVector<const model::Variable *> cycle;
  /// Its value is more than `CheckContext::heightLimit` operations high when every name is written out.
  const model::Variable *tooDeep = nullptr;
};

/// The first fault among the values of `definition`, where `values` says what stands for each variable.
DependencyFault findFault(const model::Definition &definition, VariableValues values);

/// Reports `cycle` at `range`, with a note at every declaration involved.
void reportCycle(llvm::ArrayRef<const model::Variable *> cycle, llvm::SMRange range, CheckContext &context);

/// Reports a variable that is `tooDeep`.
void reportDeepChain(const model::Variable &variable, CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKCYCLES_H
