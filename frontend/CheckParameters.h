// Parameters of what the language knows by name: surrogates and optimizers.

#ifndef SNN_FRONTEND_CHECKPARAMETERS_H
#define SNN_FRONTEND_CHECKPARAMETERS_H

#include "frontend/CheckContext.h"

#include <limits>

namespace snn {

/// A parameter with its default, and the values that make sense.
struct ParameterRange {
  llvm::StringLiteral name;
  double standard;
  double low = 0;
  enum { Above, From } includes = Above; ///< is `low` itself possible?
  double below = std::numeric_limits<double>::infinity();
};

/// Something with parameters: `relu`, `adam`.
struct Parametrised {
  llvm::StringLiteral name;
  llvm::ArrayRef<ParameterRange> parameters;
};

/// What `use` names, which may be one of `all`; null after a report under `code`. `what` is what they are: "surrogate".
const Parametrised *findParametrised(const ast::ModelUse &use, llvm::ArrayRef<Parametrised> all, llvm::StringRef what,
                                     DiagnosticCode code, CheckContext &context);

/// The parameters of `known` with the arguments of `use`, by position or by name, which are numbers that are known before the run.
/// Nothing after a report under `code`, or under N2, N7 or C9.
std::optional<std::vector<model::NamedNumber>> checkParameters(const Parametrised &known, const ast::ModelUse &use,
                                                               const ScopeList &scopes, DiagnosticCode code,
                                                               CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKPARAMETERS_H
