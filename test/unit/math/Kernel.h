// A function of compiler/Math as machine code over arrays: what the tests run, measure and compare.

#ifndef SNN_TEST_UNIT_MATH_KERNEL_H
#define SNN_TEST_UNIT_MATH_KERNEL_H

#include "mlir/IR/Value.h"

#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace llvm {
class LLVMContext;
class Module;
} // namespace llvm

namespace mlir {
class ImplicitLocOpBuilder;
}

namespace snn::test {

/// Emits one function of `x`, or of `x` and `y`.
using Emit = mlir::Value (*)(mlir::ImplicitLocOpBuilder &, mlir::Value x, mlir::Value y);

enum class Precision { F32, F64 };

struct KernelOptions {
  Precision precision;
  int width = 0;        ///< lanes; 1 is a scalar, 0 is two AVX-512 registers
  std::string cpu = {}; ///< an LLVM CPU name; empty is this machine
};

/// The loop `out[i] = function(x[i], y[i])` as LLVM IR, its function named `kernel`.
std::unique_ptr<llvm::Module> buildKernelModule(llvm::LLVMContext &context, Emit emit, const KernelOptions &options);

/// Compiled code; owns it.
class Kernel {
public:
  Kernel(Emit emit, const KernelOptions &options);
  ~Kernel();

  /// Evaluates arrays of one size, a multiple of 64.
  template <typename T> void operator()(const T *x, const T *y, T *out, size_t size) const {
    function(x, y, out, size);
  }

  template <typename T> std::vector<T> operator()(const std::vector<T> &x, const std::vector<T> &y = {}) const {
    // Padded so that every width divides the size.
    std::vector<T> xs(x), ys(y.empty() ? x : y);
    xs.resize((x.size() + 63) / 64 * 64);
    ys.resize(xs.size());
    std::vector<T> out(xs.size());
    function(xs.data(), ys.data(), out.data(), xs.size());
    out.resize(x.size());
    return out;
  }

private:
  struct Code;
  std::unique_ptr<Code> code;
  void (*function)(const void *, const void *, void *, size_t);
};

template <typename T> constexpr Precision precisionOf = std::is_same_v<T, float> ? Precision::F32 : Precision::F64;

} // namespace snn::test

#endif // SNN_TEST_UNIT_MATH_KERNEL_H
