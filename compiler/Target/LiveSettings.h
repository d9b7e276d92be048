// Which settings may change while a program runs, and on which its connections depend.

#ifndef SNN_COMPILER_TARGET_LIVESETTINGS_H
#define SNN_COMPILER_TARGET_LIVESETTINGS_H

#include "dialects/snn/SnnDialect.h"

#include "llvm/ADT/StringSet.h"

namespace snn {

/// The settings whose value something keeps: sizes and borders, what connects, delays, stored weights, and everything that a
/// per-neuron parameter is made of. The others are read by `prepare` and the step alone, so that a new value acts from the
/// next step on; initial values that were made of an old one stay what they were.
llvm::StringSet<> keptSettings(ir::ProgramOp program);

/// The settings that decide which synapses there are, their delays and their stored amounts. Copies of a network that differ in
/// none of them have one connectivity.
llvm::StringSet<> connectingSettings(ir::ProgramOp program);

} // namespace snn

#endif // SNN_COMPILER_TARGET_LIVESETTINGS_H
