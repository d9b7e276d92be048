#include "frontend/CheckMeasure.h"

#include "frontend/CheckDimension.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::SMRange;
using llvm::StringRef;
using llvm::Twine;
using model::Measure;
using model::Op;
using model::Shape;
using model::TrainingArray;

MeasureChecker::MeasureChecker(DefinitionTable &definitions, NetworkNames &names, const ast::Block &block,
                               ScopeList scopes, model::Training &training)
    : context(names.context), definitions(definitions), names(names), scopes(std::move(scopes)), training(training) {
  for (const ast::Stmt *stmt : block.statements)
    if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt))
      lets.try_emplace(variable->name.text, Let{variable, Let::Unvisited, {}, {}});
}

const Measure *MeasureChecker::check(const ast::Expr &expr, Role wanted) {
  role = wanted;
  Measured value = check(expr);
  if (!value || !requireKnown(value, expr))
    return nullptr;
  std::string what = role == Role::Loss ? "a loss" : "a metric";
  if (!value.measure->shape.isSingle()) {
    context.error(DiagnosticCode::T3, expr.range,
                  what + " is one number for each sample, but " + quoted(expr, "this") + " is " +
                      describe(value.measure->shape) + "; `sum` and `mean` make one number of them");
    return nullptr;
  }
  return requireNumber(value, expr, what) ? value.measure : nullptr;
}

Measured MeasureChecker::make(Measure measure, UnitSpelling unit) {
  context.model.measures.push_back(std::make_unique<Measure>(std::move(measure)));
  return {context.model.measures.back().get(), std::move(unit)};
}

//===-- What is asked for -------------------------------------------------------------------------------------------------===//

/// The first name of `V1.P[L4E].V`.
static StringRef rootOf(const ast::Expr &expr) {
  if (auto *member = llvm::dyn_cast<ast::MemberExpr>(&expr))
    return rootOf(*member->base);
  if (auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr))
    return rootOf(*index->base);
  auto *name = llvm::dyn_cast<ast::NameExpr>(&expr);
  return name ? name->name : StringRef();
}

bool MeasureChecker::isOfNetwork(const ast::MemberExpr &member) {
  StringRef root = rootOf(member);
  return !root.empty() &&
         llvm::none_of(scopes, [&](const Scope *scope) { return scope->findMembers(root) != nullptr; });
}

/// Is `expr` more than an expression of numbers and the network's values?
bool MeasureChecker::mentions(const ast::Expr &expr) {
  llvm::SaveAndRestore deeper(context.depth, context.depth + 1);
  if (context.depth > CheckContext::heightLimit)
    return false; // which is reported where the expression is checked
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr)) {
    if (parameters)
      return parameters->contains(name->name);
    auto isCalled = [&](const auto &array) { return array->name == name->name; };
    if (llvm::any_of(training.arrays, isCalled) || names.isGroup(name->name) || names.isProjection(name->name))
      return true;
    auto found = lets.find(name->name);
    if (found == lets.end() || !found->second.syntax->value)
      return false;
    Let &let = found->second;
    if (!let.mentions) {
      let.mentions = false; // one that is made of itself is for others to report
      let.mentions = mentions(*let.syntax->value);
    }
    return *let.mentions;
  }
  if (auto *member = llvm::dyn_cast<ast::MemberExpr>(&expr))
    return !parameters && isOfNetwork(*member);
  if (auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr))
    return mentions(*index->base);
  if (auto *unary = llvm::dyn_cast<ast::UnaryExpr>(&expr))
    return mentions(*unary->operand);
  if (auto *binary = llvm::dyn_cast<ast::BinaryExpr>(&expr))
    return mentions(*binary->left) || mentions(*binary->right);
  if (auto *choice = llvm::dyn_cast<ast::IfExpr>(&expr))
    return mentions(*choice->condition) || mentions(*choice->thenValue) || mentions(*choice->elseValue);
  if (auto *call = llvm::dyn_cast<ast::CallExpr>(&expr))
    return isMeasureFunction(*call) ||
           llvm::any_of(call->arguments, [&](const ast::Argument &argument) { return mentions(*argument.value); });
  return false;
}

Measured MeasureChecker::reject(const ast::Expr &expr, const Twine &what) {
  context.error(DiagnosticCode::T8, expr.range, what);
  return {};
}

