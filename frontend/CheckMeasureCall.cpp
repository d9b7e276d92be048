// Functions in losses and metrics: over time and neurons, element by element, and of predictions and labels.

#include "frontend/CheckMeasure.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::StringRef;
using llvm::Twine;
using model::Measure;
using model::MeasureFunction;
using model::Op;
using model::Over;
using model::Reduction;
using model::Shape;
using model::TrainingArray;

namespace {
struct ReductionName {
  llvm::StringLiteral name;
  Reduction reduction;
  Over over;
};

/// What a function that acts element by element does to the dimension.
enum class Effect { Keeps, Halves, NeedsNumber };
struct ElementwiseName {
  llvm::StringLiteral name;
  Op op;
  Effect effect;
};
} // namespace

static constexpr ReductionName reductions[] = {
    {"max_over_time", Reduction::Max, Over::Time},
    {"min_over_time", Reduction::Min, Over::Time},
    {"mean_over_time", Reduction::Mean, Over::Time},
    {"sum_over_time", Reduction::Sum, Over::Time},
    {"last", Reduction::Last, Over::Time},
    {"max_over_neurons", Reduction::Max, Over::Neurons},
    {"min_over_neurons", Reduction::Min, Over::Neurons},
    {"mean_over_neurons", Reduction::Mean, Over::Neurons},
    {"sum_over_neurons", Reduction::Sum, Over::Neurons},
    {"sum", Reduction::Sum, Over::Everything},
    {"mean", Reduction::Mean, Over::Everything},
};

static constexpr ElementwiseName elementwiseFunctions[] = {
    {"abs", Op::Abs, Effect::Keeps},           {"sqrt", Op::Sqrt, Effect::Halves},
    {"exp", Op::Exp, Effect::NeedsNumber},     {"log", Op::Log, Effect::NeedsNumber},
    {"log10", Op::Log10, Effect::NeedsNumber}, {"expm1", Op::Expm1, Effect::NeedsNumber},
    {"log1p", Op::Log1p, Effect::NeedsNumber}, {"sin", Op::Sin, Effect::NeedsNumber},
    {"cos", Op::Cos, Effect::NeedsNumber},     {"tanh", Op::Tanh, Effect::NeedsNumber},
    {"erf", Op::Erf, Effect::NeedsNumber},
};

static const ReductionName *findReduction(StringRef name) {
  auto found = llvm::find_if(reductions, [&](const ReductionName &reduction) { return reduction.name == name; });
  return found == std::end(reductions) ? nullptr : found;
}

static std::optional<MeasureFunction> findFunction(StringRef name) {
  return llvm::StringSwitch<std::optional<MeasureFunction>>(name)
      .Case("cross_entropy", MeasureFunction::CrossEntropy)
      .Case("binary_cross_entropy", MeasureFunction::BinaryCrossEntropy)
      .Case("mse", MeasureFunction::MeanSquaredError)
      .Case("mae", MeasureFunction::MeanAbsoluteError)
      .Case("accuracy", MeasureFunction::Accuracy)
      .Case("softmax", MeasureFunction::Softmax)
      .Default(std::nullopt);
}

/// Functions that only losses and metrics have.
bool MeasureChecker::isMeasureFunction(const ast::CallExpr &call) const {
  StringRef name = call.callee.text;
  return (findReduction(name) || findFunction(name)) && !context.findFunction(name);
}

Measured MeasureChecker::call(const ast::CallExpr &call) {
  StringRef name = call.callee.text;
  for (const ast::Argument &argument : call.arguments)
    if (argument.name) {
      context.error(DiagnosticCode::N7, argument.name.range, "arguments of `" + name + "` have no names");
      return {};
    }
  if (const ast::FunctionStmt *function = context.findFunction(name))
    return writtenOut(call, *function);
  if (const ReductionName *found = findReduction(name))
    return reduction(call, found->reduction, found->over);
  std::optional<MeasureFunction> function = findFunction(name);
  if (!function)
    return elementwise(call);
  switch (*function) {
  case MeasureFunction::CrossEntropy:
  case MeasureFunction::Accuracy:
    return ofClasses(call, *function);
  case MeasureFunction::Softmax:
    return softmax(call);
  default:
    return comparison(call, *function);
  }
}

bool MeasureChecker::takes(const ast::CallExpr &call, size_t count) {
  if (call.arguments.size() == count)
    return true;
  context.error(DiagnosticCode::N7, call.range,
                "`" + call.callee.text + "` takes " + Twine(count) + (count == 1 ? " value" : " values") + ", not " +
                    Twine(call.arguments.size()));
  return false;
}

