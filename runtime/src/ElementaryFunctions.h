// Logarithm, exponential and what is made of them, with the same bits on every machine.
//
// The C library may give different last digits from one version or processor to the next, and a random number must not.
// These use only the operations IEEE 754 rounds correctly, in a fixed order (the file is compiled without contraction).

#ifndef SNN_RUNTIME_ELEMENTARYFUNCTIONS_H
#define SNN_RUNTIME_ELEMENTARYFUNCTIONS_H

#include <cstdint>

namespace snn::runtime {

/// Natural logarithm of a normal number x > 0; within 2 ulp.
double logarithm(double x);

/// e^x; within 2 ulp where the result is normal, 0 below, infinity above.
double exponential(double x);

/// log(n!); relative error below 1e-15.
double logFactorial(uint64_t n);

/// The x with P(N <= x) = p for a standard normal N, 0 < p < 1: algorithm AS 241 (Wichura 1988, doi:10.2307/2347330),
/// relative error about 1e-15.
double inverseNormal(double p);

} // namespace snn::runtime

#endif // SNN_RUNTIME_ELEMENTARYFUNCTIONS_H
