// The `where` bounds of parameters, as far as values are known before anything runs.

#ifndef SNN_FRONTEND_CHECKBOUNDS_H
#define SNN_FRONTEND_CHECKBOUNDS_H

#include "frontend/CheckContext.h"

namespace snn {

/// Reports every constant value of `use` that lies outside its bound, at the setting or else at the declaration. A
/// bound that no setting touches has been checked with the definition and is passed over. False after a report.
bool checkBounds(const model::Use &use, CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKBOUNDS_H
