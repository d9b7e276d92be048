// Calls in expressions: the built-in functions, random numbers, and the functions of the file, which are written out.

#include "frontend/CheckDefinition.h"
#include "frontend/CheckExpr.h"
#include "frontend/CheckFold.h"
#include "frontend/ImpliedStates.h"

#include "frontend/CheckData.h"

using namespace snn;
using llvm::StringRef;
using model::Op;

namespace {

/// How the dimension of a result follows from the arguments.
enum class Shape {
  Number, ///< number -> number
  Same,   ///< all arguments and the result have one dimension
  Sign,   ///< any dimension -> number
  Root,   ///< the square root of any dimension
};

struct Builtin {
  StringRef name;
  Op op;
  Shape shape;
  unsigned least = 1, most = 1; ///< number of arguments; more than two are taken pairwise
};

constexpr unsigned anyNumber = ~0u;

} // namespace

static const Builtin builtins[] = {
    {"abs", Op::Abs, Shape::Same},
    {"sign", Op::Sign, Shape::Sign},
    {"heaviside", Op::Heaviside, Shape::Sign},
    {"min", Op::Min, Shape::Same, 2, anyNumber},
    {"max", Op::Max, Shape::Same, 2, anyNumber},
    {"clip", Op::Clip, Shape::Same, 3, 3},
    {"floor", Op::Floor, Shape::Number},
    {"ceil", Op::Ceil, Shape::Number},
    {"round", Op::Round, Shape::Number},
    {"sqrt", Op::Sqrt, Shape::Root},
    {"exp", Op::Exp, Shape::Number},
    {"log", Op::Log, Shape::Number},
    {"log10", Op::Log10, Shape::Number},
    {"exprel", Op::Exprel, Shape::Number},
    {"expm1", Op::Expm1, Shape::Number},
    {"log1p", Op::Log1p, Shape::Number},
    {"sin", Op::Sin, Shape::Number},
    {"cos", Op::Cos, Shape::Number},
    {"tan", Op::Tan, Shape::Number},
    {"sinh", Op::Sinh, Shape::Number},
    {"cosh", Op::Cosh, Shape::Number},
    {"tanh", Op::Tanh, Shape::Number},
    {"erf", Op::Erf, Shape::Number},
};

static constexpr StringRef noiseFunctions[] = {"rand", "randn", "poisson"};
static constexpr StringRef laterFunctions[] = {"sweep", "integer"};

static const Builtin *findBuiltin(StringRef name) {
  for (const Builtin &builtin : builtins)
    if (builtin.name == name)
      return &builtin;
  return nullptr;
}

Value ExpressionChecker::checkCall(const ast::CallExpr &call) {
  StringRef name = call.callee.text;
  if (name == "load" && !context.findFunction(name))
    return dataValue(call, Dimension::number(), {}, context);
  for (const ast::Argument &argument : call.arguments)
    if (argument.name) {
      context.error(DiagnosticCode::N7, argument.name.range, "arguments of `" + name + "` have no names");
      return {};
    }
  if (const ast::FunctionStmt *function = context.findFunction(name))
    return inlineFunction(call, *function);
  if (name == "pow")
    return checkArgumentCount(call, 2, 2) ? checkPower(call, *call.arguments[0].value, *call.arguments[1].value)
                                          : Value();
  if (name == "old")
    return checkOld(call);
  if (name == "gaussian" || name == "exponential")
    return checkKernel(call);
  if (name == "delayed")
    return checkDelayed(call);
  if (name == "rand")
    return checkNoise(call, model::Expr::Kind::RandomUniform);
  if (name == "randn")
    return checkNoise(call, model::Expr::Kind::RandomNormal);
  if (name == "poisson")
    return checkNoise(call, model::Expr::Kind::RandomPoisson);

  if (name == "sum") {
    if (std::optional<Value> sum = checkVectorSum(call))
      return *sum;
    if (checkArgumentCount(call, 1, 1) && check(*call.arguments[0].value))
      context.error(DiagnosticCode::M17, call.range, quoted(*call.arguments[0].value) + " is a single value, of which there is no sum");
    return {};
  }

  const Builtin *builtin = findBuiltin(name);
  if (!builtin)
    return reportUnknownFunction(call);
  if (!checkArgumentCount(call, builtin->least, builtin->most))
    return {};
  if (builtin->shape == Shape::Number)
    return apply(builtin->op, {checkPlainNumber(*call.arguments[0].value, "`" + name + "`")}, Dimension::number(),
                 call.range);

  llvm::SmallVector<Value, 3> arguments;
  for (const ast::Argument &argument : call.arguments)
    arguments.push_back(checkQuantity(*argument.value));
  DimensionTerm dimension;
  for (unsigned i = 0; i < arguments.size(); ++i) {
    if (!arguments[i] ||
        !agree(arguments[0], *call.arguments[0].value, arguments[i], *call.arguments[i].value, call.range))
      return {};
    if (!arguments[i].fitsEverything)
      dimension = arguments[i].dimension;
  }
  if (builtin->shape == Shape::Sign)
    return apply(builtin->op, arguments, Dimension::number(), call.range);
  if (builtin->shape == Shape::Root)
    return apply(builtin->op, arguments, weight.resolve(dimension).pow(Rational(1, 2)), call.range);
  if (builtin->least != 2)
    return apply(builtin->op, arguments, dimension, call.range);
  Value result = arguments[0];
  for (const Value &argument : llvm::drop_begin(arguments))
    result = apply(builtin->op, {result, argument}, dimension, call.range);
  return result;
}

