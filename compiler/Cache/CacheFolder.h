// Where compiled programs are kept, and whether what lies there may be trusted.

#ifndef SNN_COMPILER_CACHE_CACHEFOLDER_H
#define SNN_COMPILER_CACHE_CACHEFOLDER_H

#include "llvm/Support/Error.h"

#include <string>

struct stat;

namespace snn {

/// The folder that the environment asks for: `SNN_CACHE_DIR`, else `snnc` in `XDG_CACHE_HOME`, else in `~/.cache`. Empty if there
/// is no home either.
std::string cacheFolderOfUser();

/// Bytes that all programs together may take: `SNN_CACHE_SIZE` in MiB, else 256 MiB. Fails if that is not a number.
llvm::Expected<uint64_t> cacheLimitOfUser();

/// Creates the folder for its user alone if it is not there. Fails if it cannot be, or if somebody else could put a program
/// there: it belongs to another user, or others may write to it.
llvm::Error prepareCacheFolder(const std::string &folder);

/// True for what only this user can have written.
bool isOwnAndClosed(const struct stat &file);

} // namespace snn

#endif // SNN_COMPILER_CACHE_CACHEFOLDER_H
