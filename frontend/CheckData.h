// `load("rates.npz", "layer4")`: arrays in files as values.

#ifndef SNN_FRONTEND_CHECKDATA_H
#define SNN_FRONTEND_CHECKDATA_H

#include "frontend/CheckContext.h"

namespace snn {

/// The call if `expr` is a `load(...)` and nothing else, or null.
const ast::CallExpr *loadCall(const ast::Expr &expr);

/// Is the file of a kind whose data sets may say their unit?
bool mayNameUnit(const ast::CallExpr &load);

/// The array that a `load` names by its texts, without a unit. Null after a report.
model::DataSource *checkSource(const ast::CallExpr &load, CheckContext &context);

/// The value of a `load` where `CheckContext::dataPlace` is. Where the data set names no unit, its numbers are in `unit`. Empty after a report.
Value dataValue(const ast::CallExpr &load, const DimensionTerm &dimension, const UnitSpelling &unit,
                CheckContext &context);

/// What the options of a `load` in a drive say of time; `neurons` tells whose it is. Nothing after a report.
std::optional<model::TimeCourse> checkCourse(const ast::CallExpr &load, const model::TimeCourse &neurons, const ScopeList &times,
                                             CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKDATA_H
