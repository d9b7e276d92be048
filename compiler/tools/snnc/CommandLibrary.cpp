#include "compiler/tools/snnc/CommandLibrary.h"

#include "compiler/tools/snnc/Timing.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <dlfcn.h>

namespace snn::tool {

/// The library's path, by this program's; empty if there is none.
static std::string findLibrary() {
  static char anchor;
  llvm::SmallString<256> folder(llvm::sys::fs::getMainExecutable("snnc", &anchor));
  llvm::sys::path::remove_filename(folder);
  for (const char *relative : {"../lib/libsnncCommands.so", "libsnncCommands.so"}) {
    llvm::SmallString<256> candidate(folder);
    llvm::sys::path::append(candidate, relative);
    if (llvm::sys::fs::exists(candidate))
      return candidate.str().str();
  }
  return {};
}

llvm::Expected<int> executeInLibrary(llvm::ArrayRef<std::string> arguments) {
  Stopwatch opening;
  std::string path = findLibrary();
  if (path.empty())
    return llvm::createStringError("cannot find libsnncCommands.so, neither beside snnc nor in ../lib");
  // Lazy binding halves the time it takes to load. The library is never closed: its code may be running.
  void *library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (!library)
    return llvm::createStringError("cannot load the compiler: " + std::string(dlerror()));
  auto execute = reinterpret_cast<decltype(&snnc_execute)>(dlsym(library, "snnc_execute"));
  if (!execute)
    return llvm::createStringError("`" + path + "` does not belong to this snnc");

  std::vector<const char *> texts;
  for (const std::string &argument : arguments)
    texts.push_back(argument.c_str());
  return execute(static_cast<int>(texts.size()), texts.data(), opening.milliseconds());
}

} // namespace snn::tool
