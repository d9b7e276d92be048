// snnc: the command-line compiler and simulator.

#include "compiler/tools/snnc/CommandLibrary.h"
#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/FileChecks.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/StandardStreams.h"

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"

using namespace snn::tool;

static int executeCompiled(llvm::ArrayRef<std::string> arguments) {
  llvm::Expected<int> status = executeInLibrary(arguments);
  if (status)
    return *status;
  reportError(status.takeError());
  return exitWrongUse;
}

static int execute(const Options &options, llvm::ArrayRef<std::string> arguments) {
  switch (options.command) {
  case Command::Check:
    return flushOutput(checkCommand(options));
  case Command::EmitSource:
    return flushOutput(emitSourceCommand(options));
  case Command::Text:
    llvm::outs() << options.text;
    return flushOutput(exitFine);
  case Command::Run:
    return flushOutput(runCommand(options, arguments));
  case Command::Compile:
  case Command::EmitCompiled:
    return executeCompiled(arguments);
  }
  llvm_unreachable("every command is executed above");
}

static int parseAndExecute(llvm::ArrayRef<std::string> arguments) {
  llvm::Expected<Options> options = parseOptions(arguments);
  llvm::Error error = options ? checkFiles(*options) : options.takeError();
  if (!error)
    return execute(*options, arguments);
  reportError(std::move(error));
  return exitWrongUse;
}

int main(int argc, char **argv) {
  prepareStandardStreams();
  std::vector<std::string> arguments(argv + 1, argv + argc);
  setMessageStyle(messageStyleIn(arguments));
  int status = parseAndExecute(arguments);
  forgiveStandardError();
  return status;
}
