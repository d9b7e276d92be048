#include "compiler/tools/snnc/SiblingLibrary.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <dlfcn.h>

namespace snn::tool {

std::string findSibling(llvm::StringRef name) {
  static char anchor;
  llvm::SmallString<256> folder(llvm::sys::fs::getMainExecutable("snnc", &anchor));
  llvm::sys::path::remove_filename(folder);
  for (const char *relative : {"../lib", "."}) {
    llvm::SmallString<256> candidate(folder);
    llvm::sys::path::append(candidate, relative, name);
    if (llvm::sys::fs::exists(candidate))
      return candidate.str().str();
  }
  return {};
}

llvm::Expected<void *> functionOfSibling(llvm::StringRef name, const char *symbol) {
  std::string path = findSibling(name);
  if (path.empty())
    return llvm::createStringError("cannot find " + name + ", neither beside snnc nor in ../lib");
  // Lazy binding halves the time it takes to load.
  void *library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (!library)
    return llvm::createStringError("cannot load `" + path + "`: " + dlerror());
  void *function = dlsym(library, symbol);
  if (!function)
    return llvm::createStringError("`" + path + "` does not belong to this snnc");
  return function;
}

} // namespace snn::tool
