// A program for `run`, as a shared object or in memory.

#include "compiler/tools/snnc/CommandLibrary.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/CompileOptions.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/StandardStreams.h"

using namespace snn;
using namespace snn::tool;

/// Links the program into the file that was asked for; loads it in memory if none was, or if it cannot be written.
static llvm::Error deliver(const CompiledObject &object, const ProgramRequest &request, const CompileOptions &options,
                           ProgramAnswer &answer) {
  if (!request.sharedObject.empty()) {
    llvm::Error error = linkShared(request.sharedObject, object.bytes);
    if (!error)
      return error;
    answer.notLinked = llvm::toString(std::move(error));
  }
  auto program = loadObject(object.bytes, options);
  if (!program)
    return program.takeError();
  answer.program = std::move(*program);
  return llvm::Error::success();
}

static ExitStatus compile(const Options &options, const ProgramRequest &request, ProgramAnswer &answer) {
  Compilation compilation(options);
  if (ExitStatus status = compilation.prepare(request.text))
    return status;
  llvm::Expected<CompiledObject> object = compilation.compile();
  if (!object)
    return compilation.reportFailure(object.takeError());
  answer.origins = std::move(object->origins);
  answer.hasMessages = compilation.source().laterDiagnostics().warningCount() > 0;
  Stopwatch linking;
  if (llvm::Error error = deliver(*object, request, compileOptionsOf(options), answer))
    return compilation.reportFailure(std::move(error));
  compilation.timing().add("link", linking.milliseconds());
  answer.phases = compilation.timing().all();
  return exitFine;
}

int snnc_compile_for_run(const ProgramRequest *request, ProgramAnswer *answer) {
  setMessageStyle(messageStyleIn(request->arguments));
  llvm::Expected<Options> options = parseOptions(request->arguments);
  ExitStatus status = exitWrongUse;
  if (options)
    status = compile(*options, *request, *answer);
  else
    reportError(options.takeError());
  forgiveStandardError(); // this library has one of its own
  return status;
}
