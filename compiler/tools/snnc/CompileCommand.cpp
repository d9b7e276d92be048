#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"

#include "llvm/Support/Path.h"

namespace snn::tool {

static llvm::Error writeObject(llvm::StringRef path, llvm::ArrayRef<char> bytes) {
  return writeOutput(path, [&](llvm::raw_ostream &output) {
    output.write(bytes.data(), bytes.size());
    return llvm::Error::success();
  });
}

ExitStatus compileCommand(const Options &options, double openMilliseconds) {
  Compilation compilation(options);
  compilation.timing().add("open compiler", openMilliseconds);
  if (ExitStatus status = compilation.prepare())
    return status;
  llvm::Expected<CompiledObject> object = compilation.compile();
  if (!object)
    return compilation.reportFailure(object.takeError());

  Stopwatch writing;
  bool isShared = llvm::sys::path::extension(options.output) == ".so";
  llvm::Error error = isShared ? linkShared(options.output, object->bytes) : writeObject(options.output, object->bytes);
  if (error) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  compilation.timing().add("write", writing.milliseconds());
  if (options.timing)
    compilation.timing().print(llvm::errs());
  return exitFine;
}

} // namespace snn::tool