/// A function of the file sees its parameters, and nothing of the network.
Measured MeasureChecker::writtenOut(const ast::CallExpr &call, const ast::FunctionStmt &function) {
  if (!takes(call, function.parameters.size()) || context.isTooDeep(call.range, "functions"))
    return {};
  for (const ast::CallExpr *outer : context.calls)
    if (outer->callee.text == call.callee.text) {
      context.error(DiagnosticCode::N6, call.range, "function `" + call.callee.text + "` calls itself");
      return {};
    }
  if (++context.inlinedCalls > CheckContext::sizeLimit) {
    if (context.inlinedCalls == CheckContext::sizeLimit + 1)
      context.error(DiagnosticCode::N7, call.range, "more than 100000 calls of functions have been written out");
    return {};
  }
  llvm::StringMap<Measured> values;
  for (auto [parameter, argument] : llvm::zip_equal(function.parameters, call.arguments)) {
    Measured value = check(*argument.value);
    if (!value)
      return {};
    values[parameter.text] = value;
  }
  llvm::SaveAndRestore inside(parameters, &values);
  context.calls.push_back(&call);
  Measured result = check(*function.value);
  context.calls.pop_back();
  return result;
}

//===-- Of one value --------------------------------------------------------------------------------------------------------===//

Measured MeasureChecker::reduction(const ast::CallExpr &call, Reduction reduction, Over over) {
  if (!takes(call, 1))
    return {};
  const ast::Expr &argument = *call.arguments[0].value;
  Measured value = check(argument);
  if (!value || !requireKnown(value, argument))
    return {};
  Shape shape = value.measure->shape;
  bool lacksAxis = over == Over::Time ? !shape.perStep : over == Over::Neurons ? !shape.neurons : shape.isSingle();
  if (lacksAxis) {
    StringRef axis = over == Over::Time      ? "numbers of all steps"
                     : over == Over::Neurons ? "numbers of several neurons"
                                             : "several numbers";
    context.error(DiagnosticCode::T3, argument.range,
                  "`" + call.callee.text + "` takes " + axis + ", but " + quoted(argument, "this") + " is " +
                      describe(shape));
    return {};
  }
  if (over == Over::Time)
    shape.perStep = false;
  else if (over == Over::Neurons)
    shape.neurons = 0;
  else
    shape = {};
  return make({.kind = Measure::Kind::Reduce,
               .shape = shape,
               .dimension = value.measure->dimension,
               .range = call.range,
               .reduction = reduction,
               .over = over,
               .operands = {value.measure}},
              value.unit);
}

Measured MeasureChecker::softmax(const ast::CallExpr &call) {
  if (!takes(call, 1))
    return {};
  const ast::Expr &argument = *call.arguments[0].value;
  Measured value = check(argument);
  if (!value || !requireKnown(value, argument) || !requireNumber(value, argument, "what `softmax` takes"))
    return {};
  if (!value.measure->shape.neurons) {
    context.error(DiagnosticCode::T3, argument.range,
                  "`softmax` takes numbers of several neurons, but " + quoted(argument, "this") + " is " +
                      describe(value.measure->shape));
    return {};
  }
  return make({.kind = Measure::Kind::Function,
               .shape = value.measure->shape,
               .range = call.range,
               .function = MeasureFunction::Softmax,
               .operands = {value.measure}});
}

