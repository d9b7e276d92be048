// Keys of random number streams.

#ifndef SNN_COMPILER_IMPORT_STREAM_H
#define SNN_COMPILER_IMPORT_STREAM_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/xxhash.h"

namespace snn {

/// The stream of a declaration: a hash of its name, so that numbers do not depend on what else a file declares.
inline uint32_t streamOf(llvm::StringRef name) { return static_cast<uint32_t>(llvm::xxh3_64bits(name)); }

} // namespace snn

#endif // SNN_COMPILER_IMPORT_STREAM_H
