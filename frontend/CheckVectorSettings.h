// Values of vectors where models are used: `tau = [20, 200] ms`, or one value for all elements.

#ifndef SNN_FRONTEND_CHECKVECTORSETTINGS_H
#define SNN_FRONTEND_CHECKVECTORSETTINGS_H

#include "frontend/CheckUse.h"

namespace snn {

/// Number of elements of the vector `name` of a checked definition; 0 if there is none.
unsigned vectorLength(const model::Definition &definition, llvm::StringRef name);

/// Element `k` of a list, with the unit of the list.
const ast::Expr *listElement(const ast::ListExpr &list, unsigned k, CheckContext &context);

/// Does the expression read the vector `name` as a whole, by `sum`, or single elements of it?
bool sumsOrPicks(const ast::Expr &expr, llvm::StringRef name);

/// Settings of vectors become settings of their elements. What does not fit is reported and left out.
SettingsSyntax expandVectors(const SettingsSyntax &settings, const model::Definition &definition, CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKVECTORSETTINGS_H
