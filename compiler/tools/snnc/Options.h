// The command line of snnc, parsed and judged.

#ifndef SNN_COMPILER_TOOLS_SNNC_OPTIONS_H
#define SNN_COMPILER_TOOLS_SNNC_OPTIONS_H

#include "frontend/Model.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snn::tool {

enum class Command {
  Run,
  Check,
  Compile,
  Explain,
  Format,
  Models,       ///< needs no file
  EmitSource,   ///< `--emit=STAGE` instead of a command, of a stage of the front end
  EmitCompiled, ///< of a later stage
  ExplainCode,  ///< `--explain=CODE`: the page on one diagnostic
  Text,         ///< only print `Options::text`: the help or the version
};

struct Options {
  Command command = Command::Text;
  std::string text;
  std::string file;
  std::string emit;                  ///< name of a stage
  std::string output;                ///< `-o`; empty: none given
  std::string experiment;            ///< network name of the `simulate`, or its position from 1; empty: the only one
  std::string cpu;                   ///< an LLVM CPU name; empty: this machine
  std::string plot;                  ///< file of the picture; empty: none
  std::string save;                  ///< file of checkpoints to write; empty: none
  std::optional<double> saveEvery;   ///< seconds of wall time; none: only at the end
  std::string resume;                ///< file of the checkpoint to begin from; empty: begin at the beginning
  std::string saveWeights;           ///< file for the weights at the end; empty: none
  std::string loadWeights;           ///< file of weights to begin with; empty: none
  std::vector<std::string> settings; ///< "NAME=VALUE UNIT"
  std::vector<std::string> sweeps;   ///< "NAME=FIRST:LAST:STEP UNIT" or "NAME=A,B,C UNIT"
  std::optional<double> statisticsBin; ///< ms; none: no statistics of counts
  std::optional<uint64_t> batch;     ///< copies; none: as the experiment says
  bool redrawsConnectivity = false;
  std::optional<uint64_t> seed;
  std::optional<double> dt;                    ///< ms; of a file without `simulate`
  std::optional<model::Precision> precision;   ///< likewise
  unsigned threads = 1;
  std::string explain;    ///< code of a diagnostic; empty: none
  bool strict = false;    ///< warnings are errors
  bool fix = false;       ///< apply the fix-its to the file
  std::string model;      ///< `models NAME`; empty: all of them
  bool json = false;      ///< of `explain` and `models`: for programs
  bool checkOnly = false; ///< `fmt --check`
  bool quiet = false;
  bool timing = false;
  bool verbose = false;
  bool usesCache = true;
  bool debugInfo = false; ///< `-g`, or `--perf`
  bool jitDump = false;   ///< `--perf`
  bool profile = false;
};

/// `arguments` are those after the program's name. The error's message is a sentence for the user.
llvm::Expected<Options> parseOptions(llvm::ArrayRef<std::string> arguments);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_OPTIONS_H
