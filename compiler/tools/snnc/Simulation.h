// A simulation built from a loaded program as the command line wants it.

#ifndef SNN_COMPILER_TOOLS_SNNC_SIMULATION_H
#define SNN_COMPILER_TOOLS_SNNC_SIMULATION_H

#include "compiler/tools/snnc/ExitStatus.h"
#include "compiler/tools/snnc/Options.h"

#include "snn/recorder/RunDescription.h"
#include "snn/snn.h"

#include <memory>

namespace snn::tool {

struct DestroySimulation {
  void operator()(snn_simulation *simulation) const { snn_destroy(simulation); }
};
using Simulation = std::unique_ptr<snn_simulation, DestroySimulation>;

/// Creates a simulation of `program` with threads, seed and settings of `options`, and builds it: allocates, draws
/// connections and initial values. Data files are looked for from `folder`. Null after an error, which has been printed;
/// `status` then says whose fault it is.
Simulation buildSimulation(const snn_model &program, const Options &options, const std::string &folder,
                           ExitStatus &status);

/// What the sinks of a built simulation must know of it.
recorder::RunDescription describeRun(const snn_model &program, const snn_simulation &simulation,
                                     const Options &options);

/// Whose fault a status of the runtime is.
ExitStatus exitStatusOf(snn_status status);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SIMULATION_H
