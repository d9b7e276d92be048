#include "compiler/tools/snnc/Options.h"

#include "compiler/tools/snnc/Spelling.h"
#include "compiler/tools/snnc/WallTime.h"
#include "frontend/Units.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include <CLI/CLI.hpp>

using llvm::StringRef;

namespace snn::tool {

namespace {

const std::vector<std::string> commandNames = {"run", "check", "compile", "explain", "fmt"};
const std::vector<std::string> stageNames = {"tokens", "ast", "model", "snn", "step", "target", "llvm", "asm", "obj"};
const std::vector<std::string> messageFormats = {"text", "json"};
const std::vector<std::string> colourChoices = {"auto", "always", "never"};
const size_t sourceStages = 3; ///< the first of them need no compiler

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

/// The grammar of the command line, writing into one `Options`.
class CommandLine {
public:
  CommandLine();
  llvm::Expected<Options> parse(llvm::ArrayRef<std::string> arguments);

private:
  void addRun();
  void addCompile();
  void addExplain();
  void addFormat();
  void addModels();
  void addExperiment(CLI::App &app);
  void addCpu(CLI::App &app);
  void addDebugInfo(CLI::App &app);
  void addProfile(CLI::App &app);
  void addMessages(CLI::App &app);
  void addMessageStyle(CLI::App &app);
  llvm::Error judge();
  llvm::Error judgeHostOptions();
  llvm::Error judgeMessages() const;
  llvm::Error judgeModels(llvm::ArrayRef<std::string> extras);
  llvm::Error unexpected(StringRef word);
  std::vector<std::string> optionNames() const;

