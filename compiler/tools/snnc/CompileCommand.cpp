#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/ModelHeader.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

namespace snn::tool {

/// The linker to make a shared object with. It needs no libraries, since a program imports no symbols.
static llvm::Expected<std::string> findLinker() {
  for (const char *name : {"ld.lld-22", "ld.lld", "ld"})
    if (llvm::ErrorOr<std::string> path = llvm::sys::findProgramByName(name))
      return *path;
  return llvm::createStringError("cannot find a linker: neither ld.lld-22, ld.lld nor ld is on the PATH");
}

static llvm::Error writeObject(llvm::StringRef path, llvm::StringRef bytes) {
  return writeOutput(path, [&](llvm::raw_ostream &output) {
    output << bytes;
    return llvm::Error::success();
  });
}

/// Links the object bytes into the shared object `path`.
static llvm::Error linkShared(llvm::StringRef path, llvm::StringRef bytes) {
  llvm::Expected<std::string> linker = findLinker();
  if (!linker)
    return linker.takeError();
  llvm::SmallString<256> object;
  if (std::error_code failed = llvm::sys::fs::createUniqueFile(path + ".%%%%%%.o", object))
    return llvm::createStringError("cannot write beside `" + path + "`: " + reasonOf(failed));
  llvm::FileRemover removeObject(object);
  if (llvm::Error error = writeObject(object, bytes))
    return error;

  std::string message;
  llvm::StringRef name = llvm::sys::path::filename(path);
  int status = llvm::sys::ExecuteAndWait(*linker, {*linker, "-shared", "-soname", name, "-o", path, object},
                                         /*Env=*/std::nullopt, /*Redirects=*/{}, /*SecondsToWait=*/0,
                                         /*MemoryLimit=*/0, &message);
  if (status == 0)
    return llvm::Error::success();
  return llvm::createStringError(
      "cannot link `" + path + "`: `" + *linker + "` " +
      (message.empty() ? "failed with status " + llvm::Twine(status) : llvm::Twine(message)));
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
static llvm::Error writeHeader(Compilation &compilation, llvm::StringRef bytes, const Options &options) {
  llvm::Expected<std::unique_ptr<LoadedProgram>> program = compilation.load(llvm::ArrayRef(bytes.data(), bytes.size()));
  if (!program)
    return program.takeError();
  return writeOutput(headerPath(options.output), [&](llvm::raw_ostream &output) {
    writeModelHeader((*program)->model(), llvm::sys::path::filename(options.file), output);
    return llvm::Error::success();
  });
}

ExitStatus compileCommand(const Options &options, double openMilliseconds) {
  if (llvm::Error error = checkWritable(options.output)) {
    reportError(std::move(error));
    return exitWrongUse;
  }
  Compilation compilation(options);
  compilation.timing().add("open compiler", openMilliseconds);
  if (ExitStatus status = compilation.prepare())
    return status;
  llvm::Expected<llvm::SmallVector<char, 0>> object = compilation.compile();
  if (!object)
    return compilation.reportFailure(object.takeError());

  Stopwatch writing;
  llvm::StringRef bytes(object->data(), object->size());
  bool isShared = llvm::sys::path::extension(options.output) == ".so";
  llvm::Error error = isShared ? linkShared(options.output, bytes) : writeObject(options.output, bytes);
  if (!error)
    error = writeHeader(compilation, bytes, options);
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
