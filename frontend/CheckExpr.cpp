#include "frontend/CheckExpr.h"
#include "frontend/CheckDimension.h"
#include "frontend/CheckFold.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SaveAndRestore.h"

#include <cmath>

using namespace snn;
using llvm::SMRange;
using llvm::StringRef;
using llvm::Twine;
using model::Op;

Value ExpressionChecker::check(const ast::Expr &expr) {
  if (context.diagnostics.isFull())
    return {};
  llvm::SaveAndRestore deeper(context.depth, context.depth + 1);
  if (context.isTooDeep(expr.range, "expressions"))
    return {};
  return checkKind(expr);
}

Value ExpressionChecker::checkKind(const ast::Expr &expr) {
  switch (expr.kind) {
  case ast::ExprKind::Number:
    return checkNumber(llvm::cast<ast::NumberExpr>(expr));
  case ast::ExprKind::Name:
    return checkName(llvm::cast<ast::NameExpr>(expr));
  case ast::ExprKind::Member:
    return checkMember(llvm::cast<ast::MemberExpr>(expr));
  case ast::ExprKind::Unary:
    return checkUnary(llvm::cast<ast::UnaryExpr>(expr));
  case ast::ExprKind::Binary:
    return checkBinary(llvm::cast<ast::BinaryExpr>(expr));
  case ast::ExprKind::If:
    return checkIf(llvm::cast<ast::IfExpr>(expr));
  case ast::ExprKind::Call:
    return checkCall(llvm::cast<ast::CallExpr>(expr));
  case ast::ExprKind::Text:
    context.error(DiagnosticCode::U4, expr.range, "a number or quantity is needed here, not a text");
    return {};
  case ast::ExprKind::Index:
    return checkIndex(llvm::cast<ast::IndexExpr>(expr));
  case ast::ExprKind::Comprehension:
    return checkComprehension(llvm::cast<ast::ComprehensionExpr>(expr));
  case ast::ExprKind::List:
    context.error(DiagnosticCode::M17, expr.range, "a list stands only where a vector is needed, as in `param tau[2] = [20, 200] ms`");
    return {};
  case ast::ExprKind::Draw:
    context.error(DiagnosticCode::N4, expr.range, "a distribution stands only behind `~`, as the whole value");
    return {};
  case ast::ExprKind::Since:
    return checkSince(llvm::cast<ast::SinceExpr>(expr));
  case ast::ExprKind::Error:
    return {};
  }
  llvm_unreachable("every kind of expression is listed");
}

Value ExpressionChecker::checkQuantity(const ast::Expr &expr) {
  Value value = check(expr);
  if (!value.isTruth())
    return value;
  context.error(DiagnosticCode::U4, expr.range, quoted(expr) + " is a condition, but a quantity is needed here");
  return {};
}

Value ExpressionChecker::checkTruth(const ast::Expr &expr) {
  Value value = check(expr);
  if (!value || value.isTruth())
    return value;
  context.error(DiagnosticCode::U4, expr.range,
                quoted(expr) + " is " + weight.describe(value.dimension) + ", but a condition is needed here");
  return {};
}

Value ExpressionChecker::checkValueOrDraw(const ast::Expr &expr) {
  if (auto *draw = llvm::dyn_cast<ast::DrawExpr>(&expr))
    return checkDraw(*draw);
  return checkQuantity(expr);
}

Value ExpressionChecker::checkAs(const ast::Expr &expr, const DimensionTerm &expected, const Twine &what) {
  return requireDimension(checkValueOrDraw(expr), expr, expected, what);
}

Value ExpressionChecker::requireDimension(Value value, const ast::Expr &expr, const DimensionTerm &expected,
                                          const Twine &what) {
  if (!value || value.fitsEverything || weight.unify(value.dimension, expected))
    return value;
  context.error(DiagnosticCode::U2, expr.range,
                what + " is " + weight.describe(expected) + ", but " + quoted(expr) + " is " +
                    weight.describe(value.dimension));
  return {};
}

Value ExpressionChecker::checkPlainNumber(const ast::Expr &expr, const Twine &what) {
  Value value = checkQuantity(expr);
  if (!value || value.fitsEverything || weight.unify(value.dimension, Dimension::number()))
    return value;
  context.error(DiagnosticCode::U3, expr.range,
                what + " needs a number, but " + quoted(expr) + " is " + weight.describe(value.dimension));
  return {};
}

