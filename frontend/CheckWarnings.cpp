#include "frontend/CheckWarnings.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"
#include "frontend/ModelTraining.h"

#include "llvm/ADT/DenseSet.h"

#include <cmath>

using namespace snn;
using model::Expr;
using model::Op;
using model::Variable;
using model::VariableKind;

/// `fed` are those of which it is known otherwise.
static void warnOfUnfedInputs(const model::Experiment &experiment, llvm::DenseSet<const Variable *> fed, Diagnostics &diagnostics) {
  const model::Network &network = *experiment.network;
  for (const auto &projection : network.projections)
    fed.insert(projection->port);
  for (const model::Drive &drive : experiment.drives)
    fed.insert(drive.variable);
  for (const auto &population : network.populations)
    for (const auto &variable : population->model.definition->variables)
      if (variable->kind == VariableKind::Input && fed.insert(variable.get()).second) // once per model
        diagnostics
            .warning(DiagnosticCode::W1, population->range,
                     "nothing feeds input `" + variable->name + "` of `" + population->model.definition->name + "`")
            .note(variable->range, "`" + variable->name + "` is declared here");
}

static void warnOfStartAboveThreshold(const model::Population &population, Diagnostics &diagnostics) {
  const model::Definition &definition = *population.model.definition;
  if (!definition.spike || definition.spike->kind != model::SpikeRule::Kind::Level)
    return;
  auto valueOf = [&](const Variable &variable) -> const Expr * {
    for (const model::Setting &setting : population.model.settings)
      if (setting.variable == &variable)
        return setting.value;
    return variable.value;
  };
  std::optional<double> fires = constantValue(*definition.spike->condition, valueOf);
  if (fires && *fires != 0)
    diagnostics
        .warning(DiagnosticCode::W2, population.range,
                 "`" + population.name + "` starts above its threshold and fires in the first step")
        .note(definition.spike->range, "the condition is declared here");
}

static void warnOfRoundedDelays(const model::Experiment &experiment, Diagnostics &diagnostics) {
  for (const auto &projection : experiment.network->projections) {
    std::optional<double> delay = projection->delay ? constantValue(*projection->delay) : std::nullopt;
    if (!delay || isMultipleOf(*delay, experiment.dt))
      continue;
    double rounded = std::max(1.0, std::round(*delay / experiment.dt)) * experiment.dt;
    diagnostics.warning(DiagnosticCode::W3, projection->delay->range,
                        "the delay of " + formatQuantity(*delay, {"ms", 1}) +
                            " is not a multiple of `dt` and is rounded to " + formatQuantity(rounded, {"ms", 1}));
  }
}

/// Every variable that some expression reads, some neuron holds or some experiment records.
static llvm::DenseSet<const Variable *> usedVariables(const model::Model &model) {
  llvm::DenseSet<const Variable *> used;
  for (const Expr &expr : model.expressions)
    if (expr.variable)
      used.insert(expr.variable);
  for (const auto &experiment : model.experiments)
    for (const model::Record &record : experiment->records)
      used.insert(record.variable);
  for (const auto &measure : model.measures)
    used.insert(measure->variable);
  return used;
}

/// `na.V` of a mechanism, which has been judged by itself; but not `na.current`, which is there to be used.
static bool isInsideMechanism(llvm::StringRef name) { return name.contains('.') && !name.ends_with(".current"); }

static void warnOfUnused(const model::Model &model, Diagnostics &diagnostics) {
  llvm::DenseSet<const Variable *> used = usedVariables(model);
  for (const auto &definition : model.definitions) {
    if (definition->fromLibrary)
      continue;
    // A state may be there to be looked at, so it is enough that something happens to it.
    for (const model::Equation &equation : definition->equations)
      used.insert(equation.state);
    auto assign = [&](const std::vector<model::Assignment> &assignments) {
      for (const model::Assignment &assignment : assignments)
        used.insert(assignment.variable);
    };
    for (const Handler &handler : handlersOf(*definition))
      assign(*handler.body);
    for (const auto &variable : definition->variables)
      used.insert(variable->readsAt);
    bool isDelta = definition->kind == model::DefinitionKind::Synapse && !definition->result;
    for (const auto &variable : definition->variables)
      if (!used.contains(variable.get()) && !isDelta && !variable->isImplied && variable->kind != VariableKind::Modulator && !isInsideMechanism(variable->name))
        diagnostics.warning(DiagnosticCode::W4, variable->range, "nothing uses `" + variable->name + "`");
  }
}

static bool isNumber(const Expr &expr, double number) {
  return expr.kind == Expr::Kind::Number && expr.number == number;
}

