// The surrogate gradients that a neuron may name. A spike is a step function of its argument x, which has no useful derivative; training
// takes that of another function (Neftci, Mostafa & Zenke 2019, doi:10.1109/MSP.2019.2931595).

#ifndef SNN_FRONTEND_SURROGATES_H
#define SNN_FRONTEND_SURROGATES_H

#include "frontend/CheckParameters.h"

namespace snn {

/// Names, parameters and defaults are those of brainpy's surrogate functions. docs/language.md lists the derivatives.
llvm::ArrayRef<Parametrised> surrogateFunctions();

} // namespace snn

#endif // SNN_FRONTEND_SURROGATES_H