Value ExpressionChecker::checkNumber(const ast::NumberExpr &number) {
  StringRef digits = number.digits; // the range may include parentheses
  if (!number.unit) {
    Value value = context.number(toBaseUnits(digits, Unit()), Dimension::number(), number.range);
    value.fitsEverything = value.expr->number == 0;
    return value;
  }
  if (isCelsius(*number.unit))
    return context.number(kelvinFromCelsius(digits), Dimension::temperature(), number.range, {"K", 1});
  std::optional<Unit> unit = unitOf(*number.unit, context);
  if (!unit)
    return {};
  double value = toBaseUnits(digits, *unit);
  if (!std::isfinite(value) || (value == 0 && toBaseUnits(digits, Unit()) != 0)) {
    context.error(DiagnosticCode::L4, number.range, quoted(number) + " is out of the range of numbers in base units");
    return {};
  }
  return context.number(value, unit->dimension, number.range, {number.unit->text().str(), unit->scale()});
}

/// Names that mean something in the language but not yet here.
static bool isOfLaterVersion(StringRef name) {
  return name == "spikes";
}

Value ExpressionChecker::checkName(const ast::NameExpr &name) {
  bool incomplete = false;
  for (const Scope *scope : scopes) {
    if (const Scope::Resolver *resolver = scope->find(name.name))
      return (*resolver)(name.range);
    if (const IndexName *found = scope->findIndexName(name.name))
      return reportIndexName(name, *found);
    incomplete |= scope->incomplete;
  }
  if (incomplete)
    return {};
  if (name.name == "xi")
    return checkWhiteNoise(name);
  if (isOfLaterVersion(name.name)) {
    context.error(DiagnosticCode::P6, name.range, "`" + name.name + "` is not supported yet");
    return {};
  }
  if (name.name == "position" || name.name == "distance") {
    context.error(DiagnosticCode::C13, name.range,
                  name.name == "distance" ? "`distance` is that of two joined neurons, so it stands in a projection"
                                          : "`position` is that of a neuron, so it stands in the settings of a population; "
                                            "of joined neurons it is `pre.position` and `post.position`");
    return {};
  }
  // Copies for members of index sets have scopes of their own in front of that of the network.
  auto isWritten = [](const Scope *scope) { return !scope->text.empty(); };
  const auto *written = llvm::find_if(scopes, isWritten);
  if (!(written == scopes.end() ? scopes.front() : *written)->isFirstUnknown(name.name))
    return {};
  NearestName nearest(name.name);
  for (const Scope *scope : scopes) {
    scope->considerAll(nearest);
    for (const auto &entry : scope->allIndexNames())
      nearest.consider(entry.getKey());
  }
  std::string hint = nearest.hint();
  if (hint.empty() && isUnitName(name.name))
    hint = "; a unit stands only behind a number";
  else if (std::optional<std::string> unit = nearestUnitName(name.name); hint.empty() && unit)
    hint = ", did you mean the unit `" + *unit + "`?";
  Diagnostic &report = context.error(DiagnosticCode::N1, name.range, "unknown name `" + name.name + "`" + hint);
  suggest(report, name.range, nearest);
  for (const Scope *scope : scopes)
    if (SMRange declaration = scope->declarationOf(nearest.best()); declaration.isValid()) {
      report.note(declaration, "`" + nearest.best() + "` is declared here" + (nearest.isUnused() ? ", and used nowhere" : ""));
      break;
    }
  return {};
}

Value ExpressionChecker::checkWhiteNoise(const ast::NameExpr &name) {
  if (!rules.noise) {
    context.error(DiagnosticCode::M11, name.range, "`xi` is white noise, which only an equation can contain");
    return {};
  }
  model::Expr *expr = context.make(model::Expr::Kind::WhiteNoise, name.range);
  expr->dimension = Dimension::time().pow(Rational(-1, 2));
  expr->stream = context.nextStream();
  return {expr, expr->dimension, {}};
}

