// What is allowed and yet probably a mistake.

#ifndef SNN_FRONTEND_CHECKWARNINGS_H
#define SNN_FRONTEND_CHECKWARNINGS_H

#include "frontend/Diagnostics.h"
#include "frontend/Model.h"

namespace snn {

/// Warns of inputs that nobody feeds, starts above threshold, delays that are rounded, and declarations nobody uses.
void warnAbout(const model::Model &model, Diagnostics &diagnostics);

/// Warns of resets that do not end a spike, and of divisors that are zero with the parameters a model is used with.
void warnAboutUses(const model::Model &model, Diagnostics &diagnostics);

} // namespace snn

#endif // SNN_FRONTEND_CHECKWARNINGS_H
