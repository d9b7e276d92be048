#include "compiler/tools/snnc/Options.h"

#include "compiler/tools/snnc/CommandLine.h"
#include "compiler/tools/snnc/Spelling.h"
#include "compiler/tools/snnc/WallTime.h"
#include "frontend/Units.h"

#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace snn::tool {

static llvm::Error failure(const llvm::Twine &message) { return llvm::createStringError(message.str()); }

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
