// Random numbers in registers: Philox 4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405), one counter per lane.

#ifndef SNN_COMPILER_TARGET_RANDOM_H
#define SNN_COMPILER_TARGET_RANDOM_H

#include "mlir/IR/ImplicitLocOpBuilder.h"

#include <array>

namespace snn {

class RandomNumbers {
public:
  /// Key and counter as abi.h lays them down. `seed` and `step` are i64 and `stream` i32 scalars, `element` i32 lanes.
  RandomNumbers(mlir::ImplicitLocOpBuilder &builder, unsigned lanes, mlir::Type real, mlir::Value seed, mlir::Value stream,
                mlir::Value element, mlir::Value step);

  /// In [0, 1): 24 random bits in single, 53 in double precision.
  mlir::Value uniform();

  /// Standard normal (Box & Muller 1958, doi:10.1214/aoms/1177706645).
  mlir::Value normal();

private:
  using Words = std::array<mlir::Value, 4>;
  mlir::Type lanesOf(mlir::Type element) const;
  mlir::Value broadcast(mlir::Value scalar);
  mlir::Value constant(mlir::Type element, double number);
  Words philox(Words counter, mlir::Value keyLow, mlir::Value keyHigh);
  std::pair<mlir::Value, mlir::Value> multiply(uint32_t factor, mlir::Value word);
  mlir::Value fraction(mlir::Value high, mlir::Value low);

  mlir::ImplicitLocOpBuilder &b;
  unsigned lanes;
  mlir::Type real;
  Words words;
};

} // namespace snn

#endif // SNN_COMPILER_TARGET_RANDOM_H
