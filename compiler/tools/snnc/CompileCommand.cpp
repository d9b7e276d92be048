#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"

#include "llvm/Support/FileSystem.h"
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

/// Links the object bytes into the shared object `path`.
static llvm::Error linkShared(llvm::StringRef object, llvm::StringRef path) {
  llvm::Expected<std::string> linker = findLinker();
  if (!linker)
    return linker.takeError();
  llvm::Expected<llvm::sys::fs::TempFile> input = llvm::sys::fs::TempFile::create(path + ".%%%%%%.o");
  if (!input)
    return input.takeError();
  llvm::raw_fd_ostream bytes(input->FD, /*shouldClose=*/false);
  bytes << object;
  bytes.flush();

  std::string message;
  int status = llvm::sys::ExecuteAndWait(*linker, {*linker, "-shared", "-o", path, input->TmpName},
                                         /*Env=*/std::nullopt, /*Redirects=*/{}, /*SecondsToWait=*/0,
                                         /*MemoryLimit=*/0, &message);
  if (llvm::Error error = input->discard())
    return error;
  if (status == 0)
    return llvm::Error::success();
  return llvm::createStringError(
      "cannot link `" + path + "`: `" + *linker + "` " +
      (message.empty() ? "failed with status " + llvm::Twine(status) : llvm::Twine(message)));
}

ExitStatus compileCommand(const Options &options, double openMilliseconds) {
  llvm::StringRef extension = llvm::sys::path::extension(options.output);
  if (extension != ".o" && extension != ".so") {
    reportError("`compile` writes an object or a shared object: give `-o` a name that ends in .o or .so");
    return exitWrongUse;
  }
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
  llvm::Error error = extension == ".so" ? linkShared(bytes, options.output)
                                         : writeOutput(options.output, [&](llvm::raw_ostream &output) {
                                             output << bytes;
                                             return llvm::Error::success();
                                           });
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
