// Stage 4 -> 5: a checked `Model` becomes a module of the snn dialect.

#ifndef SNN_COMPILER_IMPORT_IMPORT_H
#define SNN_COMPILER_IMPORT_IMPORT_H

#include "frontend/Model.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/Support/SourceMgr.h"

namespace snn {

/// Imports the network of `experiment`, the definitions it uses and the experiment itself. Every operation carries the range
/// of the source it comes from. The dialects snn, arith and math must be loaded. Fails with a located diagnostic where the
/// model uses something that no pass implements yet.
mlir::OwningOpRef<mlir::ModuleOp> importModel(mlir::MLIRContext &context, const model::Model &model,
                                              const model::Experiment &experiment, const llvm::SourceMgr &sources);

} // namespace snn

#endif // SNN_COMPILER_IMPORT_IMPORT_H
