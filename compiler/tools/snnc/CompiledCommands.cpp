// The way into libsnncCommands.so.

#include "compiler/tools/snnc/CommandLibrary.h"
#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/StandardStreams.h"

#include "llvm/Support/ErrorHandling.h"

using namespace snn::tool;

static ExitStatus execute(const Options &options, double openMilliseconds) {
  switch (options.command) {
  case Command::Compile:
    return compileCommand(options, openMilliseconds);
  case Command::EmitCompiled:
    return emitCompiledCommand(options);
  case Command::Run:
  case Command::Check:
  case Command::EmitSource:
  case Command::Text:
    break;
  }
  llvm_unreachable("this command needs no compiler");
}

int snnc_execute(int count, const char *const *arguments, double openMilliseconds) {
  std::vector<std::string> words(arguments, arguments + count);
  setMessageStyle(messageStyleIn(words));
  llvm::Expected<Options> options = parseOptions(words);
  if (!options) {
    reportError(options.takeError());
    return exitWrongUse;
  }
  ExitStatus status = flushOutput(execute(*options, openMilliseconds));
  forgiveStandardError(); // this library has one of its own
  return status;
}
