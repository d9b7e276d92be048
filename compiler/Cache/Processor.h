// The processor that code is made for.

#ifndef SNN_COMPILER_CACHE_PROCESSOR_H
#define SNN_COMPILER_CACHE_PROCESSOR_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace snn {

struct Processor {
  std::string name;     ///< as LLVM calls it
  std::string features; ///< "+avx2,-avx512f,...": what this machine has; empty if the name says it all
};

/// The processor called `cpu`, or this machine's if that is empty.
Processor processorNamed(llvm::StringRef cpu);

} // namespace snn

#endif // SNN_COMPILER_CACHE_PROCESSOR_H
