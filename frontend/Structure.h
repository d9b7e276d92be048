// What of an experiment decides the program compiled for it, apart from the numbers that the program is run with.
//
// Programs take sizes, parameters, weights, delays, dt, durations and seeds when they run. So two experiments that differ in
// nothing else have one program, and a program that was compiled for one can be run for the other with the other's numbers.

#ifndef SNN_FRONTEND_STRUCTURE_H
#define SNN_FRONTEND_STRUCTURE_H

#include "frontend/Model.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"

#include <array>

namespace snn::model {

/// 256 bits that stand for a text.
using Digest = std::array<uint8_t, 32>;

class Structure {
public:
  /// Reads the network of `experiment` and the definitions it uses.
  explicit Structure(const Experiment &experiment);

  /// Two experiments with the same digest compile to the same program, up to the defaults of its settings.
  const Digest &digest() const { return hash; }

  /// The numbers that do not enter the digest, in base units, in an order that is the same for all experiments of
  /// one structure: `dt`, the duration, the sizes of the populations, then the numbers of expressions.
  llvm::ArrayRef<double> values() const { return numbers; }

  static constexpr uint32_t dtPosition = 0, durationPosition = 1;
  static uint32_t sizePosition(const Population &population) { return 2 + population.index; }

  /// Where in `values` the number `expr` is; nothing if it is part of the structure.
  std::optional<uint32_t> position(const Expr &expr) const;

private:
  friend class StructureWalk;

  Digest hash;
  std::vector<double> numbers;
  llvm::DenseMap<const Expr *, uint32_t> positions;
};

} // namespace snn::model

#endif // SNN_FRONTEND_STRUCTURE_H
