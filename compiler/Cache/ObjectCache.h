// Compiled programs kept in files, so that a network that has been compiled once starts at once (docs/cache.md).
//
// A file is named by its key and never changed once it has its name: it is written under another name and renamed. Several
// processes may therefore use one folder without locks. Whatever is wrong with a file or the folder costs a compilation
// and nothing else.

#ifndef SNN_COMPILER_CACHE_OBJECTCACHE_H
#define SNN_COMPILER_CACHE_OBJECTCACHE_H

#include "compiler/Cache/CacheEntry.h"

#include "llvm/Support/Error.h"

namespace snn {

class ObjectCache {
public:
  /// A shared object in the folder, and where its settings come from.
  struct Program {
    std::string path;
    Origins origins;
  };

  /// The folder of the environment (`cacheFolderOfUser`). The message of an error says why there is none that may be used.
  static llvm::Expected<ObjectCache> open();

  /// `folder` must have been prepared (`prepareCacheFolder`); `limit` is in bytes.
  ObjectCache(std::string folder, uint64_t limit) : folder(std::move(folder)), limit(limit) {}

  /// The program kept under this key, which from now on counts as just used. Nothing if there is none, or only a damaged or
  /// foreign one.
  std::optional<Program> find(const model::Digest &key) const;

  /// A new, empty file in the folder, to have a shared object linked into it.
  llvm::Expected<std::string> createScratch() const;

  /// Makes the shared object in `scratch` the program kept under this key, in place of any other. Then the folder may lose others
  /// that it has no more room for. In case of failure the scratch file is gone.
  llvm::Expected<Program> keep(const std::string &scratch, const model::Digest &key, Origins origins) const;

private:
  std::string pathOf(const model::Digest &key) const;

  std::string folder;
  uint64_t limit;
};

} // namespace snn

#endif // SNN_COMPILER_CACHE_OBJECTCACHE_H
