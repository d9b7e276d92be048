// The command line of snnc, parsed and judged.

#ifndef SNN_COMPILER_TOOLS_SNNC_OPTIONS_H
#define SNN_COMPILER_TOOLS_SNNC_OPTIONS_H

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
  EmitSource,   ///< `--emit=STAGE` instead of a command, of a stage of the front end
  EmitCompiled, ///< of a later stage
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
  std::vector<std::string> settings; ///< "NAME=VALUE UNIT"
  std::optional<uint64_t> seed;
  unsigned threads = 1;
  bool strict = false;               ///< warnings are errors
  bool fix = false;                  ///< apply the fix-its to the file
  bool quiet = false;
  bool timing = false;
  bool verbose = false;
  bool usesCache = true;
  bool debugInfo = false; ///< `-g`, or `--perf`
  bool jitDump = false;   ///< `--perf`
};

/// `arguments` are those after the program's name. The error's message is a sentence for the user.
llvm::Expected<Options> parseOptions(llvm::ArrayRef<std::string> arguments);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_OPTIONS_H
