#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/ModelHeader.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace snn::tool {

static llvm::Error writeObject(llvm::StringRef path, llvm::ArrayRef<char> bytes) {
  return writeOutput(path, [&](llvm::raw_ostream &output) {
    output.write(bytes.data(), bytes.size());
    return llvm::Error::success();
  });
}

/// "libcoba.so" and "coba.o" have the header "coba.h".
static std::string headerPath(llvm::StringRef output) {
  llvm::SmallString<256> path(llvm::sys::path::parent_path(output));
  llvm::StringRef stem = llvm::sys::path::stem(output);
  stem.consume_front("lib");
  llvm::sys::path::append(path, (stem.empty() ? "model" : stem) + ".h");
  return path.str().str();
}

/// Writes what a host needs to know, as the program itself says it.
static llvm::Error writeHeader(llvm::ArrayRef<char> object, const Options &options) {
  llvm::Expected<std::unique_ptr<LoadedProgram>> program = loadObject(object, CompileOptions());
  if (!program)
    return program.takeError();
  return writeOutput(headerPath(options.output), [&](llvm::raw_ostream &output) {
    writeModelHeader((*program)->model(), llvm::sys::path::filename(options.file), output);
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
  if (!error)
    error = writeHeader(object->bytes, options);
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
