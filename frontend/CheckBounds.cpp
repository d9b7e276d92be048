#include "frontend/CheckBounds.h"
#include "frontend/CheckDefinition.h"
#include "frontend/CheckFold.h"
#include "frontend/ModelPrintExpr.h"

using namespace snn;
using model::Setting;
using model::Variable;

static const Setting *findSetting(const model::Use &use, const Variable &variable) {
  for (const Setting &setting : use.settings)
    if (setting.variable == &variable)
      return &setting;
  return nullptr;
}

/// The setting that makes `bound` of `variable` worth checking again: its own, or one the bound depends on.
static const Setting *touchedBy(const model::Use &use, const Variable &variable, const model::Bound &bound) {
  if (const Setting *own = findSetting(use, variable))
    return own;
  const Setting *found = nullptr;
  findUse(*bound.value, [&](const model::Expr &expr) {
    if (expr.kind == model::Expr::Kind::Variable && (found = findSetting(use, *expr.variable)))
      return true;
    return false;
  });
  return found;
}

bool snn::checkBounds(const model::Use &use, CheckContext &context) {
  auto valueOf = [&](const Variable &variable) -> const model::Expr * {
    const Setting *setting = findSetting(use, variable);
    return setting ? setting->value : variable.kind == model::VariableKind::State ? nullptr : variable.value;
  };
  bool good = true;
  for (const auto &variable : use.definition->variables)
    for (const model::Bound &bound : variable->bounds) {
      const Setting *setting = touchedBy(use, *variable, bound);
      if (!setting && !use.settings.empty())
        continue;
      const model::Expr *expr = valueOf(*variable);
      std::optional<double> value = expr ? constantValue(*expr, valueOf) : std::nullopt;
      std::optional<double> limit = constantValue(*bound.value, valueOf);
      if (!value || !limit || evaluate(bound.relation, {*value, *limit}) != 0)
        continue;
      good = false;
      Diagnostic &report = context.error(DiagnosticCode::M6, setting ? setting->range : expr->range,
                                         "`" + variable->name + "` must be " + model::relationText(bound.relation).str() + " " +
                                             formatQuantity(*limit, variable->unit) + ", but is " +
                                             formatQuantity(*value, variable->unit));
      if (const Variable *limiting = bound.value->variable) {
        const Setting *given = findSetting(use, *limiting);
        report.note(given ? given->range : limiting->range,
                    "`" + limiting->name + "` is " + formatQuantity(*limit, limiting->unit) + " here");
      }
      report.note(bound.value->range, "the bound of `" + variable->name + "` is declared here");
    }
  return good;
}