Measured MeasureChecker::elementwise(const ast::CallExpr &call) {
  StringRef name = call.callee.text;
  bool isExtreme = name == "min" || name == "max";
  if (isExtreme && takes(call, 2)) {
    const ast::Expr &leftExpr = *call.arguments[0].value, &rightExpr = *call.arguments[1].value;
    Measured left = check(leftExpr), right = check(rightExpr);
    std::optional<Shape> shape =
        left && right ? commonShape(left, leftExpr, right, rightExpr, call.range) : std::nullopt;
    if (!shape || !agree(left, leftExpr, right, rightExpr, call.range))
      return {};
    const Measured &known = left.fitsEverything ? right : left;
    return make({.kind = Measure::Kind::Apply,
                 .shape = *shape,
                 .dimension = known.measure->dimension,
                 .range = call.range,
                 .op = name == "min" ? Op::Min : Op::Max,
                 .operands = {left.measure, right.measure}},
                known.unit);
  }
  if (isExtreme)
    return {};
  auto found =
      llvm::find_if(elementwiseFunctions, [&](const ElementwiseName &function) { return function.name == name; });
  if (found == std::end(elementwiseFunctions)) {
    NearestName nearest(name);
    for (const ReductionName &reduction : reductions)
      nearest.consider(reduction.name);
    for (const ElementwiseName &function : elementwiseFunctions)
      nearest.consider(function.name);
    for (StringRef function :
         {"cross_entropy", "binary_cross_entropy", "mse", "mae", "accuracy", "softmax", "min", "max"})
      nearest.consider(function);
    suggest(
        context.error(DiagnosticCode::T8, call.callee.range, "a loss has no function `" + name + "`" + nearest.hint()),
        call.callee.range, nearest);
    return {};
  }
  if (!takes(call, 1))
    return {};
  const ast::Expr &argument = *call.arguments[0].value;
  Measured value = check(argument);
  if (!value || !requireKnown(value, argument) ||
      (found->effect == Effect::NeedsNumber && !requireNumber(value, argument, "what `" + name + "` takes")))
    return {};
  Dimension dimension =
      found->effect == Effect::Halves ? value.measure->dimension.pow(Rational(1, 2)) : value.measure->dimension;
  return make({.kind = Measure::Kind::Apply,
               .shape = value.measure->shape,
               .dimension = dimension,
               .range = call.range,
               .op = found->op,
               .operands = {value.measure}},
              found->effect == Effect::Keeps ? value.unit : UnitSpelling());
}

//===-- Of predictions and labels -------------------------------------------------------------------------------------------===//

/// `cross_entropy(logits, y)`: one number per class, and which class is the right one.
Measured MeasureChecker::ofClasses(const ast::CallExpr &call, MeasureFunction function) {
  StringRef name = call.callee.text;
  if (!takes(call, 2))
    return {};
  const ast::Expr &scoresExpr = *call.arguments[0].value, &labelExpr = *call.arguments[1].value;
  Measured scores = check(scoresExpr), label = check(labelExpr);
  if (!scores || !label || !requireKnown(scores, scoresExpr))
    return {};
  if (function == MeasureFunction::Accuracy && role == Role::Loss) {
    context.error(DiagnosticCode::T8, call.range,
                  "`accuracy` has no gradient, so it is a metric and no loss; `cross_entropy` has one");
    return {};
  }
  if (!scores.measure->shape.neurons) {
    context.error(DiagnosticCode::T3, scoresExpr.range,
                  "`" + name + "` takes a number for each class, but " + quoted(scoresExpr, "this") + " is " +
                      describe(scores.measure->shape));
    return {};
  }
  if (function == MeasureFunction::CrossEntropy && !requireNumber(scores, scoresExpr, "what `cross_entropy` takes"))
    return {};
  if (!label.measure->label) {
    context.error(DiagnosticCode::T8, labelExpr.range,
                  "`" + name + "` takes a label of the `data` as its second value, and " + quoted(labelExpr, "this") +
                      " is none");
    return {};
  }
  TrainingArray as;
  as.use = TrainingArray::Use::Classes;
  as.shape = {scores.measure->shape.perStep, 0, nullptr};
  as.classes = scores.measure->shape.neurons;
  if (!determine(label, labelExpr, as))
    return {};
  return make({.kind = Measure::Kind::Function,
               .range = call.range,
               .function = function,
               .operands = {scores.measure, label.measure}});
}

/// `mse(a, b)` and its like: the mean over all numbers of two values of one shape.
Measured MeasureChecker::comparison(const ast::CallExpr &call, MeasureFunction function) {
  if (!takes(call, 2))
    return {};
  const ast::Expr &leftExpr = *call.arguments[0].value, &rightExpr = *call.arguments[1].value;
  Measured left = check(leftExpr), right = check(rightExpr);
  if (!left || !right)
    return {};
  std::optional<Shape> shape = commonShape(left, leftExpr, right, rightExpr, call.range);
  if (!shape || !agree(left, leftExpr, right, rightExpr, call.range))
    return {};
  const Measured &known = left.fitsEverything ? right : left;
  Dimension dimension = known.measure->dimension;
  bool isSquared = function == MeasureFunction::MeanSquaredError;
  if (function == MeasureFunction::BinaryCrossEntropy &&
      !requireNumber(known, leftExpr, "what `binary_cross_entropy` takes"))
    return {};
  return make({.kind = Measure::Kind::Function,
               .dimension = isSquared ? dimension.pow(2) : dimension,
               .range = call.range,
               .function = function,
               .operands = {left.measure, right.measure}},
              isSquared ? UnitSpelling() : known.unit);
}
