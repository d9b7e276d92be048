// One copy of the network in a run, with everything that receives its results.

#ifndef SNN_COMPILER_TOOLS_SNNC_COPYOFRUN_H
#define SNN_COMPILER_TOOLS_SNNC_COPYOFRUN_H

#include "snn/recorder/RunDescription.h"
#include "snn/recorder/SinkChain.h"
#include "snn/recorder/SpikeStatistics.h"

namespace snn::tool {

struct CopyOfRun {
  CopyOfRun(snn_simulation &simulation, recorder::RunDescription run)
      : simulation(simulation), description(std::move(run)) {}
  CopyOfRun(const CopyOfRun &) = delete;

  snn_simulation &simulation;
  const recorder::RunDescription description;
  recorder::SpikeStatistics statistics{description};
  recorder::SinkChain sinks;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COPYOFRUN_H
