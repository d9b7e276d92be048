// Which of the experiments of a file is meant.

#ifndef SNN_FRONTEND_CHOOSEEXPERIMENT_H
#define SNN_FRONTEND_CHOOSEEXPERIMENT_H

#include "frontend/Model.h"

#include "llvm/Support/Error.h"

namespace snn {

/// How a file and the choice are called in messages.
struct ExperimentChoice {
  llvm::StringRef file;
  llvm::StringRef choice; ///< the name of the network, or a position from 1; empty: the only one
  llvm::StringRef option; ///< that the choice is given with, as in "`--experiment`"
};

/// The experiment of the model that is meant.
llvm::Expected<const model::Experiment *> chooseExperiment(const model::Model &model, const ExperimentChoice &wanted);

/// The network that a host steps by itself, of a model without experiments.
llvm::Expected<const model::Network *> chooseNetwork(const model::Model &model, const ExperimentChoice &wanted);

} // namespace snn

#endif // SNN_FRONTEND_CHOOSEEXPERIMENT_H
