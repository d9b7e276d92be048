// Units and dimensions in the source -> their meaning.

#ifndef SNN_FRONTEND_CHECKDIMENSION_H
#define SNN_FRONTEND_CHECKDIMENSION_H

#include "frontend/CheckContext.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace snn {

/// True for the unit `degC`, which is not a factor but an absolute scale.
bool isCelsius(const ast::UnitExpr &unit);

/// The unit behind a number; nothing after a report.
std::optional<Unit> unitOf(const ast::UnitExpr &unit, CheckContext &context);

/// What a declared name means in a dimension: the dimension of its variable. Nothing if there is no such name; a null
/// entry if it is in error.
using DeclaredDimension = llvm::function_ref<std::optional<std::optional<DimensionTerm>>(const ast::Name &name)>;

/// A dimension behind a `:`, with the unit to show values in.
struct DimensionClause {
  DimensionTerm dimension;
  UnitSpelling unit;
};

/// `voltage`, `mV/ms` or `w/mV`: names of declarations come before dimensions, and those before units. An unknown name
/// is reported, once, with the nearest of `names`.
std::optional<DimensionClause> dimensionOf(const ast::UnitExpr &clause, CheckContext &context, DeclaredDimension declared,
                                           const Scope &names);

/// The base unit of `dimension`, for values whose author gave none.
UnitSpelling baseUnit(const DimensionTerm &dimension);

} // namespace snn

#endif // SNN_FRONTEND_CHECKDIMENSION_H
