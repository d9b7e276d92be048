#include "compiler/Cache/ObjectCache.h"

#include "compiler/Cache/CacheFolder.h"
#include "compiler/Cache/Eviction.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = llvm::sys::fs;

namespace snn {

/// No program of ours is near this size; a larger file is not read.
static constexpr off_t largestProgram = off_t(1) << 30;

llvm::Expected<ObjectCache> ObjectCache::open() {
  std::string folder = cacheFolderOfUser();
  if (folder.empty())
    return llvm::createStringError("neither `SNN_CACHE_DIR`, `XDG_CACHE_HOME` nor `HOME` says where");
  llvm::Expected<uint64_t> limit = cacheLimitOfUser();
  if (!limit)
    return limit.takeError();
  if (llvm::Error error = prepareCacheFolder(folder))
    return error;
  return ObjectCache(std::move(folder), *limit);
}

std::string ObjectCache::pathOf(const model::Digest &key) const {
  return folder + "/" + llvm::toHex(key, /*LowerCase=*/true) + programEnding.str();
}

std::optional<ObjectCache::Program> ObjectCache::find(const model::Digest &key) const {
  std::string path = pathOf(key);
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0)
    return std::nullopt;
  llvm::scope_exit closeFile([&] { close(file); });
  struct stat found;
  if (fstat(file, &found) != 0 || !S_ISREG(found.st_mode) || !isOwnAndClosed(found) || found.st_size > largestProgram)
    return std::nullopt;
  auto bytes = llvm::MemoryBuffer::getOpenFile(file, path, found.st_size, /*RequiresNullTerminator=*/false);
  if (!bytes)
    return std::nullopt;
  std::optional<Origins> origins = readEntry((*bytes)->getBuffer(), key);
  if (!origins)
    return std::nullopt;
  futimens(file, nullptr); // the order of eviction; a folder that cannot be written to evicts nothing
  return Program{std::move(path), std::move(*origins)};
}

llvm::Expected<std::string> ObjectCache::createScratch() const {
  llvm::SmallString<256> path;
  if (std::error_code error = fs::createUniqueFile(folder + "/%%%%%%%%%%%%" + scratchEnding, path))
    return llvm::createStringError(error, "cannot write to `" + folder + "`: " + error.message());
  return path.str().str();
}

/// Appends the trailer and closes the file to everybody else.
static std::error_code complete(const std::string &path, const Origins &origins, const model::Digest &key) {
  auto bytes = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!bytes)
    return bytes.getError();
  std::error_code error;
  llvm::raw_fd_ostream output(path, error, fs::CD_OpenExisting, fs::FA_Write, fs::OF_Append);
  if (error)
    return error;
  output << trailerFor((*bytes)->getBuffer(), origins, key);
  output.close();
  error = output.error();
  output.clear_error();
  return error ? error : fs::setPermissions(path, fs::owner_read | fs::owner_write);
}

llvm::Expected<ObjectCache::Program> ObjectCache::keep(const std::string &scratch, const model::Digest &key,
                                                       Origins origins) const {
  std::string path = pathOf(key);
  std::error_code error = complete(scratch, origins, key);
  if (!error)
    error = fs::rename(scratch, path);
  if (error) {
    fs::remove(scratch);
    return llvm::createStringError(error, "cannot write `" + path + "`: " + error.message());
  }
  evict(folder, limit, path);
  return Program{std::move(path), std::move(origins)};
}

} // namespace snn
