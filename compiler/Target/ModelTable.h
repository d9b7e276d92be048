// The read-only description of a program (`snn_model` of abi.h) as data of its object.

#ifndef SNN_COMPILER_TARGET_MODELTABLE_H
#define SNN_COMPILER_TARGET_MODELTABLE_H

#include "dialects/snn/SnnDialect.h"

namespace llvm {
class Module;
}

namespace snn {

/// Adds the tables, the model and `snn_query_model`, which returns it. The module holds the four functions already.
/// `fingerprint` is that of the scheduled program.
void addModelTable(llvm::Module &module, ir::ProgramOp program, uint64_t fingerprint);

} // namespace snn

#endif // SNN_COMPILER_TARGET_MODELTABLE_H
