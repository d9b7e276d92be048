// What is kept of a compiled program, and how it lies in a file.
//
// A file is the shared object with a trailer behind it, which a loader of shared objects does not look at:
//
//     shared object | origins: u32 each | number of origins: u64 | size of the shared object: u64 | key: 32 bytes
//                   | check sum of all before it: BLAKE3, 32 bytes | format: u64 | "snn kept": 8 bytes
//
// Integers are little-endian. The file is whole and what it says it is, or it is not read.

#ifndef SNN_COMPILER_CACHE_CACHEENTRY_H
#define SNN_COMPILER_CACHE_CACHEENTRY_H

#include "frontend/Structure.h"

namespace snn {

/// Where the values of a program's settings come from: see `CompiledObject::origins`.
using Origins = std::vector<uint32_t>;

/// The trailer for a program of this key whose shared object has these bytes.
std::string trailerFor(llvm::StringRef sharedObject, const Origins &origins, const model::Digest &key);

/// Reads a file of the cache. Nothing if it is not one, is damaged, is of another format, or is about another key. `bytes` may
/// be anything at all.
std::optional<Origins> readEntry(llvm::StringRef bytes, const model::Digest &key);

} // namespace snn

#endif // SNN_COMPILER_CACHE_CACHEENTRY_H
