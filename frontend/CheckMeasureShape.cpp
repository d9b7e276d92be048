// How many numbers the parts of a loss are: which shapes go together, and what a label takes from what it is compared with.

#include "frontend/CheckDimension.h"
#include "frontend/CheckMeasure.h"

using namespace snn;
using llvm::SMRange;
using llvm::Twine;
using model::Shape;
using model::TrainingArray;

std::string snn::describe(const Shape &shape) {
  if (shape.synapses)
    return "a number for each synapse of `" + shape.synapses->name + "`";
  if (!shape.neurons)
    return shape.perStep ? "a number per step" : "one number";
  std::string neurons = std::to_string(shape.neurons) + (shape.neurons == 1 ? " neuron" : " neurons");
  return (shape.perStep ? "a number per step for each of " : "a number for each of ") + neurons;
}

bool MeasureChecker::agree(const Measured &left, const ast::Expr &leftExpr, const Measured &right,
                           const ast::Expr &rightExpr, SMRange whole) {
  if (left.fitsEverything || right.fitsEverything || left.measure->dimension == right.measure->dimension)
    return true;
  context.error(DiagnosticCode::U1, whole,
                quoted(leftExpr, "the left side") + " is " + left.measure->dimension.describe() + ", but " +
                    quoted(rightExpr, "the right side") + " is " + right.measure->dimension.describe());
  return false;
}

std::optional<Shape> MeasureChecker::commonShape(Measured &left, const ast::Expr &leftExpr, Measured &right,
                                                 const ast::Expr &rightExpr, SMRange whole) {
  auto follow = [&](Measured &open, const ast::Expr &expr, const Measured &other) {
    TrainingArray as;
    as.use = TrainingArray::Use::Values;
    as.shape = other.measure->shape;
    as.dimension = other.measure->dimension;
    as.unit = other.unit.text.empty() ? baseUnit(as.dimension) : other.unit;
    return determine(open, expr, as);
  };
  if (left.isOpen() && right.isOpen() && !requireKnown(left, leftExpr))
    return std::nullopt;
  if ((left.isOpen() && !follow(left, leftExpr, right)) || (right.isOpen() && !follow(right, rightExpr, left)))
    return std::nullopt;
  const Shape &a = left.measure->shape, &b = right.measure->shape;
  if (a == b || b.isSingle())
    return a;
  if (a.isSingle())
    return b;
  bool fits = !a.synapses && !b.synapses && (a.neurons == b.neurons || !a.neurons || !b.neurons);
  if (fits) // a value per neuron goes with one per neuron and step: axes have names, so nothing is ambiguous
    return Shape{a.perStep || b.perStep, std::max(a.neurons, b.neurons), nullptr};
  context.error(DiagnosticCode::T3, whole,
                quoted(leftExpr, "the left side") + " is " + describe(a) + ", but " +
                    quoted(rightExpr, "the right side") + " is " + describe(b));
  return std::nullopt;
}

static std::string describe(const TrainingArray &array) {
  if (array.use == TrainingArray::Use::Classes)
    return "one of " + std::to_string(array.classes) + " classes" + (array.shape.perStep ? " per step" : "");
  return snn::describe(array.shape);
}

bool MeasureChecker::determine(Measured &label, const ast::Expr &expr, const TrainingArray &as) {
  TrainingArray &array =
      **llvm::find_if(training.arrays, [&](const auto &array) { return array.get() == label.measure->label; });
  if (array.use == TrainingArray::Use::Unused) {
    array.use = as.use;
    array.shape = as.shape;
    array.classes = as.classes;
    array.dimension = as.dimension;
    array.unit = as.unit;
    determinedAt[&array] = expr.range;
  } else if (array.use != as.use || !(array.shape == as.shape) || array.classes != as.classes) {
    context
        .error(DiagnosticCode::T3, expr.range,
               "`" + array.name + "` is " + ::describe(as) + " here, and " + ::describe(array) + " elsewhere")
        .note(determinedAt.lookup(&array), "it is used here first");
    return false;
  }
  label.measure->shape = array.shape;
  label.measure->dimension = array.dimension;
  label.unit = array.unit;
  return true;
}

bool MeasureChecker::requireKnown(const Measured &value, const ast::Expr &expr) {
  if (!value.isOpen())
    return true;
  context.error(DiagnosticCode::T3, expr.range,
                "nothing tells here how many numbers " + quoted(expr) +
                    " is: compare it with a value of the network, as in `mse(out.V, y)`");
  return false;
}

bool MeasureChecker::requireNumber(const Measured &value, const ast::Expr &expr, const Twine &what) {
  if (value.fitsEverything || value.measure->dimension.isNumber())
    return true;
  UnitSpelling unit = value.unit.text.empty() ? baseUnit(value.measure->dimension) : value.unit;
  context.error(DiagnosticCode::U2, expr.range,
                what + " is a number, but " + quoted(expr, "this") + " is " + value.measure->dimension.describe() +
                    "; divide it by a scale, such as `1 " + unit.text + "`");
  return false;
}
