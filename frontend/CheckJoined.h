// `pre.X` and `post.X`: the neurons that a connection joins.

#ifndef SNN_FRONTEND_CHECKJOINED_H
#define SNN_FRONTEND_CHECKJOINED_H

#include "frontend/CheckNetwork.h"

namespace snn {

/// The names of an expression that has a value for every connection: `pre.X`, `post.X`, `distance` and `dt`. The arguments outlive the scope.
Scope joinedScope(const model::Group &source, const model::Group &target, DefinitionTable &definitions, CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKJOINED_H
