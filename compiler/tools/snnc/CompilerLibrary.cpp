#include "compiler/tools/snnc/CompilerLibrary.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <dlfcn.h>

namespace snn::tool {

/// The library's path for this program's, or nothing.
static std::string findLibrary() {
  static char anchor;
  llvm::SmallString<256> folder(llvm::sys::fs::getMainExecutable("snnc", &anchor));
  llvm::sys::path::remove_filename(folder);
  for (const char *relative : {"../lib/libsnnCompiler.so", "libsnnCompiler.so"}) {
    llvm::SmallString<256> candidate(folder);
    llvm::sys::path::append(candidate, relative);
    llvm::sys::path::remove_dots(candidate, /*remove_dot_dot=*/true);
    if (llvm::sys::fs::exists(candidate))
      return candidate.str().str();
  }
  return {};
}

llvm::Expected<std::unique_ptr<Compiler>> openCompiler() {
  std::string path = findLibrary();
  if (path.empty())
    return llvm::createStringError("cannot find libsnnCompiler.so, neither beside snnc nor in ../lib");
  // Lazy binding halves the time it takes to load.
  void *library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (!library)
    return llvm::createStringError("cannot load the compiler: " + llvm::Twine(dlerror()));
  auto create = reinterpret_cast<decltype(&snn_create_compiler)>(dlsym(library, "snn_create_compiler"));
  if (!create)
    return llvm::createStringError("`" + llvm::Twine(path) + "` is not a compiler of this version");
  return std::unique_ptr<Compiler>(create());
}

} // namespace snn::tool
