// How far pairs of neurons can be apart that a rule joins.

#ifndef SNN_FRONTEND_CONTACTREACH_H
#define SNN_FRONTEND_CONTACTREACH_H

#include "frontend/Model.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace snn {

/// The nodes of expressions that stand for the distance of a pair.
using Distances = llvm::SmallPtrSet<const model::Expr *, 4>;

/// `r` if the probability of a pair is zero (or its condition false) wherever the distance is larger, as in `distance < r and ...`,
/// `if distance < r then p else 0` and `p * (distance < r)`, and `r` is one number for all pairs. Null if that cannot be told.
const model::Expr *reachOf(const model::Expr &probability, const Distances &distances);

} // namespace snn

#endif // SNN_FRONTEND_CONTACTREACH_H
