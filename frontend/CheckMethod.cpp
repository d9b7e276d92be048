// `method euler steps 2`, `method adaptive(tolerance = 1e-6)`: how equations are advanced.

#include "frontend/CheckDefinition.h"
#include "frontend/CheckFold.h"

#include <cmath>

using namespace snn;
using llvm::StringRef;
using model::Method;

static constexpr std::pair<StringRef, Method> methods[] = {
    {"exact", Method::Exact}, {"exp_euler", Method::ExpEuler}, {"euler", Method::Euler},
    {"rk2", Method::Rk2},     {"rk4", Method::Rk4},            {"heun", Method::Heun},
    {"milstein", Method::Milstein}, {"adaptive", Method::Adaptive},
};

/// More would be a mistake: `dt` should be smaller, or the method another.
static constexpr double mostSteps = 10000;

static std::optional<Method> methodCalled(const ast::Name &name, CheckContext &context) {
  if (!name)
    return Method::Default;
  NearestName nearest(name.text);
  for (const auto &[spelling, method] : methods) {
    if (spelling == name.text)
      return method;
    nearest.consider(spelling);
  }
  suggest(context.error(DiagnosticCode::M9, name.range, "unknown method `" + name.text + "`" + nearest.hint()),
          name.range, nearest);
  return std::nullopt;
}

/// A number that is known when the model is read; nothing after a report.
static std::optional<double> optionValue(const ast::Expr &expr, StringRef what, CheckContext &context) {
  WeightDimension none;
  ExpressionChecker checker(context, {&context.constants()}, none);
  Value value = checker.requireDimension(checker.checkQuantity(expr), expr, Dimension::number(), what);
  return value ? constantValue(*value.expr) : std::nullopt;
}

static bool readSteps(const ast::Expr &expr, model::Integration &integration, CheckContext &context) {
  std::optional<double> steps = optionValue(expr, "`steps`", context);
  if (!steps)
    return false;
  if (*steps >= 1 && *steps <= mostSteps && *steps == std::floor(*steps)) {
    integration.steps = static_cast<unsigned>(*steps);
    return true;
  }
  context.error(DiagnosticCode::M13, expr.range,
                "`steps` is a whole number from 1 to " + llvm::Twine(static_cast<unsigned>(mostSteps)) + butIs(expr, *steps));
  return false;
}

static bool readArguments(const ast::MethodClause &clause, model::Integration &integration, CheckContext &context) {
  for (const ast::Argument &argument : clause.arguments) {
    bool isTolerance = integration.method == Method::Adaptive && (!argument.name || argument.name.text == "tolerance");
    if (!isTolerance || clause.arguments.size() > 1) {
      context.error(DiagnosticCode::N7, argument.name ? argument.name.range : argument.value->range,
                    integration.method == Method::Adaptive ? "`adaptive` takes one argument, `tolerance`"
                                                           : "`" + clause.name.text.str() + "` takes no arguments");
      return false;
    }
    std::optional<double> tolerance = optionValue(*argument.value, "`tolerance`", context);
    if (!tolerance)
      return false;
    if (!(*tolerance > 0 && *tolerance < 1)) {
      context.error(DiagnosticCode::M13, argument.value->range,
                    "`tolerance` lies between 0 and 1" + butIs(*argument.value, *tolerance));
      return false;
    }
    integration.tolerance = *tolerance;
  }
  return true;
}

std::optional<model::Integration> snn::integrationOf(const ast::MethodClause &clause, CheckContext &context) {
  model::Integration integration;
  std::optional<Method> method = methodCalled(clause.name, context);
  if (!method)
    return std::nullopt;
  integration.method = *method;
  if (!readArguments(clause, integration, context))
    return std::nullopt;
  if (clause.steps && !readSteps(*clause.steps, integration, context))
    return std::nullopt;
  if (clause.steps && *method == Method::Adaptive) {
    context.error(DiagnosticCode::M13, clause.steps->range, "`adaptive` chooses its steps itself");
    return std::nullopt;
  }
  return integration;
}

std::optional<model::Integration> snn::integrationOf(const ast::Block &settings, CheckContext &context) {
  const ast::MethodStmt *first = nullptr;
  for (const ast::Stmt *stmt : settings.statements)
    if (auto *method = llvm::dyn_cast<ast::MethodStmt>(stmt)) {
      if (first)
        context.error(DiagnosticCode::P9, method->range, "the method is given twice").note(first->range, "it is given here first");
      else
        first = method;
    }
  return first ? integrationOf(first->method, context) : std::nullopt;
}
