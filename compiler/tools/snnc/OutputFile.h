// Files that snnc writes. A run may take hours, so that a file cannot be written is said before, not after.

#ifndef SNN_COMPILER_TOOLS_SNNC_OUTPUTFILE_H
#define SNN_COMPILER_TOOLS_SNNC_OUTPUTFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace snn::tool {

/// Fails if `path` could not be created or overwritten. Changes nothing.
llvm::Error checkWritable(llvm::StringRef path);

/// Writes `path` whole or not at all: what is there stays until `write` has succeeded. An empty `path` or "-" is
/// standard output.
llvm::Error writeOutput(llvm::StringRef path, llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write);

/// Gives the file `path`, which exists, another text, whole or not at all. A link stays one, since what it leads
/// to is replaced, and permissions stay what they are.
llvm::Error rewriteFile(llvm::StringRef path, llvm::StringRef text);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_OUTPUTFILE_H
