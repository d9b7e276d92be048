// Values as formulas that a modeller would write.

#ifndef SNN_COMPILER_EXPLAIN_FORMULA_H
#define SNN_COMPILER_EXPLAIN_FORMULA_H

#include "compiler/Algebra/NormalForm.h"

namespace snn {

/// "R * I", "exp((V - V_T) / Delta_T)": the computation of a value, with slots by their names and settings by theirs where
/// `settings` has them by position. Cut off with "..." where it is very long.
std::string formulaOf(mlir::Value value, llvm::ArrayRef<mlir::Attribute> settings = {});

/// "-1 / tau", "R * I / tau + V_rest / tau": a sum of products.
std::string formulaOf(const Polynomial &polynomial, const NormalForm &form, llvm::ArrayRef<mlir::Attribute> settings = {});

} // namespace snn

#endif // SNN_COMPILER_EXPLAIN_FORMULA_H
