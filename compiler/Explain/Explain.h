// Puts an explanation together.

#ifndef SNN_COMPILER_EXPLAIN_EXPLAIN_H
#define SNN_COMPILER_EXPLAIN_EXPLAIN_H

#include "compiler/Explain/Explanation.h"
#include "compiler/Explain/Findings.h"
#include "dialects/snn/SnnDialect.h"

#include "llvm/Support/SourceMgr.h"

namespace snn {

/// Explains a scheduled program from what the passes that made it have found. Places are looked up in `sources`.
Explanation explain(ir::ProgramOp program, llvm::ArrayRef<Finding> findings, const llvm::SourceMgr &sources);

/// What one element costs in one execution of the block.
StepCost costOf(mlir::Block &block, ir::BodyOp body, uint32_t realBytes);

} // namespace snn

#endif // SNN_COMPILER_EXPLAIN_EXPLAIN_H