/// What a derived quantity stands for.
static const Expr &writtenOut(const Expr &expr) {
  const Expr *at = &expr;
  while (at->kind == Expr::Kind::Variable && at->variable->kind == VariableKind::Let && at->variable->value)
    at = at->variable->value;
  return *at;
}

/// The argument of the exponential in `exp(x) - 1`, `1 - exp(x)` or `expm1(x)`, or in a multiple of these; else null.
static const Expr *exponentialLessOne(const Expr &named) {
  const Expr &expr = writtenOut(named);
  if (expr.kind != Expr::Kind::Apply)
    return nullptr;
  if (expr.op == Op::Expm1)
    return expr.operands[0];
  if (expr.op == Op::Neg)
    return exponentialLessOne(*expr.operands[0]);
  if (expr.op == Op::Mul)
    for (const Expr *factor : expr.operands)
      if (const Expr *exponent = exponentialLessOne(*factor))
        return exponent;
  if (expr.op != Op::Sub)
    return nullptr;
  const Expr &left = writtenOut(*expr.operands[0]), &right = writtenOut(*expr.operands[1]);
  auto isExp = [](const Expr &e) { return e.kind == Expr::Kind::Apply && e.op == Op::Exp; };
  if (isExp(left) && isNumber(right, 1))
    return left.operands[0];
  if (isExp(right) && isNumber(left, 1))
    return right.operands[0];
  return nullptr;
}

static bool varies(const Expr &expr) {
  return findUse(expr, [](const Expr &part) {
    return part.kind == Expr::Kind::Variable && part.variable->kind != VariableKind::Parameter &&
           part.variable->kind != VariableKind::Let; // which `findUse` looks into
  });
}

static bool isVaryingExponent(const Expr *exponent) { return exponent && varies(*exponent); }

/// x / (exp(x) - 1), also as x * (1 / (exp(x) - 1))
static bool isReciprocalGap(const Expr &expr) {
  if (expr.op == Op::Div)
    return varies(*expr.operands[0]) && isVaryingExponent(exponentialLessOne(*expr.operands[1]));
  if (expr.op != Op::Mul)
    return false;
  auto isReciprocal = [](const Expr &named) {
    const Expr &part = writtenOut(named);
    return part.kind == Expr::Kind::Apply && part.op == Op::Div && !varies(*part.operands[0]) &&
           isVaryingExponent(exponentialLessOne(*part.operands[1]));
  };
  return (isReciprocal(*expr.operands[0]) && varies(*expr.operands[1])) ||
         (isReciprocal(*expr.operands[1]) && varies(*expr.operands[0]));
}

static bool isSame(const Expr &namedA, const Expr &namedB) {
  const Expr &a = writtenOut(namedA), &b = writtenOut(namedB);
  if (a.kind != b.kind || a.op != b.op || a.number != b.number || a.variable != b.variable || a.parameter != b.parameter)
    return false;
  return llvm::equal(a.operands, b.operands, [](const Expr *left, const Expr *right) { return isSame(*left, *right); });
}

/// (exp(x) - 1) / x
static bool isGap(const Expr &expr) {
  const Expr *exponent = expr.op == Op::Div ? exponentialLessOne(*expr.operands[0]) : nullptr;
  return isVaryingExponent(exponent) && isSame(*exponent, *expr.operands[1]);
}

static void warnOfSingularities(const model::Model &model, Diagnostics &diagnostics) {
  for (const Expr &expr : model.expressions) {
    if (expr.kind != Expr::Kind::Apply)
      continue;
    if (isReciprocalGap(expr))
      diagnostics.warning(DiagnosticCode::W6, expr.range,
                          "this is 0/0 where the exponent is 0; `1 / exprel(x)` is `x / (exp(x) - 1)` without the gap");
    else if (isGap(expr))
      diagnostics.warning(DiagnosticCode::W6, expr.range,
                          "this is 0/0 where the exponent is 0; `exprel(x)` is `(exp(x) - 1) / x` without the gap");
  }
}

void snn::warnAbout(const model::Model &model, Diagnostics &diagnostics) {
  for (const auto &experiment : model.experiments) {
    warnOfUnfedInputs(*experiment, {}, diagnostics);
    warnOfRoundedDelays(*experiment, diagnostics);
  }
  for (const auto &training : model.trainings) {
    llvm::DenseSet<const Variable *> fed;
    for (const auto &array : training->arrays)
      fed.insert(array->input);
    warnOfUnfedInputs(training->sample, std::move(fed), diagnostics);
    warnOfRoundedDelays(training->sample, diagnostics);
  }
  for (const auto &network : model.networks)
    for (const auto &population : network->populations)
      warnOfStartAboveThreshold(*population, diagnostics);
  warnAboutUses(model, diagnostics);
  warnOfUnused(model, diagnostics);
  warnOfSingularities(model, diagnostics);
}
