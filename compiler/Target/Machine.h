// The processor that code is made for, and how code becomes an object.

#ifndef SNN_COMPILER_TARGET_MACHINE_H
#define SNN_COMPILER_TARGET_MACHINE_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

namespace snn {

/// A machine for this CPU name; an empty name is the one we run on. Code is position independent with the small code model,
/// for JIT and file alike. Fails if the CPU is unknown or lacks fused multiply-add, which the numerics rest on.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>> createMachine(llvm::StringRef cpu);

/// Lanes of one iteration for numbers of this many bits: two registers, which hides the latency of multiply-add and division.
unsigned lanesFor(const llvm::TargetMachine &machine, unsigned bits);

/// Prepares the module for the machine and runs the few mid-level passes that pay.
void optimise(llvm::Module &module, llvm::TargetMachine &machine);

/// Object or assembly text. The module is used up.
llvm::Expected<llvm::SmallVector<char, 0>> emitCode(llvm::Module &module, llvm::TargetMachine &machine, bool asText);

} // namespace snn

#endif // SNN_COMPILER_TARGET_MACHINE_H
