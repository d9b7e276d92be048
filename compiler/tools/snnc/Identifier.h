// Names of a network as names of C.

#ifndef SNN_COMPILER_TOOLS_SNNC_IDENTIFIER_H
#define SNN_COMPILER_TOOLS_SNNC_IDENTIFIER_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

#include <string>

namespace snn::tool {

/// Members of one struct: every name is given once, and is a keyword neither of C nor of C++.
class Identifiers {
public:
  /// "E_to_N_weight" for "E -> N.weight"; with a number behind it where that is taken.
  std::string make(llvm::StringRef name);

private:
  llvm::StringSet<> taken;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_IDENTIFIER_H
