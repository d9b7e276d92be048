// The optimizers that a training may name.

#ifndef SNN_FRONTEND_OPTIMIZERS_H
#define SNN_FRONTEND_OPTIMIZERS_H

#include "frontend/CheckParameters.h"

namespace snn {

/// Names, parameters and defaults are those that brainpy and PyTorch share. docs/language.md lists them.
llvm::ArrayRef<Parametrised> optimizers();

} // namespace snn

#endif // SNN_FRONTEND_OPTIMIZERS_H
