// What stands behind `~`: a distribution with its parameters and modifiers.

#include "frontend/CheckExpr.h"
#include "frontend/CheckFold.h"

#include "llvm/ADT/StringExtras.h"

using namespace snn;
using llvm::StringRef;
using model::Distribution;

namespace {
struct Family {
  StringRef name;
  Distribution distribution;
  llvm::ArrayRef<StringRef> parameters;
  unsigned dimensioned; ///< so many of them have the dimension of what is drawn; the others are numbers
};
} // namespace

static constexpr StringRef meanAndSd[] = {"mean", "sd"};
static constexpr StringRef onlyMean[] = {"mean"};
static constexpr StringRef lowAndHigh[] = {"low", "high"};
static constexpr StringRef truncated[] = {"mean", "sd", "low", "high"};
static constexpr StringRef scaleAndShape[] = {"scale", "shape"};
static constexpr StringRef alphaAndBeta[] = {"alpha", "beta"};
static const Family families[] = {
    {"normal", Distribution::Normal, meanAndSd, 2},
    {"uniform", Distribution::Uniform, lowAndHigh, 2},
    {"lognormal", Distribution::Lognormal, meanAndSd, 2},
    {"exponential", Distribution::Exponential, onlyMean, 1},
    {"gamma", Distribution::Gamma, meanAndSd, 2},
    {"weibull", Distribution::Weibull, scaleAndShape, 1},
    {"beta", Distribution::Beta, alphaAndBeta, 0},
    {"truncated_normal", Distribution::TruncatedNormal, truncated, 4},
};

bool snn::isDistribution(StringRef name) {
  auto hasName = [&](const Family &family) { return family.name == name; };
  return llvm::any_of(families, hasName);
}

static const Family *findFamily(const ast::Name &name, CheckContext &context) {
  NearestName nearest(name.text);
  for (const Family &family : families) {
    if (family.name == name.text)
      return &family;
    nearest.consider(family.name);
  }
  suggest(context.error(DiagnosticCode::N8, name.range, "unknown distribution `" + name.text + "`" + nearest.hint()),
          name.range, nearest);
  return nullptr;
}

/// The syntax of each parameter in the order of `family`, which may be written by position or by name. Empty after a
/// report.
static llvm::SmallVector<const ast::Expr *, 4> arrange(const ast::CallExpr &call, const Family &family,
                                                       CheckContext &context) {
  llvm::SmallVector<const ast::Expr *, 4> arranged(family.parameters.size());
  unsigned position = 0;
  for (const ast::Argument &argument : call.arguments) {
    unsigned slot = position++;
    if (argument.name)
      slot = llvm::find(family.parameters, argument.name.text) - family.parameters.begin();
    if (slot >= arranged.size() || arranged[slot]) {
      context.error(DiagnosticCode::N7, argument.value->range,
                    "`" + call.callee.text + "` takes " + llvm::join(family.parameters, ", "));
      return {};
    }
    arranged[slot] = argument.value;
  }
  if (const auto *missing = llvm::find(arranged, nullptr); missing != arranged.end()) {
    context.error(DiagnosticCode::N7, call.range,
                  "`" + call.callee.text + "` needs its " + family.parameters[missing - arranged.begin()]);
    return {};
  }
  return arranged;
}

