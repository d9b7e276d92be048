#include "compiler/tools/snnc/Checkpoints.h"
#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Experiment.h"
#include "compiler/tools/snnc/Fault.h"
#include "compiler/tools/snnc/Interrupt.h"
#include "compiler/tools/snnc/Plot.h"
#include "compiler/tools/snnc/Program.h"
#include "compiler/tools/snnc/Progress.h"
#include "compiler/tools/snnc/Readable.h"
#include "compiler/tools/snnc/RecorderLibrary.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/Simulation.h"
#include "compiler/tools/snnc/Summary.h"

#include "snn/recorder/Recorder.h"
#include "snn/recorder/SinkChain.h"
#include "snn/recorder/SpikeStatistics.h"

namespace snn::tool {

namespace {

/// A built simulation with everything that receives its results.
class Run {
public:
  Run(snn_simulation &simulation, recorder::RunDescription description, const ChosenExperiment &chosen,
      const Options &options)
      : simulation(simulation), description(std::move(description)), chosen(chosen), options(options) {}

  /// Creates the files and sinks that `options` ask for.
  llvm::Error open();

  /// Runs to the end, to a failure or to an interrupt, closes the file and saves a checkpoint, if one is wanted.
  ExitStatus advance();

  /// Prints what was simulated.
  void summarize() const;

  /// Draws the picture, if one is wanted.
  ExitStatus draw() const;

  snn_figures figures() const;

private:
  snn_sink interruptSink();
  snn_status advanceAndSave(const snn_sink &sink);
  bool save();
  ExitStatus close(snn_status status);

