#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
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
  int status = llvm::sys::ExecuteAndWait(*linker, {*linker, "-shared", "-o", path, object},
                                         /*Env=*/std::nullopt, /*Redirects=*/{}, /*SecondsToWait=*/0,
                                         /*MemoryLimit=*/0, &message);
  if (status == 0)
    return llvm::Error::success();
  return llvm::createStringError(
      "cannot link `" + path + "`: `" + *linker + "` " +
      (message.empty() ? "failed with status " + llvm::Twine(status) : llvm::Twine(message)));
}

ExitStatus compileCommand(const Options &options, double openMilliseconds) {
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
