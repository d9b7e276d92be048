// The C header that goes with a compiled program.

#ifndef SNN_COMPILER_TOOLS_SNNC_MODELHEADER_H
#define SNN_COMPILER_TOOLS_SNNC_MODELHEADER_H

#include "snn/abi.h"

#include "llvm/Support/raw_ostream.h"

namespace snn::tool {

/// Writes a header, in C11 and C++17, with a struct of the program's settings and their defaults, and one of pointers to its
/// states. `source` is the name of the `.snn` file.
void writeModelHeader(const snn_model &model, llvm::StringRef source, llvm::raw_ostream &output);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_MODELHEADER_H
