// What goes wrong silently with the values that a model is used with.

#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckWarnings.h"

using namespace snn;
using model::Expr;
using model::Op;
using model::Variable;
using model::VariableKind;

/// The value that `variable` has where the model is used: the setting, or else the default.
static const Expr *valueIn(const model::Use &use, const Variable &variable) {
  for (const model::Setting &setting : use.settings)
    if (setting.variable == &variable)
      return setting.value;
  return variable.value;
}

static bool isState(const Expr &expr) {
  return expr.kind == Expr::Kind::Variable && expr.variable->kind == VariableKind::State;
}

/// The value that a spike gives to `variable`, or the end of the refractory period that follows, where it is a constant of the model; else null.
static const Expr *resetValue(const model::Definition &neuron, const Variable &variable) {
  const Expr *value = nullptr;
  auto assign = [&](const std::vector<model::Assignment> &body) {
    for (const model::Assignment &assignment : body)
      if (assignment.variable == &variable)
        value = findUse(*assignment.value, isState) ? nullptr : assignment.value;
  };
  assign(neuron.spike->reset);
  if (neuron.refractory)
    assign(neuron.refractory->atEnd);
  return value;
}

/// `V_reset` above `V_th`: the reset leaves the neuron where it spikes again.
static void warnOfResetAboveThreshold(const model::Use &use, llvm::SMRange place, Diagnostics &diagnostics) {
  const std::optional<model::SpikeRule> &spike = use.definition->spike;
  if (!spike || spike->kind != model::SpikeRule::Kind::Level)
    return;
  auto isReset = [&](const Expr &expr) { return isState(expr) && resetValue(*use.definition, *expr.variable); };
  if (!findUse(*spike->condition, isReset))
    return;
  auto valueOf = [&](const Variable &variable) -> const Expr * {
    if (variable.kind != VariableKind::State)
      return valueIn(use, variable);
    return resetValue(*use.definition, variable);
  };
  std::optional<double> firesAgain = constantValue(*spike->condition, valueOf);
  if (firesAgain && *firesAgain != 0)
    diagnostics
        .warning(DiagnosticCode::W7, place,
                 "a spike of `" + use.definition->name + "` leaves it above its threshold, so it spikes in every step")
        .note(spike->range, "the condition and the reset are declared here");
}

/// A divisor that is zero with the parameters given, such as the difference of two equal time constants.
static void warnOfZeroDivisors(const model::Use &use, llvm::SMRange place, Diagnostics &diagnostics) {
  auto valueOf = [&](const Variable &variable) -> const Expr * {
    return variable.kind == VariableKind::State ? nullptr : valueIn(use, variable);
  };
  auto isZeroDivision = [&](const Expr &expr) {
    if (expr.kind != Expr::Kind::Apply || expr.op != Op::Div)
      return false;
    std::optional<double> divisor = constantValue(*expr.operands[1], valueOf);
    return divisor && *divisor == 0;
  };
  const model::Definition &definition = *use.definition;
  llvm::SmallVector<const Expr *> values;
  for (const auto &variable : definition.variables)
    values.push_back(valueIn(use, *variable));
  for (const model::Equation &equation : definition.equations)
    values.push_back(equation.value);
  for (const Handler &handler : handlersOf(definition))
    for (const model::Assignment &assignment : *handler.body)
      values.push_back(assignment.value);
  values.push_back(definition.result);
  for (const Expr *value : values)
    if (const Expr *found = value ? findUse(*value, isZeroDivision) : nullptr) {
      diagnostics
          .warning(DiagnosticCode::W8, place,
                   "a divisor in `" + definition.name + "` is zero with the parameters given here")
          .note(found->range, "the division is here");
      return; // what else is divided by it follows from the same values
    }
}

/// `V -= V_th - V_reset` where `V' = ... exp(V) ...`: a spike overshoots by far more than the difference.
static void warnOfSoftReset(const model::Definition &definition, Diagnostics &diagnostics) {
  if (!definition.spike)
    return;
  for (const model::Assignment &assignment : definition.spike->reset) {
    const Expr &value = *assignment.value;
    bool isDifference = value.kind == Expr::Kind::Apply && value.op == Op::Sub &&
                        value.operands[0]->kind == Expr::Kind::Variable &&
                        value.operands[0]->variable == assignment.variable;
    auto isSelf = [&](const Expr &expr) {
      return expr.kind == Expr::Kind::Variable && expr.variable == assignment.variable;
    };
    auto growsExponentially = [&](const Expr &expr) {
      return expr.kind == Expr::Kind::Apply && expr.op == Op::Exp && findUse(*expr.operands[0], isSelf);
    };
    for (const model::Equation &equation : definition.equations)
      if (isDifference && equation.state == assignment.variable && findUse(*equation.value, growsExponentially))
        diagnostics
            .warning(DiagnosticCode::W9, assignment.range,
                     "`" + assignment.variable->name +
                         "` grows exponentially and overshoots its threshold by far, so a reset by a difference may "
                         "leave it above; assign the value after the spike instead")
            .note(equation.range, "its equation is here");
  }
}

void snn::warnAboutUses(const model::Model &model, Diagnostics &diagnostics) {
  for (const auto &definition : model.definitions)
    if (!definition->fromLibrary)
      warnOfSoftReset(*definition, diagnostics);
  for (const auto &network : model.networks) {
    for (const auto &population : network->populations) {
      warnOfResetAboveThreshold(population->model, population->range, diagnostics);
      warnOfZeroDivisors(population->model, population->range, diagnostics);
    }
    for (const auto &projection : network->projections) {
      for (const model::Use *use : {&projection->synapse, &projection->output})
        if (use->definition)
          warnOfZeroDivisors(*use, use->range, diagnostics);
      for (const model::Use &rule : projection->plasticity)
        warnOfZeroDivisors(rule, rule.range, diagnostics);
    }
  }
}
