// One exponential for a rate and a Boltzmann function of the same voltage.

#ifndef SNN_COMPILER_TRANSFORMS_SOLVE_SHAREEXPONENTIALS_H
#define SNN_COMPILER_TRANSFORMS_SOLVE_SHAREEXPONENTIALS_H

#include "compiler/Algebra/NormalForm.h"

namespace snn {

/// Gives every `snn.logistic` of the block whose argument is plus or minus that of a `snn.rexprel` plus a number, such as
///   1 / (1 + exp((40 mV - v) / 5 mV))  beside  1 / exprel((15 mV - v) / 5 mV),
/// the argument of the `snn.rexprel`: both are made of the same exponential then.
void shareExponentials(NormalForm &form, mlir::Block &block);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_SOLVE_SHAREEXPONENTIALS_H