  snn_simulation &simulation;
  const recorder::RunDescription description;
  const ChosenExperiment &chosen;
  const Options &options;
  InterruptGuard interrupt;
  recorder::SinkChain sinks;
  recorder::SpikeStatistics statistics{description};
  std::unique_ptr<recorder::Recorder> recorder;
  std::unique_ptr<Plot> plot;
  Saving saving{options};
  bool wasInterrupted = false, isSaved = false;
};

} // namespace

llvm::Error Run::open() {
  // First what changes nothing, so that an old file is still there if something is missing.
  if (llvm::Error error = saving.check())
    return error;
  if (!options.plot.empty()) {
    llvm::Expected<std::unique_ptr<Plot>> prepared = Plot::prepare(options.plot, description);
    if (!prepared)
      return prepared.takeError();
    plot = std::move(*prepared);
    sinks.add(plot->sink());
  }
  if (!options.output.empty()) {
    recorder::RecorderOptions recording;
    recording.ifExists = options.resume.empty() ? recorder::IfExists::Replace : recorder::IfExists::Fail;
    llvm::Expected<std::unique_ptr<recorder::Recorder>> created =
        createRecorder(options.output, description, recording);
    if (!created)
      return created.takeError();
    recorder = std::move(*created);
    sinks.add(recorder->sink());
  }
  if (!options.quiet)
    sinks.add(statistics.sink());
  sinks.add(interruptSink());
  sinks.add(saving.sink());
  return llvm::Error::success();
}

/// Asks to stop after the chunk in which the user has interrupted.
snn_sink Run::interruptSink() {
  snn_sink sink = {};
  sink.user = &interrupt;
  sink.progress = [](void *user, uint64_t, uint64_t) {
    return static_cast<int>(static_cast<InterruptGuard *>(user)->signal() != 0);
  };
  return sink;
}

ExitStatus Run::advance() {
  ProgressLine progress(description, llvm::errs());
  if (!options.quiet)
    sinks.add(progress.sink());
  snn_status status = advanceAndSave(sinks.sink());
  progress.clear();
  ExitStatus outcome = close(status);
  bool isWhole = status == SNN_OK || status == SNN_STOPPED;
  if (isWhole && saving.isWanted())
    isSaved = save();
  return saving.isWanted() && isWhole && !isSaved ? exitWrongUse : outcome;
}

/// Stops to save whenever it is time to.
snn_status Run::advanceAndSave(const snn_sink &sink) {
  for (;;) {
    snn_status status = snn_advance(&simulation, /*steps=*/0, &sink);
    bool goesOn = status == SNN_STOPPED && !interrupt.signal() && !(recorder && recorder->failed());
    if (!goesOn)
      return status;
    save(); // a long run does not end because there is no room for a checkpoint now
  }
}

bool Run::save() {
  llvm::Error error = saving.save(simulation);
  if (!error)
    return true;
  reportError(std::move(error));
  return false;
}

/// Closes the file with the outcome, and says why the run ended early, if it did.
ExitStatus Run::close(snn_status status) {
  wasInterrupted = status == SNN_STOPPED && interrupt.signal();
  std::string why = status == SNN_OK || wasInterrupted ? "" : snn_message(&simulation);
  snn_fault fault;
  if (status == SNN_NOT_FINITE && snn_get_fault(&simulation, &fault) == SNN_OK)
    why += equationOfFault(*description.model, fault, *chosen.experiment, *chosen.source);
  if (recorder) {
    recorder::Outcome outcome = status == SNN_OK ? recorder::Outcome::Complete
                                : wasInterrupted ? recorder::Outcome::Interrupted
                                                 : recorder::Outcome::Failed;
    if (!recorder->close(outcome, why)) {
      reportError(recorder->message());
      return exitWrongUse;
    }
  }
  if (!why.empty())
    reportError(why);
  return wasInterrupted ? static_cast<ExitStatus>(128 + interrupt.signal()) : exitStatusOf(status);
}

snn_figures Run::figures() const {
  snn_figures figures;
  snn_get_figures(&simulation, &figures);
  return figures;
}

void Run::summarize() const {
  if (!options.quiet)
    llvm::outs() << summaryText(description, statistics.table(), figures());
  if (!wasInterrupted || reportsJson())
    return;
  llvm::outs().flush();
  double done = static_cast<double>(snn_step(&simulation)) * description.dt();
  double all = static_cast<double>(description.steps) * description.dt();
  llvm::errs() << "snnc: interrupted after " << readableModelTime(done) << " of " << readableModelTime(all) << '\n'
               << (isSaved ? "snnc: to continue: " + saving.commandToContinue()
                           : "snnc: a run with `--save FILE` can be continued")
               << '\n';
}

ExitStatus Run::draw() const {
  llvm::Error error = plot ? plot->draw() : llvm::Error::success();
  if (!error)
    return exitFine;
  reportError(std::move(error));
  return exitWrongUse;
}

ExitStatus runCommand(const Options &options, llvm::ArrayRef<std::string> arguments) {
  Timing timing;
  Stopwatch checking;
  ChosenExperiment chosen;
  if (ExitStatus status = chosen.load(options))
    return status;
  timing.add("front end", checking.milliseconds());
  Program program;
  if (ExitStatus status = obtainProgram(*chosen.source, *chosen.experiment, options, arguments, timing, program))
    return status;
  if (options.verbose && !reportsJson())
    llvm::errs() << "snnc: program " << program.account << '\n';
  const snn_model &model = program.loaded->model();

  ExitStatus status;
  Simulation simulation = buildSimulation(model, options, chosen.source->folder(), status);
  if (!simulation)
    return status;

  llvm::Error error = resume(*simulation, snn_setting_value(simulation.get(), model.dt), options);
  if (error) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  Run run(*simulation, describeRun(model, *simulation, options), chosen, options);
  error = run.open();
  if (error) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  status = run.advance();
  run.summarize();
  Stopwatch drawing;
  ExitStatus drawn = run.draw();

  snn_figures figures = run.figures();
  timing.add("construction", figures.build_seconds * 1e3);
  timing.add("loop", figures.loop_seconds * 1e3);
  if (!options.plot.empty())
    timing.add("picture", drawing.milliseconds());
  if (options.timing)
    timing.print(llvm::errs());
  return status ? status : drawn;
}

} // namespace snn::tool
