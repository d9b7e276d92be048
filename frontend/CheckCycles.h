// Values that are defined in terms of themselves.

#ifndef SNN_FRONTEND_CHECKCYCLES_H
#define SNN_FRONTEND_CHECKCYCLES_H

#include "frontend/CheckContext.h"
#include "frontend/CheckFold.h"

namespace snn {

/// A cycle among the values of `definition`, where `values` says what stands for each variable: the variables in the
/// order in which each needs the next. Empty if there is none.
llvm::SmallVector<const model::Variable *> findCycle(const model::Definition &definition, VariableValues values);

/// Reports `cycle` at `range`, with a note at every declaration involved.
void reportCycle(llvm::ArrayRef<const model::Variable *> cycle, llvm::SMRange range, CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKCYCLES_H
