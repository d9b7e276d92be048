// Libraries that are installed with snnc and opened when they are needed.

#ifndef SNN_COMPILER_TOOLS_SNNC_SIBLINGLIBRARY_H
#define SNN_COMPILER_TOOLS_SNNC_SIBLINGLIBRARY_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace snn::tool {

/// Where the library of this name is, beside this program or in `../lib`. Empty if there is none.
std::string findSibling(llvm::StringRef name);

/// Opens it and returns its function `symbol`. It is never closed: its code may be running.
llvm::Expected<void *> functionOfSibling(llvm::StringRef name, const char *symbol);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SIBLINGLIBRARY_H
