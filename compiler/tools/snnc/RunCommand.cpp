#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/Interrupt.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/Settings.h"

#include "snn/recorder/Recorder.h"
#include "snn/recorder/SinkChain.h"

namespace snn::tool {

namespace {

struct DestroySimulation {
  void operator()(snn_simulation *simulation) const { snn_destroy(simulation); }
};
using Simulation = std::unique_ptr<snn_simulation, DestroySimulation>;

} // namespace

/// Whose fault a failed simulation is.
static ExitStatus exitStatusOf(snn_status status) {
  switch (status) {
  case SNN_OK:
    return exitFine;
  case SNN_STOPPED:
    return exitInterrupted;
  case SNN_WRONG_VALUE:
  case SNN_NOT_FINITE:
  case SNN_OVERFLOW:
    return exitWrongModel;
  case SNN_WRONG_USE:
  case SNN_NO_MEMORY:
  case SNN_BAD_FILE:
    return exitWrongUse;
  }
  llvm_unreachable("every status is judged above");
}
