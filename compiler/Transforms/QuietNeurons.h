// Neurons that only wait for their next spike are left alone until then.

#ifndef SNN_COMPILER_TRANSFORMS_QUIETNEURONS_H
#define SNN_COMPILER_TRANSFORMS_QUIETNEURONS_H

#include "dialects/snn/SnnDialect.h"

namespace snn {

/// Is a value of a body the same for all neurons of a population?
bool isAlikeForAll(mlir::Value value, ir::BodyOp body);

/// If a step does nothing but count down a wait of all neurons alike, groups of neurons count down the shortest of their waits
/// instead, in a state that this declares.
void leaveQuietNeuronsAlone(ir::BodyOp body);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_QUIETNEURONS_H
