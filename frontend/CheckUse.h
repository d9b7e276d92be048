// A model where it is used, with the parameters and initial values given there.

#ifndef SNN_FRONTEND_CHECKUSE_H
#define SNN_FRONTEND_CHECKUSE_H

#include "frontend/CheckDefinition.h"

namespace snn {

/// `tau = 5 ms` or `V ~ normal(...)`, from a block or a list of arguments.
struct SettingSyntax {
  ast::Name name;
  const ast::Expr *value;
  llvm::SMRange range;
};

struct SettingsSyntax {
  llvm::SmallVector<SettingSyntax> list;
  bool incomplete = false; ///< some could not be read: what is not given here may have been
};

/// Settings written as arguments. Those without a name are reported.
SettingsSyntax settingsOf(const ast::ModelUse &use, CheckContext &context);
/// Settings written as a block. Anything but assignments is passed over.
SettingsSyntax settingsOf(const ast::Block &block);

/// Checks `settings` of `checked`, whose weight has the dimension `weight` here. Right-hand sides are looked up in
/// `scopes`, then among the variables of the model. Nothing after a report.
std::optional<model::Use> checkUse(const CheckedDefinition &checked, const SettingsSyntax &settings,
                                   const ScopeList &scopes, const Dimension &weight, llvm::SMRange range,
                                   CheckContext &context);

} // namespace snn

#endif // SNN_FRONTEND_CHECKUSE_H
