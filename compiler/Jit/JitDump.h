// What perf must know of code that is in no file: its names, its bytes, and the line of each instruction.

#ifndef SNN_COMPILER_JIT_JITDUMP_H
#define SNN_COMPILER_JIT_JITDUMP_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <memory>

namespace snn {

/// A file in perf's jitdump format. It stays mapped as long as this lives, which is how perf learns of it.
class JitDump {
public:
  /// Writes the functions of `object`, of which `symbol` was loaded at `address`, to `jit-PID.dump` in a new folder below
  /// `.debug/jit` of the user's folder or of `JITDUMPDIR`; `perf inject --jit` merges it with what `perf record` wrote.
  static llvm::Expected<std::unique_ptr<JitDump>> write(llvm::ArrayRef<char> object, llvm::StringRef symbol,
                                                        uint64_t address);
  ~JitDump();

private:
  explicit JitDump(void *marker) : marker(marker) {}
  void *marker; ///< the first page of the file
};

} // namespace snn

#endif // SNN_COMPILER_JIT_JITDUMP_H