bool ExpressionChecker::checkArgumentCount(const ast::CallExpr &call, unsigned least, unsigned most) {
  size_t count = call.arguments.size();
  if (count >= least && count <= most)
    return true;
  std::string needed = most == anyNumber ? "at least " + std::to_string(least) : std::to_string(least);
  context.error(DiagnosticCode::N7, call.range,
                "`" + call.callee.text + "` takes " + needed + (needed == "1" ? " argument" : " arguments") + ", not " +
                    llvm::Twine(count));
  return false;
}

Value ExpressionChecker::checkNoise(const ast::CallExpr &call, model::Expr::Kind kind) {
  if (!rules.noise) {
    context.error(DiagnosticCode::N8, call.range,
                  "`" + call.callee.text +
                      "` is drawn anew in every step; a value drawn once is written `~ normal(...)` or the like");
    return {};
  }
  unsigned arity = kind == model::Expr::Kind::RandomPoisson;
  if (!checkArgumentCount(call, arity, arity))
    return {};
  model::Expr *expr = context.make(kind, call.range);
  if (arity) {
    Value mean = checkPlainNumber(*call.arguments[0].value, "`poisson`");
    if (!mean)
      return {};
    expr->operands.push_back(mean.expr);
  }
  expr->stream = context.nextStream();
  return {expr, Dimension::number(), {}};
}

/// `gaussian(x, sd)` = exp(-x^2 / (2 sd^2)) and `exponential(x, scale)` = exp(-x / scale): 1 at x = 0.
Value ExpressionChecker::checkKernel(const ast::CallExpr &call) {
  if (!checkArgumentCount(call, 2, 2))
    return {};
  const ast::Expr &at = *call.arguments[0].value, &scale = *call.arguments[1].value;
  Value x = checkQuantity(at), width = checkQuantity(scale);
  if (!agree(x, at, width, scale, call.range))
    return {};
  const Dimension number = Dimension::number();
  Value exponent = apply(Op::Div, {x, width}, number, call.range);
  if (call.callee.text == "gaussian")
    exponent = apply(Op::Mul, {apply(Op::Mul, {exponent, exponent}, number, call.range), context.number(0.5, number, call.range)},
                     number, call.range);
  return apply(Op::Exp, {apply(Op::Neg, {exponent}, number, call.range)}, number, call.range);
}

/// `old(x)`: the value at the start of the step.
Value ExpressionChecker::checkOld(const ast::CallExpr &call) {
  if (!rules.past) {
    context.error(rules.noise ? DiagnosticCode::P6 : DiagnosticCode::N8, call.range,
                  rules.noise ? "`old` is not supported yet outside neurons"
                              : "`old` looks back to the start of the step, so it stands only in what a neuron does in a step");
    return {};
  }
  if (!checkArgumentCount(call, 1, 1))
    return {};
  Value value = checkQuantity(*call.arguments[0].value);
  if (!value)
    return {};
  model::Expr *expr = context.make(model::Expr::Kind::Old, call.range);
  expr->dimension = value.dimension.known;
  expr->operands = {value.expr};
  value.expr = expr;
  ++value.height;
  return value;
}

/// `delayed(x, d)`: the value a time ago.
Value ExpressionChecker::checkDelayed(const ast::CallExpr &call) {
  if (!rules.past) {
    context.error(rules.noise ? DiagnosticCode::P6 : DiagnosticCode::N8, call.range,
                  rules.noise ? "`delayed` is not supported yet outside neurons and plasticity rules"
                              : "`delayed` looks back in time, so it stands only in what a neuron does in a step");
    return {};
  }
  if (!checkArgumentCount(call, 2, 2))
    return {};
  const ast::Expr &delaySyntax = *call.arguments[1].value;
  Value value = checkQuantity(*call.arguments[0].value);
  Value delay = requireDimension(checkQuantity(delaySyntax), delaySyntax, Dimension::time(), "the delay of `delayed`");
  if (!value || !delay)
    return {};
  auto changes = [](const model::Expr &expr) {
    bool isFixed = expr.variable && (expr.variable->kind == model::VariableKind::Parameter ||
                                     expr.variable->kind == model::VariableKind::Constant || expr.variable->kind == model::VariableKind::Let);
    return expr.kind == model::Expr::Kind::Time || (expr.variable && !isFixed);
  };
  auto looksBack = [](const model::Expr &expr) {
    return expr.kind == model::Expr::Kind::Old || expr.kind == model::Expr::Kind::Delayed || expr.kind == model::Expr::Kind::SinceSpike ||
           (expr.variable && expr.variable->kind == model::VariableKind::Input);
  };
  if (findUse(*delay.expr, changes)) {
    context.error(DiagnosticCode::M7, delaySyntax.range, "the delay of `delayed` cannot change in time");
    return {};
  }
  if (std::optional<double> constant = constantValue(*delay.expr); constant && *constant < 0) {
    context.error(DiagnosticCode::M13, delaySyntax.range, "the delay of `delayed` cannot be negative");
    return {};
  }
  if (findUse(*value.expr, looksBack)) {
    context.error(DiagnosticCode::P6, call.arguments[0].value->range,
                  "an input, or something that looks back itself, is not supported yet in `delayed`");
    return {};
  }
  model::Expr *expr = context.make(model::Expr::Kind::Delayed, call.range);
  expr->dimension = value.dimension.known;
  expr->operands = {value.expr, delay.expr};
  if (rules.implied)
    rules.implied->lookBack(*expr);
  value.expr = expr;
  value.height = std::max(value.height, delay.height) + 1;
  return value;
}

