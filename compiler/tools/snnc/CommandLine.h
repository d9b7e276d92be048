// The grammar of the command line.

#ifndef SNN_COMPILER_TOOLS_SNNC_COMMANDLINE_H
#define SNN_COMPILER_TOOLS_SNNC_COMMANDLINE_H

#include "compiler/tools/snnc/Options.h"

#include "llvm/ADT/StringRef.h"

#include <CLI/CLI.hpp>

namespace snn::tool {

inline const std::vector<std::string> commandNames = {"run", "check", "compile", "explain", "fmt"};
inline const std::vector<std::string> stageNames = {"tokens", "ast", "model", "snn", "step", "target", "llvm", "asm", "obj"};
inline const std::vector<std::string> messageFormats = {"text", "json"};
inline const std::vector<std::string> colourChoices = {"auto", "always", "never"};
constexpr size_t sourceStages = 3; ///< the first of them need no compiler

/// Options are declared in CommandLine.cpp, and judged in Options.cpp once they have been read.
class CommandLine {
public:
  CommandLine();
  llvm::Expected<Options> parse(llvm::ArrayRef<std::string> arguments);

private:
  // CommandLine.cpp
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
  std::vector<std::string> optionNames() const;

  // Options.cpp
  llvm::Error judge();
  llvm::Error judgeHostOptions();
  llvm::Error judgeMessages() const;
  llvm::Error judgeModels(llvm::ArrayRef<std::string> extras);
  llvm::Error unexpected(llvm::StringRef word);

  CLI::App app{"snnc: compile and run networks of spiking neurons", "snnc"};
  CLI::App *run = nullptr, *check = nullptr, *compile = nullptr, *explain = nullptr, *format = nullptr, *models = nullptr;
  Options options;
  bool printVersion = false;
  std::string seed, threads, batch, saveEvery, dt, precision, statistics;
  std::string messageFormat = "text", colour = "auto"; ///< judged here, used by `messageStyleIn`
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COMMANDLINE_H
