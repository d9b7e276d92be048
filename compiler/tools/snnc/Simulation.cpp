#include "compiler/tools/snnc/Simulation.h"

#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/Settings.h"

namespace snn::tool {

ExitStatus exitStatusOf(snn_status status) {
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

/// Sets everything that must be known before memory is allocated.
static snn_status configure(snn_simulation &simulation, const Options &options, const std::string &folder) {
  if (snn_status status = snn_set_folder(&simulation, folder.c_str()))
    return status;
  return options.seed ? snn_set_seed(&simulation, *options.seed) : SNN_OK;
}

Simulation buildSimulation(const snn_model &program, const Options &options, const std::string &folder,
                           ExitStatus &status) {
  snn_options threads = {};
  threads.workers = options.threads;
  snn_simulation *created = nullptr;
  if (snn_status failed = snn_create(&program, &threads, &created)) {
    reportError(snn_create_message());
    status = exitStatusOf(failed);
    return nullptr;
  }
  Simulation simulation(created);

  snn_status failed = configure(*simulation, options, folder);
  if (failed == SNN_OK) {
    if (llvm::Error error = applySettings(program, options.settings, *simulation)) {
      reportError(std::move(error));
      status = exitWrongUse;
      return nullptr;
    }
    failed = snn_build(simulation.get());
  }
  if (failed != SNN_OK) {
    reportError(snn_message(simulation.get()));
    status = exitStatusOf(failed);
    return nullptr;
  }
  status = exitFine;
  return simulation;
}

recorder::RunDescription describeRun(const snn_model &program, const snn_simulation &simulation,
                                     const Options &options) {
  recorder::RunDescription run;
  run.model = &program;
  for (uint32_t i = 0; i < program.n_settings; ++i)
    run.settings.push_back(snn_setting_value(&simulation, i));
  run.seed = options.seed.value_or(program.seed);
  run.firstStep = snn_step(&simulation);
  run.steps = snn_total_steps(&simulation);
  run.version = SNN_VERSION;
  return run;
}

} // namespace snn::tool
