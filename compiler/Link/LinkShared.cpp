// From object bytes to a shared object, by LLVM's linker as a library: no program has to be found, and none started.

#include "compiler/Compiler.h"

#include "lld/Common/CommonLinkerContext.h"
#include "lld/Common/Driver.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

#include <mutex>
#include <sys/mman.h>
#include <unistd.h>

LLD_HAS_DRIVER(elf)

namespace snn {

static llvm::Error failure(llvm::StringRef path, std::string reason) {
  reason[0] = llvm::toLower(reason[0]); // the system's sentence, spelled like ours
  return llvm::createStringError("cannot link `" + path + "`: " + llvm::StringRef(reason).trim());
}

/// Writes the object where the linker can read it: in memory, under a name in /proc.
static llvm::ErrorOr<int> openInMemory(llvm::ArrayRef<char> object) {
  int file = memfd_create("snn", MFD_CLOEXEC);
  if (file < 0)
    return std::error_code(errno, std::generic_category());
  llvm::raw_fd_ostream stream(file, /*shouldClose=*/false);
  stream.write(object.data(), object.size());
  stream.flush();
  if (!stream.has_error())
    return file;
  std::error_code error = stream.error();
  stream.clear_error();
  close(file);
  return error;
}

llvm::Error linkShared(llvm::StringRef path, llvm::ArrayRef<char> object) {
  llvm::ErrorOr<int> file = openInMemory(object);
  if (!file)
    return failure(path, file.getError().message());
  llvm::scope_exit closeFile([&] { close(*file); });
  std::string input = "/proc/self/fd/" + std::to_string(*file), output = path.str();

  static std::mutex oneAtATime; // the linker keeps its state for the whole process
  std::lock_guard lock(oneAtATime);
  std::string messages;
  llvm::raw_string_ostream stream(messages);
  bool isLinked = lld::elf::link({"ld.lld", "-shared", "--threads=1", "--no-mmap-output-file", "--build-id=none", "-o", output.c_str(), input.c_str()},
                                 stream, stream, /*exitEarly=*/false, /*disableOutput=*/false);
  lld::CommonLinkerContext::destroy();
  return isLinked ? llvm::Error::success() : failure(path, std::move(messages));
}

} // namespace snn
