// The value of constant expressions.

#ifndef SNN_FRONTEND_CHECKFOLD_H
#define SNN_FRONTEND_CHECKFOLD_H

#include "frontend/CheckContext.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace snn {

/// The result of `op` on numbers, in double precision; truth values are 0 and 1.
double evaluate(model::Op op, llvm::ArrayRef<double> operands);

/// What stands for a variable: an expression to evaluate in its place, or null if its value is not known.
using VariableValues = llvm::function_ref<const model::Expr *(const model::Variable &)>;

/// The value of `expr`, or nothing if it depends on more than numbers and known variables.
std::optional<double> constantValue(const model::Expr &expr, VariableValues values);

/// The value of `expr` where only `const` variables and what is derived from them are known, and `param`s of the network have
/// the values they are declared with.
std::optional<double> constantValue(const model::Expr &expr);

/// Notes that the network is built of the value of `expr`, so that no `param` in it can change without compiling again.
void fixParameters(const model::Expr &expr);

/// True if a `param` of the network is in `expr`.
bool dependsOnParameter(const model::Expr &expr);

/// `expr`, or the number that it comes to where nothing in it can change at run time.
const model::Expr *folded(const model::Expr *expr, CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKFOLD_H
