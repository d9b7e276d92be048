// "Did you mean": the known name nearest to one that is not known.

#ifndef SNN_COMPILER_TOOLS_SNNC_SPELLING_H
#define SNN_COMPILER_TOOLS_SNNC_SPELLING_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace snn::tool {

/// ", did you mean `NAME`?" for the nearest of `known`, or nothing if none is near.
std::string suggestion(llvm::StringRef name, llvm::ArrayRef<std::string> known);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SPELLING_H
