// The exponential of a matrix, for the exact solution of linear equations over one step.

#ifndef SNN_RUNTIME_MATRIXEXPONENTIAL_H
#define SNN_RUNTIME_MATRIXEXPONENTIAL_H

#include <cstdint>

namespace snn::runtime {

/// P = e^A and Q = sum over k of A^k / (k + 1)!, all n x n and row-major: the solution of x' = (A x + b)/dt after dt
/// is P x + Q b. By scaling and squaring with the [13/13] Pade approximant (Higham 2005, doi:10.1137/04061101X) of
/// the matrix augmented by an identity, so that singular A (coinciding time constants, pure integrators) are nothing
/// special. An A that is not finite gives NaN.
void propagator(uint32_t n, const double *A, double *P, double *Q);

} // namespace snn::runtime

#endif // SNN_RUNTIME_MATRIXEXPONENTIAL_H
