// Checked expressions as text.

#ifndef SNN_FRONTEND_MODELPRINTEXPR_H
#define SNN_FRONTEND_MODELPRINTEXPR_H

#include "frontend/Model.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace snn::model {

/// Infix, every number in base units with as many digits as it takes to tell it from its neighbours.
void printExpr(const Expr &expr, llvm::raw_ostream &output);

/// A comparison as it is written: "<", ">=".
llvm::StringRef relationText(Op relation);

/// A function as it is called: "exp", "max". Not for operators.
llvm::StringRef functionText(Op function);

/// The dimension of `variable`; in terms of what each projection fixes, where it depends on that: "any", "w", "w^2*mV".
std::string dimensionText(const Variable &variable);

/// The shortest decimal that reads back as `value`.
void printNumber(double value, llvm::raw_ostream &output);

} // namespace snn::model

#endif // SNN_FRONTEND_MODELPRINTEXPR_H
