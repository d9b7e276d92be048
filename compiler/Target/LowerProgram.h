// Stage 6 -> 7: the program as functions on vectors, in the arith, math, scf, vector and llvm dialects.

#ifndef SNN_COMPILER_TARGET_LOWERPROGRAM_H
#define SNN_COMPILER_TARGET_LOWERPROGRAM_H

#include "dialects/snn/SnnDialect.h"

#include "mlir/IR/BuiltinOps.h"

namespace snn {

/// Adds to the module the five functions of `snn_model` and what they call; the program stays for the tables. `lanes` is the
/// number of neurons per iteration. With `profile`, the time loop reads the clock at the borders of its phases (snn_profile).
///
///   snn_prepare(state) -> i32            snn_initialise(state, worker, population)
///   snn_synapses(state, projection, n, pre, post, element, amount, delay)
///   snn_initialise_synapses(state, worker, projection, block, element)
///   snn_run(state, worker, first, n)
void lowerProgram(mlir::ModuleOp module, ir::ProgramOp program, unsigned lanes, bool profile = false);

} // namespace snn

#endif // SNN_COMPILER_TARGET_LOWERPROGRAM_H
