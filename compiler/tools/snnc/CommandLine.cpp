#include "compiler/tools/snnc/CommandLine.h"

#include "llvm/ADT/StringExtras.h"

namespace snn::tool {

namespace {

/// CLI11's help puts a command before the file; ours comes after it.
class Formatter : public CLI::Formatter {
public:
  Formatter() {
    label("Positionals", "Arguments");
    label("Subcommands", "Commands");
  }

private:
  std::string make_usage(const CLI::App *app, std::string) const override {
    if (app->get_name() == "models")
      return "\nusage: snnc models [NAME] [options]\n";
    if (app->get_parent())
      return "\nusage: snnc FILE.snn " + app->get_name() + " [options]\n";
    return "\nusage: snnc FILE.snn run|check|compile|explain|fmt [options]\n"
           "       snnc FILE.snn --emit=STAGE [-o FILE]\n"
           "       snnc models [NAME]\n"
           "       snnc FILE.snn COMMAND --help\n"
           "       snnc --explain=CODE\n";
  }
};

} // namespace

CommandLine::CommandLine() {
  app.formatter(std::make_shared<Formatter>());
  app.option_defaults()->take_last();
  app.set_help_flag("-h,--help", "Print this text");
  app.add_flag("--version", printVersion, "Print the version");
  app.add_option("FILE", options.file, "The model, a `.snn` file; `-` reads standard input")->type_name(" ");
  app.add_option("--emit", options.emit, "Print an intermediate form: " + llvm::join(stageNames, ", "))
      ->type_name("STAGE");
  app.add_option("--explain", options.explain, "Explain a diagnostic by its code, such as U2")->type_name("CODE");
  app.add_option("-o,--output", options.output, "Where to write it instead of standard output")->type_name("FILE");
  addExperiment(app);
  addCpu(app);
  addDebugInfo(app);
  addProfile(app);
  addMessages(app);

  run = app.add_subcommand("run", "Compile, simulate, and summarise");
  check = app.add_subcommand("check", "Report errors and warnings without running anything");
  compile = app.add_subcommand("compile", "Write native code: an object or a shared object");
  explain = app.add_subcommand("explain", "Say what becomes of the model and why: methods, alignment, memory, cost");
  format = app.add_subcommand("fmt", "Lay the file out in the canonical way, in place");
  models = app.add_subcommand("models", "List the models of the library, or print one of them");
  addRun();
  addCompile();
  addExplain();
  addFormat();
  addModels();
  check->add_flag("--fix", options.fix, "Apply the fixes that are certain to the file");
  addMessages(*check);

  // What fits nowhere gets a message of ours.
  app.allow_extras();
  for (CLI::App *command : {run, check, compile, explain, format, models}) {
    command->allow_extras();
    command->formatter(std::make_shared<Formatter>());
  }
  app.require_subcommand(0, 1);
}

void CommandLine::addExperiment(CLI::App &to) {
  to.add_option("--experiment", options.experiment,
                "Which `simulate` of several: the name of its network, or its position from 1")
      ->type_name("NAME");
}

void CommandLine::addCpu(CLI::App &to) {
  to.add_option("--target-cpu", options.cpu, "Compile for this CPU, such as x86-64-v3, rather than this machine")
      ->type_name("NAME");
}

void CommandLine::addDebugInfo(CLI::App &to) {
  to.add_flag("-g", options.debugInfo, "Tell debuggers and profilers the lines of the model; the code is the same");
}

void CommandLine::addProfile(CLI::App &to) {
  to.add_flag("--profile", options.profile, "Print how long each phase of a run took, per population and projection");
}

void CommandLine::addMessages(CLI::App &to) {
  to.add_flag("--strict", options.strict, "Treat warnings as errors");
  addMessageStyle(to);
}

void CommandLine::addMessageStyle(CLI::App &to) {
  to.add_option("--diagnostics", messageFormat, "How messages are written: " + llvm::join(messageFormats, ", "))
      ->type_name("FORMAT");
  to.add_option("--colour,--color", colour, "When messages are coloured: " + llvm::join(colourChoices, ", "))
      ->type_name("WHEN");
}

void CommandLine::addRun() {
  run->add_option("-o,--output", options.output, "Write spikes and traces to this HDF5 file (SONATA layout)")
      ->type_name("FILE");
  run->add_option("--plot", options.plot, "Draw spikes, rates and traces; the name ends in .png or .svg")
      ->type_name("FILE");
  run->add_option("--set", options.settings, "Change a value, as in --set N.tau=10 ms (once per value)")
      ->type_name("NAME=VALUE UNIT")
      ->expected(1)
      ->take_all();
  run->add_option("--sweep", options.sweeps, "One copy per value, as in --sweep N.tau=10:30:5 ms or =10,20,30 ms (a grid of several)")
      ->type_name("NAME=VALUES UNIT")
      ->expected(1)
      ->take_all();
  run->add_option("--batch", batch, "Copies with draws of their own")->type_name("N");
  run->add_flag("--redraw-connectivity", options.redrawsConnectivity, "Each copy of the batch has connections of its own");
  run->add_option("--statistics", statistics, "Also correlation and spectrum of the spikes in bins of this length, such as 2 ms")
      ->type_name("TIME");
  run->add_option("--save", options.save, "Save a checkpoint at the end, also when the run is interrupted")
      ->type_name("FILE");
  run->add_option("--save-every", saveEvery, "Save also while it runs, each time so much wall time has passed")
      ->type_name("TIME");
  run->add_option("--resume", options.resume, "Continue from this checkpoint")->type_name("FILE");
  run->add_option("--save-weights", options.saveWeights, "Write the weights of all projections to this HDF5 file at the end")
      ->type_name("FILE");
  run->add_option("--load-weights", options.loadWeights, "Begin with the weights in this file")->type_name("FILE");
  run->add_option("--seed", seed, "Seed of all random numbers")->type_name("N");
  run->add_option("--threads", threads, "Threads; results do not depend on their number (default 1)")->type_name("N");
  addExperiment(*run);
  addCpu(*run);
  addDebugInfo(*run);
  addProfile(*run);
  run->add_flag("--perf", options.jitDump, "Let `perf inject --jit` find the lines of the model; implies -g");
  addMessages(*run);
  run->add_flag("--quiet", options.quiet, "Print nothing but errors");
  run->add_flag("--timing", options.timing, "Print where the time went");
  run->add_flag("-v,--verbose", options.verbose, "Say whether the program was compiled or kept from an earlier run");
  run->add_flag("!--no-cache", options.usesCache, "Compile, and keep nothing of it");
}

void CommandLine::addCompile() {
  compile->add_option("-o,--output", options.output,
                      "The object (.o) or shared object (.so) to write; a C header is written beside it")
      ->type_name("FILE");
  compile->add_option("--dt", dt, "Length of a step, of a file without `simulate` (default 0.1 ms)")->type_name("TIME");
  compile->add_option("--precision", precision, "f32 or f64, of a file without `simulate` (default f32)")->type_name("TYPE");
  addExperiment(*compile);
  addCpu(*compile);
  addDebugInfo(*compile);
  addMessages(*compile);
  compile->add_flag("--timing", options.timing, "Print where the time went");
}

void CommandLine::addExplain() {
  explain->add_flag("--json", options.json, "Say it to programs: one JSON object");
  addExperiment(*explain);
  addMessages(*explain);
}

void CommandLine::addFormat() {
  format->add_flag("--check", options.checkOnly, "Change nothing; exit with 1 if the layout is another one");
  format->add_option("-o,--output", options.output, "Write the result to this file instead; `-` is standard output")
      ->type_name("FILE");
  addMessageStyle(*format);
}

void CommandLine::addModels() {
  models->add_option("NAME", options.model, "The model to print, such as LIFRef")->type_name(" ");
  models->add_flag("--json", options.json, "Print JSON for programs to read");
  addMessageStyle(*models);
}

std::vector<std::string> CommandLine::optionNames() const {
  std::vector<std::string> names;
  for (const CLI::App *part : std::initializer_list<const CLI::App *>{&app, run, check, compile, explain, format, models})
    for (const CLI::Option *option : part->get_options()) {
      for (const std::string &name : option->get_lnames())
        names.push_back("--" + name);
      for (const std::string &name : option->get_snames())
        names.push_back("-" + name);
    }
  return names;
}

} // namespace snn::tool
