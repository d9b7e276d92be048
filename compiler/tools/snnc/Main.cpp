// snnc: the command-line compiler and simulator.

#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Report.h"

#include "llvm/Support/raw_ostream.h"

using namespace snn::tool;

static ExitStatus execute(const Options &options) {
  switch (options.command) {
  case Command::Run:
    return runCommand(options);
  case Command::Check:
    return checkCommand(options);
  case Command::Compile:
    return compileCommand(options);
  case Command::Emit:
    return emitCommand(options);
  case Command::Text:
    llvm::outs() << options.text;
    return exitFine;
  }
  llvm_unreachable("every command is executed above");
}

int main(int argc, char **argv) {
  llvm::Expected<Options> options = parseOptions(std::vector<std::string>(argv + 1, argv + argc));
  if (!options) {
    reportError(options.takeError());
    return exitWrongUse;
  }
  ExitStatus status = execute(*options);
  // A full disk or a closed pipe shows only now, and must not pass for success.
  llvm::outs().flush();
  if (llvm::outs().has_error()) {
    reportError("cannot write to standard output: " + llvm::outs().error().message());
    llvm::outs().clear_error();
    return exitWrongUse;
  }
  return status;
}
