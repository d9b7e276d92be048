#include "compiler/Target/LibraryFolder.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <dlfcn.h>

namespace snn {

std::string libraryFolder() {
  Dl_info here = {};
  if (!dladdr(reinterpret_cast<void *>(&libraryFolder), &here) || !here.dli_fname)
    return {};
  llvm::SmallString<256> folder(here.dli_fname);
  llvm::sys::fs::make_absolute(folder);
  llvm::sys::path::remove_filename(folder);
  llvm::sys::path::append(folder, "..", "share", "snnc");
  llvm::sys::path::remove_dots(folder, /*remove_dot_dot=*/true);
  return folder.str().str();
}

} // namespace snn
