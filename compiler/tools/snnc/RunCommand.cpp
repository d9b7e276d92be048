#include "compiler/tools/snnc/Checkpoints.h"
#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/CopyOfRun.h"
#include "compiler/tools/snnc/Experiment.h"
#include "compiler/tools/snnc/Fault.h"
#include "compiler/tools/snnc/Interrupt.h"
#include "compiler/tools/snnc/Plot.h"
#include "compiler/tools/snnc/ProfileTable.h"
#include "compiler/tools/snnc/Program.h"
#include "compiler/tools/snnc/Progress.h"
#include "compiler/tools/snnc/Readable.h"
#include "compiler/tools/snnc/RecorderLibrary.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/Simulation.h"
#include "compiler/tools/snnc/Summary.h"
#include "compiler/tools/snnc/WeightFiles.h"

#include "snn/recorder/Recorder.h"

#include <algorithm>
#include <cmath>

namespace snn::tool {

namespace {

/// The built copies of a network with everything that receives their results.
class Run {
public:
  Run(snn_batch &batch, const std::vector<recorder::RunDescription> &descriptions, const ChosenExperiment &chosen,
      const Options &options)
      : batch(batch), descriptions(descriptions), chosen(chosen), options(options) {
    for (const recorder::RunDescription &description : descriptions)
      copies.push_back(std::make_unique<CopyOfRun>(*snn_batch_copy(&batch, description.copy), description));
  }

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
  std::vector<CopySummary> summaries() const;
  snn_sink interruptSink();
  snn_status advanceAndSave(const std::vector<snn_sink> &sinks);
  bool save();
  ExitStatus close(snn_status status);

  std::string whyFailed(snn_status status) const;

