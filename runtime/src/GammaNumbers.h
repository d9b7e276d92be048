// Random numbers with a gamma distribution.

#ifndef SNN_RUNTIME_GAMMANUMBERS_H
#define SNN_RUNTIME_GAMMANUMBERS_H

#include "Philox.h"

namespace snn::runtime {

/// A number of unit scale and the given shape > 0, by rejection (Marsaglia & Tsang 2000, doi:10.1145/358407.358414). Takes as
/// many words as it needs, about five.
double gammaNumber(double shape, WordSequence &words);

} // namespace snn::runtime

#endif // SNN_RUNTIME_GAMMANUMBERS_H