/// Reports parameters for which the distribution does not exist, as far as they are constants.
static bool checkParameters(Distribution distribution, llvm::ArrayRef<Value> parameters, const ast::CallExpr &call,
                            CheckContext &context) {
  llvm::SmallVector<std::optional<double>, 4> values;
  for (const Value &parameter : parameters)
    values.push_back(constantValue(*parameter.expr));
  auto isNegative = [&](unsigned i) { return values[i] && *values[i] < 0; };
  auto isPositive = [&](unsigned i) { return !values[i] || *values[i] > 0; };
  auto reject = [&](unsigned i, const llvm::Twine &message) {
    context.error(DiagnosticCode::C8, parameters[i].expr->range, message);
    return false;
  };
  switch (distribution) {
  case Distribution::Normal:
  case Distribution::TruncatedNormal:
    if (isNegative(1))
      return reject(1, "a standard deviation must not be negative");
    break;
  case Distribution::Lognormal:
  case Distribution::Gamma:
    if (!isPositive(0))
      return reject(0, "the mean of `" + call.callee.text + "` must be positive");
    if (isNegative(1))
      return reject(1, "a standard deviation must not be negative");
    return true;
  case Distribution::Weibull:
    if (isNegative(0))
      return reject(0, "the scale of `weibull` must not be negative");
    return isPositive(1) || reject(1, "the shape of `weibull` must be positive");
  case Distribution::Beta:
    for (unsigned i : {0, 1})
      if (!isPositive(i))
        return reject(i, "the shapes of `beta` must be positive");
    return true;
  case Distribution::Exponential:
    if (isNegative(0))
      return reject(0, "the mean of `exponential` must not be negative");
    return true;
  case Distribution::Uniform:
    break;
  }
  unsigned low = distribution == Distribution::Uniform ? 0 : 2;
  if (parameters.size() > low && values[low] && values[low + 1] && *values[low] > *values[low + 1])
    return reject(low, "the lower bound of `" + call.callee.text + "` lies above the upper one");
  return true;
}

Value ExpressionChecker::checkDraw(const ast::DrawExpr &draw) {
  auto *call = llvm::dyn_cast<ast::CallExpr>(draw.distribution);
  if (!call)
    return {};
  const Family *family = findFamily(call->callee, context);
  if (!family)
    return {};
  llvm::SmallVector<const ast::Expr *, 4> arranged = arrange(*call, *family, context);
  llvm::SmallVector<Value, 6> parameters;
  unsigned ofDistribution = arranged.size();
  for (const ast::Expr *bound : {draw.atLeast, draw.atMost})
    if (bound)
      arranged.push_back(bound);
  Value reference; // carries the dimension: the first that is not a bare 0
  if (family->dimensioned == 0)
    reference = context.number(1, Dimension::number(), call->range);
  const ast::Expr *referenceExpr = call;
  bool failed = ofDistribution == 0;
  for (auto [i, expr] : llvm::enumerate(arranged)) {
    if (i >= family->dimensioned && i < ofDistribution) {
      parameters.push_back(checkPlainNumber(*expr, "`" + family->name + "`"));
      failed |= !parameters.back();
      continue;
    }
    Value value = checkQuantity(*expr);
    failed |= !value || (reference && !agree(reference, *referenceExpr, value, *expr, draw.range));
    if (value && (!reference || reference.fitsEverything)) {
      reference = value;
      referenceExpr = expr;
    }
    parameters.push_back(value);
  }
  if (failed ||
      !checkParameters(family->distribution, llvm::ArrayRef(parameters).take_front(ofDistribution), *call, context))
    return {};

  model::Expr *expr = context.make(model::Expr::Kind::Draw, draw.range);
  expr->dimension = reference.dimension.known;
  expr->distribution = family->distribution;
  expr->stream = context.nextStream();
  for (unsigned i = 0; i < ofDistribution; ++i)
    expr->operands.push_back(parameters[i].expr);
  unsigned next = ofDistribution;
  if (draw.atLeast)
    expr->modifiers.atLeast = parameters[next++].expr;
  if (draw.atMost)
    expr->modifiers.atMost = parameters[next].expr;
  expr->modifiers.keepingSign = draw.keepingSign.isValid();
  if (draw.clip.isValid())
    expr->modifiers.outOfBounds = model::OutOfBounds::Clip;
  if (draw.atLeast && draw.atMost) {
    std::optional<double> low = constantValue(*expr->modifiers.atLeast), high = constantValue(*expr->modifiers.atMost);
    if (low && high && *low > *high) {
      context.error(DiagnosticCode::C8, draw.atLeast->range,
                    "no number is at least " + quoted(*draw.atLeast) + " and at most " + quoted(*draw.atMost));
      return {};
    }
  }
  return {expr, reference.dimension, reference.unit, reference.fitsEverything};
}
