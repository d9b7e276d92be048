#include "compiler/tools/snnc/Simulation.h"

#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/Settings.h"

namespace snn::tool {

ExitStatus exitStatusOf(snn_status status) {
  switch (status) {
  case SNN_OK:
  case SNN_ENDED:
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

/// Sets everything that must be known before memory is allocated. What `--set` refuses is the user's fault on the command line.
static snn_status configure(snn_simulation &simulation, const Copies &copies, uint32_t copy, const Options &options,
                            const std::string &folder, llvm::Error &refused) {
  if (snn_status status = snn_set_folder(&simulation, folder.c_str()))
    return status;
  if (options.seed)
    if (snn_status status = snn_set_seed(&simulation, *options.seed))
      return status;
  refused = applySettings(options.settings, simulation);
  return refused ? SNN_OK : copies.apply(simulation, copy);
}

Batch buildCopies(const snn_model &program, const Copies &copies, const Options &options, const std::string &folder,
                  ExitStatus &status) {
  snn_options threads = {};
  threads.workers = options.threads;
  snn_batch *created = nullptr;
  if (snn_status failed = snn_create_batch(&program, &threads, copies.count(), &created)) {
    reportError(snn_message(nullptr));
    status = exitStatusOf(failed);
    return nullptr;
  }
  Batch batch(created);
  for (uint32_t c = 0; c < copies.count(); ++c) {
    snn_simulation &copy = *snn_batch_copy(created, c);
    llvm::Error refused = llvm::Error::success();
    snn_status failed = configure(copy, copies, c, options, folder, refused);
    if (refused) {
      reportError(std::move(refused));
      status = exitWrongUse;
      return nullptr;
    }
    if (failed != SNN_OK) {
      reportError(snn_message(&copy));
      status = exitStatusOf(failed);
      return nullptr;
    }
  }
  snn_status failed = snn_build_batch(created);
  if (failed != SNN_OK) {
    reportError(snn_batch_message(created));
    status = exitStatusOf(failed);
    return nullptr;
  }
  status = exitFine;
  return batch;
}

recorder::RunDescription describeRun(const snn_model &program, const Copies &copies, uint32_t copy,
                                     const snn_simulation &simulation, const Options &options) {
  recorder::RunDescription run;
  run.model = &program;
  for (uint32_t i = 0; i < program.n_settings; ++i)
    run.settings.push_back(snn_get_at(&simulation, i));
  run.seed = options.seed.value_or(program.seed);
  run.firstStep = snn_step(&simulation);
  run.steps = snn_total_steps(&simulation);
  run.version = SNN_VERSION;
  run.copy = copy;
  run.copies = copies.count();
  run.varied = copies.varied();
  run.draw = copies.drawOf(copy);
  return run;
}

} // namespace snn::tool
