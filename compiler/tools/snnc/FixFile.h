// `check --fix`: the fixes that diagnostics are certain of, applied to the file.

#ifndef SNN_COMPILER_TOOLS_SNNC_FIXFILE_H
#define SNN_COMPILER_TOOLS_SNNC_FIXFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace snn::tool {

/// Applies fixes to the file `path` until no further one is offered, and returns how many. A fix may bring to light
/// what was hidden behind the mistake, so the text is checked anew after each round; a round that leaves more errors
/// than there were is taken back. The file is replaced whole, or left as it was where that fails or nothing changes.
llvm::Expected<unsigned> fixFile(llvm::StringRef path);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_FIXFILE_H
