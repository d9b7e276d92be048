// Keeps the cache from growing without bound.

#ifndef SNN_COMPILER_CACHE_EVICTION_H
#define SNN_COMPILER_CACHE_EVICTION_H

#include "llvm/ADT/StringRef.h"

namespace snn {

/// The endings of programs and of files that will become one.
inline constexpr llvm::StringLiteral programEnding = ".snn.so", scratchEnding = ".snn.tmp";

/// Removes programs from the folder, those that have not been used for longest first, until they take no more than `limit`
/// bytes, but never `spared`; and what a process that was killed has left half-written. Only files with the two endings are
/// touched. A program that runs from a removed file goes on. What cannot be removed stays.
void evict(llvm::StringRef folder, uint64_t limit, llvm::StringRef spared);

} // namespace snn

#endif // SNN_COMPILER_CACHE_EVICTION_H