Measured MeasureChecker::check(const ast::Expr &expr) {
  llvm::SaveAndRestore deeper(context.depth, context.depth + 1);
  if (llvm::isa<ast::ErrorExpr>(expr) || context.isTooDeep(expr.range, "expressions"))
    return {};
  if (!mentions(expr))
    return scalar(expr);
  switch (expr.kind) {
  case ast::ExprKind::Name:
    return name(llvm::cast<ast::NameExpr>(expr));
  case ast::ExprKind::Member:
    return member(llvm::cast<ast::MemberExpr>(expr));
  case ast::ExprKind::Call:
    return call(llvm::cast<ast::CallExpr>(expr));
  case ast::ExprKind::Index:
    return reject(expr, "neurons are chosen in front of what is read of them, as in `out[:5].V`");
  case ast::ExprKind::Unary: {
    auto &unary = llvm::cast<ast::UnaryExpr>(expr);
    if (unary.op == ast::UnaryOp::Not)
      break;
    Measured operand = check(*unary.operand);
    if (!operand || !requireKnown(operand, *unary.operand) || unary.op == ast::UnaryOp::Plus)
      return operand;
    return make({.kind = Measure::Kind::Apply,
                 .shape = operand.measure->shape,
                 .dimension = operand.measure->dimension,
                 .range = expr.range,
                 .op = Op::Neg,
                 .operands = {operand.measure}},
                operand.unit);
  }
  case ast::ExprKind::Binary: {
    auto &binary = llvm::cast<ast::BinaryExpr>(expr);
    switch (binary.op) {
    case ast::BinaryOp::Add:
    case ast::BinaryOp::Sub:
      return sum(binary, opOf(binary.op));
    case ast::BinaryOp::Mul:
    case ast::BinaryOp::Div:
      return product(binary, opOf(binary.op));
    case ast::BinaryOp::Pow:
      return power(binary);
    default:
      break;
    }
    break;
  }
  default:
    break;
  }
  return reject(
      expr,
      "a loss is made of sums, products, powers and functions of what the network does; a condition has no gradient");
}

Measured MeasureChecker::scalar(const ast::Expr &expr) {
  WeightDimension none;
  ScopeList visible = parameters ? ScopeList{&context.constants()} : scopes;
  Value value = ExpressionChecker(context, visible, none).checkQuantity(expr);
  if (!value)
    return {};
  Measured result = make({.kind = Measure::Kind::Number,
                          .dimension = value.dimension.known,
                          .range = expr.range,
                          .value = folded(value.expr, context)},
                         value.unit);
  result.fitsEverything = value.fitsEverything;
  return result;
}

//===-- Names -------------------------------------------------------------------------------------------------------------===//

Measured MeasureChecker::name(const ast::NameExpr &expr) {
  if (parameters)
    return parameters->lookup(expr.name);
  for (const auto &array : training.arrays)
    if (array->name == expr.name)
      return label(*array, expr.range);
  if (auto found = lets.find(expr.name); found != lets.end())
    return let(*found->second.syntax);
  if (names.isProjection(expr.name))
    return reject(expr, "`" + expr.name + "` is a projection; its weights are `" + expr.name + ".weight`");
  return reject(expr, "`" + expr.name + "` is a population; a loss reads its states or spikes, as in `" + expr.name +
                          ".spikes`");
}

Measured MeasureChecker::let(const ast::VariableStmt &syntax) {
  Let &let = lets[syntax.name.text];
  if (let.state == Let::Visiting)
    context.error(DiagnosticCode::N6, syntax.name.range, "`" + syntax.name.text + "` is defined in terms of itself");
  if (let.state == Let::Unvisited) {
    let.state = Let::Visiting;
    let.value = check(*syntax.value);
    let.state = Let::Done;
  }
  return let.value;
}

Measured MeasureChecker::label(TrainingArray &array, SMRange range) {
  if (array.input) {
    context
        .error(DiagnosticCode::T8, range,
               "`" + array.name + "` is what the network is given; a loss reads labels and what the network does")
        .note(array.range, "it is given here");
    return {};
  }
  return make({.kind = Measure::Kind::Label,
               .shape = array.shape,
               .dimension = array.dimension,
               .range = range,
               .label = &array},
              array.unit);
}

Measured MeasureChecker::member(const ast::MemberExpr &member) {
  if (auto projections = names.projections(*member.base)) {
    if (projections->size() == 1)
      return ofProjection(*projections->front(), member);
    if (!projections->empty())
      context.error(DiagnosticCode::C12, member.base->range,
                    quoted(*member.base) + " is a family, and a loss reads one member of it");
    return {};
  }
  auto [owner, variable] = ownerAndVariable(member, names);
  std::optional<model::Group> group = names.group(*owner);
  return group && definitions.isSound(*group->population->model.definition) ? ofNeurons(*group, variable, member)
                                                                            : Measured();
}

