// Where neurons are: `position in grid(64, 64, 50 um) periodic`, and how far apart.

#ifndef SNN_FRONTEND_CHECKLAYOUT_H
#define SNN_FRONTEND_CHECKLAYOUT_H

#include "frontend/CheckNetwork.h"

namespace snn {

/// Checks the place that `settings` give to `size` neurons. Without a `position` it has no coordinates, and no range either unless there
/// is one that is in error.
model::Layout checkLayout(const ast::Block &settings, uint64_t size, const ScopeList &scopes, NetworkNames &names);

/// `position`, or `x`, `y` and `z` of it for a `member`, of a neuron of `population`. `coordinate` makes the value of one.
/// Empty after a report.
Value positionMember(const model::Population &population, llvm::StringRef member, llvm::SMRange range,
                     llvm::function_ref<Value(unsigned axis)> coordinate, CheckContext &context);

/// `position` and its members in the expressions of a population, whose layout is known when they are used.
Scope positionScope(const model::Population &population, CheckContext &context);

/// `distance` between a neuron of `source` and one of `target`. Empty after a report.
Value distanceBetween(const model::Population &source, const model::Population &target, llvm::SMRange range,
                      CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKLAYOUT_H
