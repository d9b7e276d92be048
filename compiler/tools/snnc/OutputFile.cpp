#include "compiler/tools/snnc/OutputFile.h"

#include "compiler/tools/snnc/Report.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <cerrno>
#include <unistd.h>

namespace fs = llvm::sys::fs;

namespace snn::tool {

static llvm::Error cannotWrite(llvm::StringRef path, const llvm::Twine &why) {
  return llvm::createStringError("cannot write `" + path + "`: " + why);
}

static std::string lastReason() { return reasonOf({errno, std::generic_category()}); }

llvm::Error checkWritable(llvm::StringRef path) {
  if (fs::is_directory(path))
    return cannotWrite(path, "it is a folder");
  if (fs::exists(path))
    return access(path.str().c_str(), W_OK) == 0 ? llvm::Error::success() : cannotWrite(path, lastReason());
  llvm::StringRef folder = llvm::sys::path::parent_path(path);
  if (folder.empty())
    folder = ".";
  if (!fs::is_directory(folder))
    return cannotWrite(path, "there is no folder `" + folder + "`");
  if (access(folder.str().c_str(), W_OK | X_OK) != 0)
    return cannotWrite(path, lastReason());
  return llvm::Error::success();
}

/// Runs `write`, and makes an error of what the stream itself met: a full disk, for one.
static llvm::Error writeTo(llvm::raw_fd_ostream &output, llvm::StringRef path,
                           llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write) {
  llvm::Error error = write(output);
  output.flush();
  if (!output.has_error())
    return error;
  llvm::consumeError(std::move(error));
  error = cannotWrite(path, reasonOf(output.error()));
  output.clear_error();
  return error;
}

llvm::Error writeOutput(llvm::StringRef path, llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write) {
  if (path.empty() || path == "-")
    return write(llvm::outs());
  if (llvm::Error error = checkWritable(path))
    return error;

  // A device such as /dev/null cannot be replaced by renaming a file onto it.
  if (fs::exists(path) && !fs::is_regular_file(path)) {
    std::error_code failed;
    llvm::raw_fd_ostream output(path, failed);
    return failed ? cannotWrite(path, reasonOf(failed)) : writeTo(output, path, write);
  }

  llvm::Expected<fs::TempFile> file = fs::TempFile::create(path + ".%%%%%%");
  if (!file)
    return cannotWrite(path, reasonOf(llvm::errorToErrorCode(file.takeError())));
  llvm::raw_fd_ostream output(file->FD, /*shouldClose=*/false);
  if (llvm::Error error = writeTo(output, path, write))
    return llvm::joinErrors(std::move(error), file->discard());
  return file->keep(path);
}

llvm::Error rewriteFile(llvm::StringRef path, llvm::StringRef text) {
  llvm::SmallString<256> file;
  if (std::error_code failed = fs::real_path(path, file))
    return cannotWrite(path, reasonOf(failed));
  llvm::ErrorOr<fs::perms> permissions = fs::getPermissions(file);
  llvm::Error error = writeOutput(file, [&](llvm::raw_ostream &output) {
    output << text;
    return llvm::Error::success();
  });
  if (error)
    return error;
  if (permissions)
    (void)fs::setPermissions(file, *permissions); // the text matters more than who may read it
  return llvm::Error::success();
}

} // namespace snn::tool
