#include "frontend/CheckParameters.h"

#include "frontend/CheckExpr.h"
#include "frontend/CheckFold.h"

#include <cmath>

using namespace snn;
using llvm::Twine;

const Parametrised *snn::findParametrised(const ast::ModelUse &use, llvm::ArrayRef<Parametrised> all,
                                          llvm::StringRef what, DiagnosticCode code, CheckContext &context) {
  NearestName nearest(use.model.text);
  std::string names;
  for (const Parametrised &known : all) {
    if (known.name == use.model.text)
      return &known;
    nearest.consider(known.name);
    names += (names.empty() ? "`" : ", `") + known.name.str() + "`";
  }
  if (!use.model)
    return nullptr;
  std::string hint = nearest.best().empty() ? "; there are " + names : nearest.hint();
  suggest(context.error(code, use.model.range, "unknown " + what + " `" + use.model.text + "`" + hint), use.model.range,
          nearest);
  return nullptr;
}

/// Which parameter an argument is; nothing after a report.
static std::optional<size_t> orderOf(const ast::Argument &argument, size_t order, const Parametrised &known,
                                     CheckContext &context) {
  if (!argument.name) {
    if (order < known.parameters.size())
      return order;
    context.error(DiagnosticCode::N7, argument.value->range,
                  "`" + known.name + "` has " + Twine(known.parameters.size()) + " parameters, and this is one more");
    return std::nullopt;
  }
  NearestName nearest(argument.name.text);
  for (size_t k = 0; k < known.parameters.size(); ++k) {
    if (known.parameters[k].name == argument.name.text)
      return k;
    nearest.consider(known.parameters[k].name);
  }
  std::string names;
  for (const ParameterRange &parameter : known.parameters)
    names += (names.empty() ? "`" : ", `") + parameter.name.str() + "`";
  std::string hint = nearest.best().empty() ? "; it has " + names : nearest.hint();
  suggest(context.error(DiagnosticCode::N7, argument.name.range,
                        "`" + known.name + "` has no parameter `" + argument.name.text + "`" + hint),
          argument.name.range, nearest);
  return std::nullopt;
}

/// "is above 0", "is from 0 to less than 1"
static std::string describe(const ParameterRange &range) {
  std::string text = range.includes == ParameterRange::From ? "at least " : "above ";
  text += formatQuantity(range.low, {});
  return std::isfinite(range.below) ? text + " and below " + formatQuantity(range.below, {}) : text;
}

static std::optional<double> numberWithin(const ast::Expr &syntax, const ParameterRange &range, const ScopeList &scopes,
                                          DiagnosticCode code, CheckContext &context) {
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  std::string name = "`" + range.name.str() + "`";
  Value value = checker.requireDimension(checker.checkQuantity(syntax), syntax, Dimension::number(), name);
  if (!value)
    return std::nullopt;
  std::optional<double> number = constantValue(*value.expr);
  if (!number) {
    context.error(DiagnosticCode::C9, syntax.range, name + " must be known before the run");
    return std::nullopt;
  }
  bool isWithin =
      (range.includes == ParameterRange::From ? *number >= range.low : *number > range.low) && *number < range.below;
  if (!isWithin) {
    context.error(code, syntax.range, name + " is " + describe(range) + butIs(syntax, *number));
    return std::nullopt;
  }
  fixParameters(*value.expr);
  return number;
}

std::optional<std::vector<model::NamedNumber>> snn::checkParameters(const Parametrised &known, const ast::ModelUse &use,
                                                                    const ScopeList &scopes, DiagnosticCode code,
                                                                    CheckContext &context) {
  std::vector<model::NamedNumber> numbers;
  for (const ParameterRange &parameter : known.parameters)
    numbers.push_back({parameter.name.str(), parameter.standard});
  std::vector<const ast::Argument *> given(numbers.size());
  bool good = true;
  for (size_t order = 0; order < use.arguments.size(); ++order) {
    const ast::Argument &argument = use.arguments[order];
    std::optional<size_t> position = orderOf(argument, order, known, context);
    good &= position.has_value();
    if (!position)
      continue;
    if (given[*position]) {
      context
          .error(DiagnosticCode::N2, argument.value->range, "`" + known.parameters[*position].name + "` is given twice")
          .note(given[*position]->value->range, "it is given here first");
      good = false;
      continue;
    }
    given[*position] = &argument;
    std::optional<double> number = numberWithin(*argument.value, known.parameters[*position], scopes, code, context);
    good &= number.has_value();
    numbers[*position].value = number.value_or(0);
  }
  if (!good)
    return std::nullopt;
  return numbers;
}
