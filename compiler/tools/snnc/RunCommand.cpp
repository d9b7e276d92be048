#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Experiment.h"
#include "compiler/tools/snnc/Interrupt.h"
#include "compiler/tools/snnc/OutputFile.h"
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
  Run(snn_simulation &simulation, recorder::RunDescription description, const Options &options)
      : simulation(simulation), description(std::move(description)), options(options) {}

  /// Creates the files and sinks that `options` ask for.
  ExitStatus open();

  /// Runs to the end, to a failure or to an interrupt, and closes the file.
  ExitStatus advance();

  /// Prints what was simulated.
  void summarize() const;

  /// Draws the picture, if one is wanted.
  ExitStatus draw() const;

  snn_figures figures() const;

private:
  snn_sink interruptSink();
  ExitStatus close(snn_status status);

  snn_simulation &simulation;
  const recorder::RunDescription description;
  const Options &options;
  InterruptGuard interrupt;
  recorder::SinkChain sinks;
  recorder::SpikeStatistics statistics{description};
  std::unique_ptr<recorder::Recorder> recorder;
  std::unique_ptr<Plot> plot;
  bool wasInterrupted = false;
};

} // namespace

ExitStatus Run::open() {
  if (!options.output.empty()) {
    recorder::RecorderOptions recording;
    recording.ifExists = recorder::IfExists::Replace;
    llvm::Expected<std::unique_ptr<recorder::Recorder>> created = createRecorder(options.output, description, recording);
    if (!created) {
      reportError(created.takeError());
      return exitWrongUse;
    }
    recorder = std::move(*created);
    sinks.add(recorder->sink());
  }
  if (!options.plot.empty()) {
    llvm::Expected<std::unique_ptr<Plot>> prepared = Plot::prepare(options.plot, description);
    if (!prepared) {
      reportError(prepared.takeError());
      return exitWrongUse;
    }
    plot = std::move(*prepared);
    sinks.add(plot->sink());
  }
  if (!options.quiet)
    sinks.add(statistics.sink());
  sinks.add(interruptSink());
  return exitFine;
}

/// Asks to stop after the chunk in which the user has interrupted.
snn_sink Run::interruptSink() {
  snn_sink sink = {};
  sink.user = &interrupt;
  sink.progress = [](void *user, uint64_t, uint64_t) {
    return static_cast<int>(static_cast<InterruptGuard *>(user)->interrupted());
  };
  return sink;
}

ExitStatus Run::advance() {
  ProgressLine progress(description, llvm::errs());
  if (!options.quiet)
    sinks.add(progress.sink());
  snn_sink sink = sinks.sink();
  snn_status status = snn_advance(&simulation, /*steps=*/0, &sink);
  progress.clear();
  return close(status);
}

/// Closes the file with the outcome, and says why the run ended early, if it did.
ExitStatus Run::close(snn_status status) {
  wasInterrupted = status == SNN_STOPPED && interrupt.interrupted();
  std::string why = status == SNN_OK || wasInterrupted ? "" : snn_message(&simulation);
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
  return exitStatusOf(status);
}

snn_figures Run::figures() const {
  snn_figures figures;
  snn_get_figures(&simulation, &figures);
  return figures;
}

void Run::summarize() const {
  if (!options.quiet)
    llvm::outs() << summaryText(description, statistics.table(), figures());
  if (!wasInterrupted)
    return;
  llvm::outs().flush();
  double done = static_cast<double>(snn_step(&simulation)) * description.dt();
  double all = static_cast<double>(description.steps) * description.dt();
  llvm::errs() << "snnc: interrupted after " << readableModelTime(done) << " of " << readableModelTime(all) << '\n';
}

ExitStatus Run::draw() const {
  llvm::Error error = plot ? plot->draw() : llvm::Error::success();
  if (!error)
    return exitFine;
  reportError(std::move(error));
  return exitWrongUse;
}

/// Refuses what is certain to fail after the run, before it.
static llvm::Error checkFiles(const Options &options) {
  for (llvm::StringRef path : {options.output, options.plot})
    if (!path.empty())
      if (llvm::Error error = checkWritable(path))
        return error;
  return llvm::Error::success();
}

ExitStatus runCommand(const Options &options, llvm::ArrayRef<std::string> arguments) {
  if (llvm::Error error = checkFiles(options)) {
    reportError(std::move(error));
    return exitWrongUse;
  }
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

  Run run(*simulation, describeRun(model, *simulation, options), options);
  if ((status = run.open()))
    return status;
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