Measured MeasureChecker::ofNeurons(const model::Group &group, const ast::Name &name, const ast::MemberExpr &member) {
  const model::Definition &definition = *group.population->model.definition;
  const model::Variable *variable = definition.find(name.text);
  Measure measure = {.kind = Measure::Kind::State,
                     .shape = {true, group.end - group.begin},
                     .range = member.range,
                     .group = group,
                     .variable = variable};
  if (!variable && name.text == "spikes" && definition.spike) {
    measure.kind = Measure::Kind::Spikes;
    return make(std::move(measure));
  }
  bool isRead = variable &&
                (variable->kind == model::VariableKind::State || variable->kind == model::VariableKind::Input) &&
                !variable->isEvent;
  if (isRead) {
    measure.dimension = variable->dimension;
    return make(std::move(measure), variable->unit);
  }
  NearestName nearest(name.text);
  nearest.consider("spikes");
  for (const auto &other : definition.variables)
    if (other->kind == model::VariableKind::State || other->kind == model::VariableKind::Input)
      nearest.consider(other->name);
  std::string what = name.text == "spikes" ? "`" + definition.name + "` never spikes"
                     : variable
                         ? "`" + name.text.str() + "` is no state or input, and a loss reads these"
                         : "`" + definition.name + "` has no state or input `" + name.text.str() + "`" + nearest.hint();
  Diagnostic &report = context.error(DiagnosticCode::T8, name.range, what);
  if (!variable)
    suggest(report, name.range, nearest);
  report.note(variable ? variable->range : definition.range,
              "`" + (variable ? variable->name : definition.name) + "` is declared here");
  return {};
}

Measured MeasureChecker::ofProjection(const model::Projection &projection, const ast::MemberExpr &member) {
  if (member.member.text != "weight" && member.member.text != "w") {
    context
        .error(DiagnosticCode::T8, member.member.range,
               "of a projection a loss reads the weights, `" + projection.name + ".weight`, and no `" +
                   member.member.text + "`")
        .note(projection.range, "`" + projection.name + "` is declared here");
    return {};
  }
  return make({.kind = Measure::Kind::Weights,
               .shape = {.synapses = &projection},
               .dimension = projection.weightDimension,
               .range = member.range,
               .projection = &projection},
              projection.weightUnit);
}

//===-- Operators -----------------------------------------------------------------------------------------------------------===//

Measured MeasureChecker::sum(const ast::BinaryExpr &binary, Op op) {
  Measured left = check(*binary.left), right = check(*binary.right);
  if (!left || !right)
    return {};
  std::optional<Shape> shape = commonShape(left, *binary.left, right, *binary.right, binary.range);
  if (!shape || !agree(left, *binary.left, right, *binary.right, binary.range))
    return {};
  const Measured &known = left.fitsEverything ? right : left;
  return make({.kind = Measure::Kind::Apply,
               .shape = *shape,
               .dimension = known.measure->dimension,
               .range = binary.range,
               .op = op,
               .operands = {left.measure, right.measure}},
              known.unit);
}

Measured MeasureChecker::product(const ast::BinaryExpr &binary, Op op) {
  Measured left = check(*binary.left), right = check(*binary.right);
  if (!left || !right)
    return {};
  if (!requireKnown(left, *binary.left) || !requireKnown(right, *binary.right))
    return {};
  std::optional<Shape> shape = commonShape(left, *binary.left, right, *binary.right, binary.range);
  if (!shape)
    return {};
  if (op == Op::Div && right.fitsEverything) {
    context.error(DiagnosticCode::U5, binary.right->range, "division by zero");
    return {};
  }
  const Dimension &a = left.measure->dimension, &b = right.measure->dimension;
  return make({.kind = Measure::Kind::Apply,
               .shape = *shape,
               .dimension = op == Op::Mul ? a * b : a / b,
               .range = binary.range,
               .op = op,
               .operands = {left.measure, right.measure}});
}

Measured MeasureChecker::power(const ast::BinaryExpr &binary) {
  Measured base = check(*binary.left), exponent = check(*binary.right);
  if (!base || !exponent || !requireKnown(base, *binary.left) || !requireKnown(exponent, *binary.right) ||
      !requireNumber(exponent, *binary.right, "an exponent"))
    return {};
  std::optional<double> constant = exponent.measure->value ? constantValue(*exponent.measure->value) : std::nullopt;
  std::optional<Rational> power = constant ? Rational::fromDouble(*constant) : std::nullopt;
  if (!power) {
    context.error(DiagnosticCode::U5, binary.right->range,
                  "an exponent in a loss is a constant fraction, and " + quoted(*binary.right) + " is not");
    return {};
  }
  fixParameters(*exponent.measure->value);
  return make({.kind = Measure::Kind::Apply,
               .shape = base.measure->shape,
               .dimension = base.measure->dimension.pow(*power),
               .range = binary.range,
               .op = Op::Pow,
               .operands = {base.measure, exponent.measure}});
}
