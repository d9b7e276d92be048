// Which build a library is of.

#ifndef SNN_COMPILER_CACHE_BUILDID_H
#define SNN_COMPILER_CACHE_BUILDID_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace snn {

/// The GNU build id of the ELF file at `path`, which the linker makes from the file's content. Empty if the file cannot be
/// read or has none.
std::string buildIdOf(llvm::StringRef path);

} // namespace snn

#endif // SNN_COMPILER_CACHE_BUILDID_H
