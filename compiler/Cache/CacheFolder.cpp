#include "compiler/Cache/CacheFolder.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace snn {

static llvm::StringRef variable(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

std::string cacheFolderOfUser() {
  if (llvm::StringRef own = variable("SNN_CACHE_DIR"); !own.empty())
    return own.str();
  llvm::SmallString<256> folder(variable("XDG_CACHE_HOME"));
  if (!llvm::sys::path::is_absolute(folder)) { // the specification has relative ones ignored
    folder = variable("HOME");
    if (!llvm::sys::path::is_absolute(folder))
      return {};
    llvm::sys::path::append(folder, ".cache");
  }
  llvm::sys::path::append(folder, "snnc");
  return folder.str().str();
}

llvm::Expected<uint64_t> cacheLimitOfUser() {
  llvm::StringRef text = variable("SNN_CACHE_SIZE");
  uint64_t mebibytes = 256;
  if (!text.empty() && (text.getAsInteger(10, mebibytes) || mebibytes > UINT64_MAX >> 20))
    return llvm::createStringError("`SNN_CACHE_SIZE` is a number of MiB, but it is `" + text + "`");
  return mebibytes << 20;
}

bool isOwnAndClosed(const struct stat &file) {
  return file.st_uid == geteuid() && (file.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

static std::string reasonOf(std::error_code error) {
  std::string text = error.message();
  text[0] = llvm::toLower(text[0]);
  return text;
}

llvm::Error prepareCacheFolder(const std::string &folder) {
  auto failure = [&](const llvm::Twine &reason) { return llvm::createStringError("`" + folder + "`: " + reason); };
  struct stat found;
  if (stat(folder.c_str(), &found) != 0) {
    llvm::StringRef parent = llvm::sys::path::parent_path(folder);
    if (std::error_code error = llvm::sys::fs::create_directories(parent))
      return failure(reasonOf(error));
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) // another process may have been faster
      return failure(reasonOf({errno, std::generic_category()}));
    if (stat(folder.c_str(), &found) != 0)
      return failure(reasonOf({errno, std::generic_category()}));
  }
  if (!S_ISDIR(found.st_mode))
    return failure("it is not a folder");
  if (found.st_uid != geteuid())
    return failure("it belongs to another user");
  if (!isOwnAndClosed(found))
    return failure("other users may write to it");
  return llvm::Error::success();
}

} // namespace snn
