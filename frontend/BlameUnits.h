// When a parameter was given a unit of the wrong dimension, every use of it is an error, and none of them is where the mistake is.
// So the errors of a file are looked at once more: is there one parameter that, were it of another dimension, would end them?

#ifndef SNN_FRONTEND_BLAMEUNITS_H
#define SNN_FRONTEND_BLAMEUNITS_H

#include "frontend/AST.h"
#include "frontend/Diagnostics.h"
#include "frontend/Dimension.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace snn {

/// "What if this parameter, whose default says otherwise, were of this dimension?"
struct DimensionHypothesis {
  const ast::VariableStmt *variable;
  Dimension dimension;
};

/// Checks the file anew under a hypothesis; what is wrong then goes to the second argument.
using Recheck = llvm::function_ref<void(const DimensionHypothesis &, Diagnostics &)>;

/// Looks at the errors from number `first` on, those of the checker. Where the unit of one parameter explains several errors, they become one at its declaration, with notes at the uses. Where it
/// explains a single one, that one gets a note: the mistake may as well be at the use. Otherwise nothing changes.
void blameUnits(const ast::File &file, Recheck recheck, size_t first, Diagnostics &diagnostics);

} // namespace snn

#endif // SNN_FRONTEND_BLAMEUNITS_H