  CLI::App app{"snnc: compile and run networks of spiking neurons", "snnc"};
  CLI::App *run = nullptr, *check = nullptr, *compile = nullptr, *explain = nullptr, *format = nullptr, *models = nullptr;
  Options options;
  bool printVersion = false;
  std::string seed, threads, batch, saveEvery, dt, precision, statistics;
  std::string messageFormat = "text", colour = "auto"; ///< judged here, used by `messageStyleIn`
};

} // namespace

static llvm::Error failure(const llvm::Twine &message) { return llvm::createStringError(message.str()); }

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

/// What to say of a word that fits nowhere.
llvm::Error CommandLine::unexpected(StringRef word) {
  if (word.starts_with("-")) {
    StringRef name = word.split('=').first;
    std::vector<std::string> known = optionNames();
    std::string command = app.get_subcommands().empty() ? "" : app.get_subcommands().front()->get_name();
    if (!command.empty() && llvm::is_contained(known, name))
      return failure("`" + name + "` is not an option of `" + command + "`");
    return failure("unknown option `" + name + "`" + suggestion(name, known));
  }
  if (app.get_subcommands().empty())
    return failure("unknown command `" + word + "`" + suggestion(word, commandNames) + "; commands are " +
                   llvm::join(commandNames, ", "));
  return failure("unexpected `" + word + "`: the model is `" + options.file + "`, the command `" +
                 app.get_subcommands().front()->get_name() + "`");
}

template <typename T> static llvm::Error readNumber(StringRef option, StringRef text, T &number, uint64_t least) {
  uint64_t value;
  if (text.getAsInteger(10, value) || value < least || value > std::numeric_limits<T>::max())
    return failure("`" + option + "` takes an integer from " + llvm::Twine(least) + ", but got `" + text + "`");
  number = static_cast<T>(value);
  return llvm::Error::success();
}

/// True for the name of a file of one of these kinds.
static bool isNamed(StringRef path, std::initializer_list<StringRef> endings) {
  return llvm::any_of(endings, [&](StringRef ending) { return path.size() > ending.size() && path.ends_with(ending); });
}

static llvm::Error judgeChoice(StringRef option, StringRef value, llvm::ArrayRef<std::string> choices) {
  if (llvm::is_contained(choices, value))
    return llvm::Error::success();
  return failure("`" + option + "` is one of " + llvm::join(choices, ", ") + ", but got `" + value + "`" +
                 suggestion(value, choices));
}

llvm::Error CommandLine::judgeMessages() const {
  if (llvm::Error error = judgeChoice("--diagnostics", messageFormat, messageFormats))
    return error;
  return judgeChoice("--colour", colour, colourChoices);
}

/// "0.1 ms", in ms.
static llvm::Error readTime(StringRef option, StringRef text, double &time) {
  size_t length = text.find_first_not_of("0123456789.eE+-");
  std::optional<Unit> unit = length == StringRef::npos ? std::nullopt : parseUnit(text.substr(length).trim());
  double number;
  if (!unit || unit->dimension != Dimension::time() || text.take_front(length).getAsDouble(number) || !(number > 0))
    return failure("`" + option + "` takes a positive time such as 0.1 ms, but got `" + text + "`");
  time = toBaseUnits(number, *unit);
  return llvm::Error::success();
}

/// `--dt` and `--precision`, for programs that only a host steps.
llvm::Error CommandLine::judgeHostOptions() {
  if (compile->count("--precision")) {
    if (precision != "f32" && precision != "f64")
      return failure("`--precision` is f32 or f64, but got `" + precision + "`");
    options.precision = precision == "f32" ? model::Precision::F32 : model::Precision::F64;
  }
  if (!compile->count("--dt"))
    return llvm::Error::success();
  return readTime("--dt", dt, options.dt.emplace());
}

/// `models` is about the library, not about a file.
llvm::Error CommandLine::judgeModels(llvm::ArrayRef<std::string> extras) {
  options.command = Command::Models;
  if (!options.file.empty())
    return failure("`models` shows the library and takes no file: write `snnc models " + StringRef(options.model) + "`");
  if (!extras.empty() && StringRef(extras.front()).starts_with("-"))
    return unexpected(extras.front());
  if (!extras.empty())
    return failure("unexpected `" + extras.front() + "`: `models` takes one name");
  return llvm::Error::success();
}

/// Finds the command and everything wrong that CLI11 does not judge.
llvm::Error CommandLine::judge() {
  if (llvm::Error error = judgeMessages())
    return error;
  std::vector<std::string> extras = app.remaining(true);
  if (models->parsed())
    return judgeModels(extras);
  // `snnc run FILE` is how many other programs want it.
  if (options.file.empty() && !extras.empty() && !StringRef(extras.front()).starts_with("-")) {
    options.file = extras.front();
    extras.erase(extras.begin());
  }
  if (!extras.empty())
    return unexpected(extras.front());
  if (app.count("--explain")) {
    options.command = Command::ExplainCode;
    if (options.file.empty())
      return llvm::Error::success();
    return failure("`--explain` needs no model: write `snnc --explain=" + options.explain + "`");
  }
  if (options.file.empty())
    return failure("no model given: write `snnc FILE.snn run`, or see `snnc --help`");

  bool emits = app.count("--emit") > 0;
  if (run->parsed())
    options.command = Command::Run;
  else if (check->parsed())
    options.command = Command::Check;
  else if (compile->parsed())
    options.command = Command::Compile;
  else if (explain->parsed())
    options.command = Command::Explain;
  else if (format->parsed())
    options.command = Command::Format;
  else if (emits)
    options.command = llvm::is_contained(llvm::ArrayRef(stageNames).take_front(sourceStages), options.emit)
                          ? Command::EmitSource
                          : Command::EmitCompiled;
  else
    return failure("no command given for `" + options.file + "`; commands are " + llvm::join(commandNames, ", "));

  if (emits && !app.get_subcommands().empty())
    return failure("`--emit` stands instead of a command");
  if (emits && !llvm::is_contained(stageNames, options.emit))
    return failure("unknown stage `" + options.emit + "`" + suggestion(options.emit, stageNames) + "; stages are " +
                   llvm::join(stageNames, ", "));
  if (options.command == Command::Check || options.command == Command::Format)
    for (const char *name : {"--output", "--experiment", "--target-cpu", "-g", "--profile"})
      if (app.count(name) && !(format->parsed() && StringRef(name) == "--output"))
        return failure("`" + llvm::Twine(name) + "` is not an option of `" + app.get_subcommands().front()->get_name() +
                       "`");
  if (options.fix && options.file == "-")
    return failure("`--fix` changes a file, and standard input is none");
  if (options.command == Command::Compile && !isNamed(options.output, {".o", ".so"}))
    return failure("`compile` writes an object or a shared object: give `-o` a name that ends in .o or .so");
  if (llvm::Error error = judgeHostOptions())
    return error;
  if (!options.plot.empty() && !isNamed(options.plot, {".png", ".svg"}))
    return failure("`--plot` draws a .png or .svg file, but got `" + options.plot + "`");
  for (auto [option, path] : {std::pair("--save-weights", &options.saveWeights), {"--load-weights", &options.loadWeights}})
    if (!path->empty() && !isNamed(*path, {".h5", ".hdf5"}))
      return failure("`" + llvm::Twine(option) + "` takes an .h5 or .hdf5 file, but got `" + *path + "`");
  if (!options.loadWeights.empty() && !options.resume.empty())
    return failure("`--load-weights` and `--resume` exclude each other: a run that is continued has the weights of its checkpoint");
  options.debugInfo |= options.jitDump;
  if (run->count("--seed"))
    if (llvm::Error error = readNumber("--seed", seed, options.seed.emplace(), 0))
      return error;
  if (run->count("--save-every")) {
    options.saveEvery = parseWallTime(saveEvery);
    if (!options.saveEvery)
      return failure("`--save-every` takes a time such as 30 s, 10 min or 2 h, but got `" + saveEvery + "`");
    if (options.save.empty())
      return failure("`--save-every` needs `--save FILE` to say where");
  }
  if (run->count("--statistics"))
    if (llvm::Error error = readTime("--statistics", statistics, options.statisticsBin.emplace()))
      return error;
  if (run->count("--batch"))
    if (llvm::Error error = readNumber("--batch", batch, options.batch.emplace(), 1))
      return error;
  if (run->count("--threads"))
    if (llvm::Error error = readNumber("--threads", threads, options.threads, 1))
      return error;
  return llvm::Error::success();
}

/// `--set N.tau=10 ms`, `--dt 0.1 ms`, `--statistics 2 ms` and `--save-every 10 min` are words to the shell; the unit belongs to the value.
static std::vector<std::string> joinUnits(llvm::ArrayRef<std::string> arguments) {
  std::vector<std::string> joined;
  for (size_t i = 0; i < arguments.size(); ++i) {
    auto isValueOf = [&](const std::string &option) {
      return StringRef(arguments[i]).starts_with(option + "=") || (i > 0 && arguments[i - 1] == option);
    };
    joined.push_back(arguments[i]);
    if (i + 1 < arguments.size() && (((isValueOf("--set") || isValueOf("--sweep") || isValueOf("--dt") || isValueOf("--statistics")) && parseUnit(arguments[i + 1])) ||
                                     (isValueOf("--save-every") && wallTimeUnit(arguments[i + 1]))))
      joined.back() += " " + arguments[++i];
  }
  return joined;
}

llvm::Expected<Options> CommandLine::parse(llvm::ArrayRef<std::string> arguments) {
  std::vector<std::string> words = joinUnits(arguments);
  std::reverse(words.begin(), words.end()); // CLI11 takes them from the back
  try {
    app.parse(words);
  } catch (const CLI::CallForHelp &) {
    options.text = app.help();
    return options;
  } catch (const CLI::ArgumentMismatch &mismatch) {
    return failure("`" + StringRef(mismatch.what()).split(':').first + "` needs a value");
  } catch (const CLI::ParseError &error) {
    return failure(error.what());
  }
  if (printVersion) {
    options.text = "snnc " SNN_VERSION " (LLVM " SNN_LLVM_VERSION ")\n";
    return options;
  }
  if (llvm::Error error = judge())
    return error;
  return options;
}

llvm::Expected<Options> parseOptions(llvm::ArrayRef<std::string> arguments) { return CommandLine().parse(arguments); }

} // namespace snn::tool
