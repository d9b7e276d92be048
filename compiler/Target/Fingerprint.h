// What tells a checkpoint that it belongs to a program.

#ifndef SNN_COMPILER_TARGET_FINGERPRINT_H
#define SNN_COMPILER_TARGET_FINGERPRINT_H

#include "dialects/snn/SnnDialect.h"

#include <cstdint>

namespace snn {

/// A hash of everything in a scheduled program that decides the numbers it computes: equations as they were solved, the
/// order of phases, rules, streams of random numbers, names of populations, projections and states. It does not depend on
/// the values of settings, on what is recorded, on source locations, or on the machine.
uint64_t fingerprintOf(ir::ProgramOp program);

} // namespace snn

#endif // SNN_COMPILER_TARGET_FINGERPRINT_H
