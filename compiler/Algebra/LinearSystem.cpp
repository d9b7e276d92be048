#include "compiler/Algebra/LinearSystem.h"

#include "mlir/IR/Operation.h"

#include "llvm/ADT/IntEqClasses.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace snn {

LinearSystem::LinearSystem(const NormalForm &form, ArrayRef<Value> states) : form(form) {
  for (auto [index, state] : llvm::enumerate(states))
    indexOf[state] = index;
}

bool LinearSystem::dependsOnState(Value value) {
  if (indexOf.contains(value))
    return true;
  if (auto it = dependence.find(value); it != dependence.end())
    return it->second;
  Operation *op = value.getDefiningOp();
  bool depends = op && llvm::any_of(op->getOperands(), [&](Value operand) { return dependsOnState(operand); });
  return dependence[value] = depends;
}

std::optional<LinearRow> LinearSystem::row(const Polynomial &derivative) {
  LinearRow row;
  for (const auto &[monomial, number] : derivative) {
    std::optional<unsigned> state;
    Monomial others;
    bool varies = false;
    for (auto [atom, power] : monomial) {
      Value value = form.atomValue(atom);
      auto it = indexOf.find(value);
      if (it == indexOf.end()) {
        if (dependsOnState(value))
          return std::nullopt;
        varies |= form.atomVaries(atom);
        others.emplace_back(atom, power);
        continue;
      }
      if (state || power != 1)
        return std::nullopt;
      state = it->second;
    }
    if (state && varies)
      return std::nullopt;
    (state ? row.coefficients[*state] : row.rest)[others] = number;
  }
  return row;
}

/// Warshall's transitive closure of who feels whom.
static SmallVector<llvm::BitVector> influences(ArrayRef<LinearRow> rows) {
  SmallVector<llvm::BitVector> felt;
  for (auto [i, row] : llvm::enumerate(rows)) {
    felt.emplace_back(rows.size());
    felt.back().set(i);
    for (const auto &[j, coefficient] : row.coefficients)
      felt.back().set(j);
  }
  for (unsigned through = 0; through < rows.size(); ++through)
    for (llvm::BitVector &row : felt)
      if (row.test(through))
        row |= felt[through];
  return felt;
}

std::vector<LinearBlock> coupledBlocks(ArrayRef<LinearRow> rows) {
  llvm::IntEqClasses classes(rows.size());
  for (auto [i, row] : llvm::enumerate(rows))
    for (const auto &[j, coefficient] : row.coefficients)
      classes.join(i, j);
  classes.compress();

  std::vector<LinearBlock> blocks(classes.getNumClasses());
  SmallVector<unsigned> positionOf;
  for (unsigned i = 0; i < rows.size(); ++i) {
    LinearBlock &block = blocks[classes[i]];
    positionOf.push_back(block.states.size());
    block.states.push_back(i);
  }
  for (LinearBlock &block : blocks) {
    for (unsigned i : block.states) {
      LinearRow &row = block.rows.emplace_back();
      row.rest = rows[i].rest;
      for (const auto &[j, coefficient] : rows[i].coefficients)
        row.coefficients[positionOf[j]] = coefficient;
    }
    block.felt = influences(block.rows);
  }
  return blocks;
}

} // namespace snn
