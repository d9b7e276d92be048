// The `const`, `let` and `param` of a network.

#include "frontend/CheckDimension.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckNetwork.h"

#include "llvm/Support/SaveAndRestore.h"

#include <cmath>

using namespace snn;
using llvm::Twine;

Value NetworkNames::variable(Declared &declared, const ast::VariableStmt &syntax) {
  if (declared.state == Declared::Visiting)
    context.error(DiagnosticCode::N6, declared.range, "`" + syntax.name.text + "` is defined in terms of itself");
  if (declared.state != Declared::Unvisited)
    return declared.value;
  declared.state = Declared::Visiting;
  llvm::SaveAndRestore ofNobody(context.dataPlace, DataPlace());
  // A value does not depend on the copy that needs it first.
  InInstance outsideOfCopies(*this, nullptr);
  llvm::SaveAndRestore elsewhere(context.copies, use ? context.copies : CheckContext::Copies());
  WeightDimension none;
  ExpressionChecker checker(context, scopes(), none);
  if (!syntax.value)
    context.error(DiagnosticCode::M5, syntax.name.range, "`" + syntax.name.text + "` needs a value");
  else if (auto *draw = llvm::dyn_cast<ast::DrawExpr>(syntax.value))
    context.error(DiagnosticCode::P6, draw->range, "a value drawn for a whole network is not supported yet");
  else
    declared.value = checker.check(*syntax.value);
  if (syntax.dimension) {
    auto noNames = [](const ast::Name &) -> std::optional<std::optional<DimensionTerm>> { return std::nullopt; };
    if (std::optional<DimensionClause> clause = dimensionOf(*syntax.dimension, context, noNames, variables))
      declared.value =
          checker.requireDimension(declared.value, *syntax.value, clause->dimension, "`" + syntax.name.text + "`");
  }
  if (std::optional<Value> given = overriddenValue(syntax, declared.value))
    declared.value = *given;
  if (syntax.keyword == ast::VariableKeyword::Param && declared.value)
    makeParameter(declared.value, syntax);
  declared.state = Declared::Done;
  return declared.value;
}

/// A parameter that is a number becomes a run-time value of its own; one that is made of others follows them.
void NetworkNames::makeParameter(Value &value, const ast::VariableStmt &syntax) {
  const model::Expr *number = folded(value.expr, context);
  if (number->kind != model::Expr::Kind::Number)
    return;
  auto &parameter = network.parameters.emplace_back(std::make_unique<model::NetworkParameter>());
  parameter->name = prefix + syntax.name.text.str();
  parameter->value = number;
  parameter->unit = value.unit.text.empty() ? baseUnit(value.dimension.known) : value.unit;
  parameter->documentation = syntax.documentation.str();
  model::Expr *expr = context.make(model::Expr::Kind::Parameter, value.expr->range);
  expr->parameter = parameter.get();
  expr->dimension = value.dimension.known;
  value = {expr, value.dimension, parameter->unit};
}

void NetworkNames::checkValues() {
  for (const ast::Stmt *stmt : syntax.body.statements)
    if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt)) {
      // There is none where a population has the name; that has been reported.
      if (const Scope::Resolver *resolver = variables.find(variable->name.text))
        (*resolver)(variable->name.range);
    }
  for (const auto &table : tables)
    table->check();
  for (const Instance &instance : allInstances)
    if (instance.declared && instance.declared->part)
      instance.declared->part->checkValues();
}

std::optional<uint64_t> NetworkNames::count(const ast::Expr &expr, const Twine &what) {
  WeightDimension none;
  ExpressionChecker checker(context, scopes(), none);
  unsigned tableReads = context.tableReads;
  Value value = checker.requireDimension(checker.checkQuantity(expr), expr, Dimension::number(), what);
  if (!value)
    return std::nullopt;
  std::optional<double> constant = constantValue(*value.expr);
  if (!constant) {
    context.error(DiagnosticCode::C9, expr.range, what + " must be known before the run");
    return std::nullopt;
  }
  if (!checkTableIsFixed(expr, value, tableReads, what))
    return std::nullopt;
  fixParameters(*value.expr);
  if (!(*constant >= 0) || *constant != std::floor(*constant) || *constant > 9007199254740992.0) {
    context.error(DiagnosticCode::C1, expr.range,
                  what + " must be a whole number from 0 to 2^53" + butIs(expr, *constant));
    return std::nullopt;
  }
  return static_cast<uint64_t>(*constant);
}

std::optional<ast::Name> NetworkNames::element(const ast::Name &vector, const ast::IndexExpr &index) {
  if (index.subscripts.size() != 1 || index.subscripts[0].isSlice) {
    context.error(DiagnosticCode::M17, index.range, "an element of `" + vector.text + "` is chosen by one number");
    return std::nullopt;
  }
  std::optional<uint64_t> position = count(*index.subscripts[0].begin, "the number of an element");
  if (!position)
    return std::nullopt;
  std::string text = (vector.text + "[" + Twine(*position) + "]").str();
  return ast::Name{llvm::StringRef(text).copy(context.arena), {vector.range.Start, index.range.End}};
}

bool NetworkNames::checkTableIsFixed(const ast::Expr &expr, const Value &value, unsigned tableReadsBefore,
                                     const Twine &what) {
  if (context.tableReads == tableReadsBefore || !dependsOnParameter(*value.expr))
    return true;
  context.error(DiagnosticCode::C9, expr.range,
                what + " must be known before the run, and a `param` in the table may change then; a `const` cannot");
  return false;
}
