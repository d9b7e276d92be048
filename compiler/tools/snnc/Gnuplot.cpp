#include "compiler/tools/snnc/Gnuplot.h"

#include "compiler/tools/snnc/Report.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

namespace snn::tool {

llvm::Expected<std::string> findGnuplot() {
  llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName("gnuplot");
  if (!program)
    return llvm::createStringError("pictures are drawn by the program `gnuplot`, which is not installed; on Debian it is "
                                   "in the package `gnuplot-nox`");
  return *program;
}

/// The sentence among what gnuplot prints, which repeats the command and points at the place.
static std::string reasonIn(llvm::StringRef output) {
  llvm::SmallVector<llvm::StringRef> lines;
  output.split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : llvm::reverse(lines))
    if (!line.trim().empty())
      return line.trim().str();
  return "it says nothing";
}

llvm::Error runGnuplot(llvm::StringRef program, llvm::StringRef script) {
  llvm::SmallString<128> scriptPath, outputPath;
  int descriptor;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile("snnc-plot", "gnuplot", descriptor, scriptPath))
    return llvm::createStringError("cannot write a temporary file: " + reasonOf(error));
  llvm::FileRemover removeScript(scriptPath);
  llvm::raw_fd_ostream stream(descriptor, /*shouldClose=*/true);
  stream << script;
  stream.close();
  if (stream.has_error()) {
    std::error_code error = stream.error();
    stream.clear_error();
    return llvm::createStringError("cannot write `" + scriptPath + "`: " + reasonOf(error));
  }
  if (std::error_code error = llvm::sys::fs::createTemporaryFile("snnc-plot", "txt", outputPath))
    return llvm::createStringError("cannot write a temporary file: " + reasonOf(error));
  llvm::FileRemover removeOutput(outputPath);

  // Without the user's own settings.
  llvm::StringRef arguments[] = {program, "--default-settings", scriptPath};
  std::optional<llvm::StringRef> streams[] = {llvm::StringRef(), outputPath.str(), outputPath.str()};
  std::string failure;
  int status = llvm::sys::ExecuteAndWait(program, arguments, std::nullopt, streams, 0, 0, &failure);
  if (status == 0)
    return llvm::Error::success();
  std::string reason = failure;
  if (auto output = llvm::MemoryBuffer::getFile(outputPath); reason.empty() && output)
    reason = reasonIn((*output)->getBuffer());
  return llvm::createStringError("gnuplot failed: " + reason);
}

} // namespace snn::tool
