// An explanation as text and as JSON.

#ifndef SNN_COMPILER_TOOLS_SNNC_EXPLAIN_H
#define SNN_COMPILER_TOOLS_SNNC_EXPLAIN_H

#include "compiler/Explain/Explanation.h"

#include "llvm/Support/raw_ostream.h"

namespace snn::tool {

/// For people (docs/explain.md).
void printExplanation(const Explanation &explanation, llvm::raw_ostream &output);

/// For programs: one JSON object with the members of `Explanation`; numbers are in ms and bytes.
void printExplanationAsJson(const Explanation &explanation, llvm::raw_ostream &output);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_EXPLAIN_H
