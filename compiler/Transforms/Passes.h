// The passes on the snn dialect. Their contracts are in Passes.td.

#ifndef SNN_COMPILER_TRANSFORMS_PASSES_H
#define SNN_COMPILER_TRANSFORMS_PASSES_H

#include "dialects/snn/SnnDialect.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace snn {

#define GEN_PASS_DECL
#include "compiler/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/Transforms/Passes.h.inc"

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_PASSES_H
