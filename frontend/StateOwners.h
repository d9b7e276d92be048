// Where the states of a plasticity rule live.

#ifndef SNN_FRONTEND_STATEOWNERS_H
#define SNN_FRONTEND_STATEOWNERS_H

#include "frontend/CheckContext.h"

namespace snn {

/// Fills `use.owners`: a state of which all synapses of a source (of a target) have equal values is kept once per source
/// (per target), any other per synapse. False after a report (M21) where that contradicts `pre state` or `post state`.
bool placeStates(model::Use &use, CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_STATEOWNERS_H
