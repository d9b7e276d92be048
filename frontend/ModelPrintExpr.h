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

/// The shortest decimal that reads back as `value`.
void printNumber(double value, llvm::raw_ostream &output);

} // namespace snn::model

#endif // SNN_FRONTEND_MODELPRINTEXPR_H