  snn_batch &batch;
  const std::vector<recorder::RunDescription> &descriptions; ///< of the copies
  const ChosenExperiment &chosen;
  const Options &options;
  InterruptGuard interrupt;
  std::vector<std::unique_ptr<CopyOfRun>> copies;
  std::unique_ptr<recorder::Recorder> recorder;
  std::unique_ptr<Plot> plot;
  Saving saving{options};
  WeightSaving weightSaving{*chosen.experiment, options};
  bool wasInterrupted = false, isSaved = false;
};

} // namespace

llvm::Error Run::open() {
  // First what changes nothing, so that an old file is still there if something is missing.
  if (llvm::Error error = saving.check())
    return error;
  if (llvm::Error error = weightSaving.check())
    return error;
  if (!options.plot.empty()) {
    llvm::Expected<std::unique_ptr<Plot>> prepared = Plot::prepare(options.plot, descriptions);
    if (!prepared)
      return prepared.takeError();
    plot = std::move(*prepared);
    for (auto &copy : copies)
      if (copy->description.copy < plot->copies())
        copy->sinks.add(plot->sink(copy->description.copy));
  }
  if (!options.output.empty()) {
    recorder::RecorderOptions recording;
    recording.ifExists = options.resume.empty() ? recorder::IfExists::Replace : recorder::IfExists::Fail;
    llvm::Expected<std::unique_ptr<recorder::Recorder>> created =
        createRecorder(options.output, descriptions, recording);
    if (!created)
      return created.takeError();
    recorder = std::move(*created);
    for (auto &copy : copies)
      copy->sinks.add(recorder->sink(copy->description.copy));
  }
  for (auto &copy : copies) {
    if (!options.quiet || options.statisticsBin)
      copy->sinks.add(copy->statistics.sink());
    if (options.statisticsBin) {
      const recorder::RunDescription &run = copy->description;
      auto steps = static_cast<uint64_t>(std::max(1.0, std::round(*options.statisticsBin / run.dt())));
      copy->sinks.add(copy->counts.emplace(run, steps).sink());
    }
    copy->sinks.add(interruptSink());
    copy->sinks.add(saving.sink());
  }
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
  ProgressLine progress(descriptions.front(), llvm::errs());
  std::vector<snn_sink> sinks;
  for (auto &copy : copies) {
    if (!options.quiet)
      copy->sinks.add(progress.sink());
    sinks.push_back(copy->sinks.sink());
  }
  snn_status status = advanceAndSave(sinks);
  progress.clear();
  ExitStatus outcome = close(status);
  bool isWhole = status == SNN_OK || status == SNN_STOPPED || status == SNN_ENDED;
  if (isWhole && saving.isWanted())
    isSaved = save();
  // Of a run that has not come to its end, the weights are not those that were asked for.
  if (status == SNN_OK || status == SNN_ENDED)
    if (llvm::Error error = weightSaving.save(copies)) {
      reportError(std::move(error));
      return exitWrongUse;
    }
  return saving.isWanted() && isWhole && !isSaved ? exitWrongUse : outcome;
}

/// Stops to save whenever it is time to.
snn_status Run::advanceAndSave(const std::vector<snn_sink> &sinks) {
  for (;;) {
    snn_status status = snn_advance_batch(&batch, /*steps=*/0, sinks.data());
    bool goesOn = status == SNN_STOPPED && !interrupt.signal() && !(recorder && recorder->failed());
    if (!goesOn)
      return status;
    save(); // a long run does not end because there is no room for a checkpoint now
  }
}

bool Run::save() {
  llvm::Error error = saving.save(batch);
  if (!error)
    return true;
  reportError(std::move(error));
  return false;
}

/// Why a run ended before its time, with what is known of where; empty if it did not.
std::string Run::whyFailed(snn_status status) const {
  if (status == SNN_OK || status == SNN_ENDED || wasInterrupted)
    return "";
  std::string why = snn_batch_message(&batch);
  snn_fault fault;
  for (const auto &copy : copies)
    if (status == SNN_NOT_FINITE && snn_get_fault(&copy->simulation, &fault) == SNN_OK)
      return why + equationOfFault(*copy->description.model, fault, *chosen.experiment, *chosen.source);
  return why;
}

/// Closes the file with the outcome, and says why the run ended early, if it did.
ExitStatus Run::close(snn_status status) {
  wasInterrupted = status == SNN_STOPPED && interrupt.signal();
  std::string why = whyFailed(status);
  if (recorder) {
    recorder::Outcome outcome = status == SNN_OK || status == SNN_ENDED ? recorder::Outcome::Complete
                                : wasInterrupted ? recorder::Outcome::Interrupted
                                                 : recorder::Outcome::Failed;
    if (options.statisticsBin)
      for (const CopySummary &summary : summaries())
        recorder->writeStatistics(summary.run.copy, summary.firing, summary.counts);
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
  snn_get_batch_figures(&batch, &figures);
  return figures;
}

std::vector<CopySummary> Run::summaries() const {
  std::vector<CopySummary> all;
  for (const auto &copy : copies)
    all.push_back({copy->description, copy->statistics.table(), copy->counts ? copy->counts->table() : std::vector<recorder::CountSummary>(),
                   snn_why_ended(&copy->simulation)});
  return all;
}

void Run::summarize() const {
  if (!options.quiet)
    llvm::outs() << summaryText(summaries(), figures());
  if (!wasInterrupted || reportsJson())
    return;
  llvm::outs().flush();
  const CopyOfRun &copy = *copies.front();
  double done = static_cast<double>(snn_step(&copy.simulation)) * copy.description.dt();
  double all = static_cast<double>(copy.description.steps) * copy.description.dt();
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

  llvm::Expected<Copies> copies = Copies::plan(model, *chosen.experiment, options);
  if (!copies) {
    reportError(copies.takeError());
    return exitWrongUse;
  }
  ExitStatus status;
  Batch batch = buildCopies(model, *copies, options, chosen.source->folder(), status);
  if (!batch)
    return status;

  snn_simulation &first = *snn_batch_copy(batch.get(), 0);
  if (llvm::Error error = loadWeights(*batch, options)) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  llvm::Error error = resume(*batch, snn_get_at(&first, model.dt), options);
  if (error) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  std::vector<recorder::RunDescription> descriptions;
  for (uint32_t c = 0; c < copies->count(); ++c)
    descriptions.push_back(describeRun(model, *copies, c, *snn_batch_copy(batch.get(), c), options));
  Run run(*batch, descriptions, chosen, options);
  error = run.open();
  if (error) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  status = run.advance();
  run.summarize();
  if (options.profile)
    llvm::outs() << (options.quiet ? "" : "\n") << profileText(model, first);
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