Value ExpressionChecker::checkMember(const ast::MemberExpr &member) {
  auto *base = llvm::dyn_cast<ast::NameExpr>(member.base);
  auto *inner = llvm::dyn_cast<ast::MemberExpr>(member.base);
  auto *end = inner ? llvm::dyn_cast<ast::NameExpr>(inner->base) : nullptr;
  if (end && inner->member.text == "position") // `pre.position.x`
    for (const Scope *scope : scopes)
      if (const Scope::MemberResolver *resolver = scope->findMembers((end->name + ".position").str()))
        return (*resolver)(member.member.text, member.range).value_or(Value());
  if (!base) {
    context.error(DiagnosticCode::N1, member.range, "only `pre` and `post` have parts here");
    return {};
  }
  std::string path = (base->name + "." + member.member.text).str();
  for (const Scope *scope : scopes) {
    if (const Scope::Resolver *resolver = scope->find(path)) // a variable of a membrane mechanism
      return (*resolver)(member.range);
    if (const Scope::MemberResolver *resolver = scope->findMembers(base->name)) {
      if (std::optional<Value> value = (*resolver)(member.member.text, member.range))
        return *value;
      return {}; // the resolver has reported what is missing
    }
    if (scope->incomplete)
      return {};
  }
  context.error(DiagnosticCode::N1, base->range, "`" + base->name + "` has no parts that could be read here");
  return {};
}

Value ExpressionChecker::apply(Op op, llvm::ArrayRef<Value> operands, const DimensionTerm &dimension, SMRange range) {
  llvm::SmallVector<double, 3> numbers;
  unsigned size = 1, height = 1;
  for (const Value &operand : operands) {
    if (!operand)
      return {};
    if (operand.expr->kind == model::Expr::Kind::Number || operand.expr->kind == model::Expr::Kind::Truth)
      numbers.push_back(operand.expr->number);
    size += operand.size;
    height = std::max(height, operand.height + 1);
  }
  if (size > CheckContext::sizeLimit || height > CheckContext::heightLimit) {
    context.error(DiagnosticCode::N7, range, "the expression is too large with its functions and names written out");
    return {};
  }
  bool isTruth = op >= Op::Less && op <= Op::Not;
  if (op == Op::Select)
    isTruth = operands[1].isTruth();
  UnitSpelling unit;
  for (const Value &operand : operands)
    if (unit.text.empty() && !operand.isTruth() && operand.dimension == dimension)
      unit = operand.unit;
  // A branch that is known not to be taken says nothing.
  if (op == Op::Select && operands[0].expr->kind == model::Expr::Kind::Truth) {
    const Value &taken = operands[0].expr->number != 0 ? operands[1] : operands[2];
    if (taken.isTruth() || taken.dimension == dimension)
      return taken;
  }
  if (numbers.size() == operands.size()) {
    double result = evaluate(op, numbers);
    if (isTruth)
      return context.truth(result != 0, range);
    return context.number(result, dimension, range, std::move(unit));
  }
  model::Expr *expr = context.make(model::Expr::Kind::Apply, range);
  expr->op = op;
  expr->isTruth = isTruth;
  expr->dimension = dimension.known;
  for (const Value &operand : operands)
    expr->operands.push_back(operand.expr);
  return {expr, dimension, std::move(unit), /*fitsEverything=*/false, size, height};
}

Value ExpressionChecker::gate(const Value &condition, const Value &value, SMRange range) {
  Value zero = context.number(0, value.dimension, range, value.unit);
  return apply(Op::Select, {condition, value, zero}, value.dimension, range);
}

/// The mistake may be where a name was declared rather than where it is used.
static void noteDeclaration(Diagnostic &report, const ast::Expr &syntax, const Value &value) {
  const model::Variable *variable = value.expr->variable;
  if (!llvm::isa<ast::NameExpr>(syntax) || value.expr->kind != model::Expr::Kind::Variable)
    return;
  if (variable->kind == model::VariableKind::Let || variable->kind == model::VariableKind::Parameter ||
      variable->kind == model::VariableKind::Constant)
    report.note(variable->range, "`" + variable->name + "` is declared here");
}

bool ExpressionChecker::agree(const Value &left, const ast::Expr &leftExpr, const Value &right,
                              const ast::Expr &rightExpr, SMRange whole) {
  if (!left || !right)
    return false;
  if (left.fitsEverything || right.fitsEverything || weight.unify(left.dimension, right.dimension))
    return true;
  Diagnostic &report = context.error(DiagnosticCode::U1, whole,
                                     quoted(leftExpr, "the left side") + " is " + weight.describe(left.dimension) + ", but " +
                                         quoted(rightExpr, "the right side") + " is " + weight.describe(right.dimension));
  noteDeclaration(report, leftExpr, left);
  noteDeclaration(report, rightExpr, right);
  return false;
}