Value ExpressionChecker::checkSince(const ast::SinceExpr &since) {
  StringRef event = since.event.text;
  if (event != "spike" && event != "pre" && event != "post") {
    context.error(DiagnosticCode::N8, since.event.range,
                  "`since " + event + "` is not known; what is known is the time `since spike` in a neuron, and `since pre` or `since post` "
                  "in what lies between neurons");
    return {};
  }
  if (event != "spike")
    return checkSinceEvent(since);
  if (!rules.past || !rules.hasSpikes) {
    context.error(DiagnosticCode::N8, since.range, "`since spike` is known only to what a neuron does in a step");
    return {};
  }
  model::Expr *expr = context.make(model::Expr::Kind::SinceSpike, since.range);
  expr->dimension = Dimension::time();
  return {expr, expr->dimension, {"ms", 1}};
}

/// `since pre` and `since post`: states of the synapse or rule.
Value ExpressionChecker::checkSinceEvent(const ast::SinceExpr &since) {
  bool isRule = rules.past && !rules.hasSpikes;
  if (!rules.implied || (since.event.text == "post" && !isRule)) {
    context.error(DiagnosticCode::N8, since.range,
                  "`since " + since.event.text + "` is known only to what a " +
                      (since.event.text == "pre" ? "synapse or a plasticity rule does in a step" : "plasticity rule does in a step"));
    return {};
  }
  return context.variable(model::Expr::Kind::Variable, rules.implied->since(since.event.text, since.range), since.range);
}

Value ExpressionChecker::inlineFunction(const ast::CallExpr &call, const ast::FunctionStmt &function) {
  unsigned arity = function.parameters.size();
  if (!checkArgumentCount(call, arity, arity))
    return {};
  for (const ast::CallExpr *outer : context.calls)
    if (outer->callee.text == call.callee.text) {
      context.error(DiagnosticCode::N6, call.range, "function `" + call.callee.text + "` calls itself");
      return {};
    }
  Scope parameters;
  bool failed = false;
  for (unsigned i = 0; i < arity; ++i) {
    Value argument = check(*call.arguments[i].value);
    failed |= !argument;
    parameters.add(function.parameters[i].text, [argument](llvm::SMRange) { return argument; });
  }
  if (failed)
    return {};
  if (++context.inlinedCalls > CheckContext::sizeLimit) {
    if (context.inlinedCalls == CheckContext::sizeLimit + 1)
      context.error(DiagnosticCode::N7, call.range, "more than 100000 calls of functions have been written out");
    return {};
  }
  context.calls.push_back(&call);
  ExpressionChecker body(context, {&parameters, &context.constants()}, weight);
  Value result = body.check(*function.value);
  context.calls.pop_back();
  return result;
}

Value ExpressionChecker::reportUnknownFunction(const ast::CallExpr &call) {
  StringRef name = call.callee.text;
  if (llvm::is_contained(laterFunctions, name)) {
    context.error(DiagnosticCode::P6, call.callee.range, "`" + name + "` is not supported yet");
    return {};
  }
  if (isDistribution(name)) {
    context.error(DiagnosticCode::N8, call.callee.range, "`" + name + "` is a distribution, which stands behind `~`");
    return {};
  }
  NearestName nearest(name);
  for (const Builtin &builtin : builtins)
    nearest.consider(builtin.name);
  for (StringRef noise : noiseFunctions)
    nearest.consider(noise);
  for (StringRef other : {"load", "gaussian", "exponential"})
    nearest.consider(other);
  for (const auto &function : context.allFunctions())
    nearest.consider(function.first);
  suggest(context.error(DiagnosticCode::N8, call.callee.range, "unknown function `" + name + "`" + nearest.hint()),
          call.callee.range, nearest);
  return {};
}
