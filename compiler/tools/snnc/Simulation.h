// Simulations built from a loaded program as the command line wants them.

#ifndef SNN_COMPILER_TOOLS_SNNC_SIMULATION_H
#define SNN_COMPILER_TOOLS_SNNC_SIMULATION_H

#include "compiler/tools/snnc/Copies.h"
#include "compiler/tools/snnc/ExitStatus.h"
#include "compiler/tools/snnc/Options.h"

#include "snn/recorder/RunDescription.h"
#include "snn/snn.h"

#include <memory>

namespace snn::tool {

struct DestroyBatch {
  void operator()(snn_batch *batch) const { snn_destroy_batch(batch); }
};
using Batch = std::unique_ptr<snn_batch, DestroyBatch>;

/// Creates the copies of `program` that a run has, with threads, seed and settings of `options`, and builds them: allocates,
/// draws connections and initial values. Data files are looked for from `folder`. Null after an error, which has been printed;
/// `status` then says whose fault it is.
Batch buildCopies(const snn_model &program, const Copies &copies, const Options &options, const std::string &folder,
                  ExitStatus &status);

/// What the sinks of a built copy must know of it.
recorder::RunDescription describeRun(const snn_model &program, const Copies &copies, uint32_t copy,
                                     const snn_simulation &simulation, const Options &options);

/// Whose fault a status of the runtime is.
ExitStatus exitStatusOf(snn_status status);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SIMULATION_H
