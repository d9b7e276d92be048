// Names of a network: populations, groups and slices of them, projections, and values.

#include "frontend/CheckDimension.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckNetwork.h"

#include "llvm/Support/SaveAndRestore.h"

#include <cmath>

using namespace snn;
using llvm::StringRef;
using llvm::Twine;

std::string UniqueNames::add(const Twine &name) {
  std::string unique = name.str();
  if (unsigned time = ++times[unique]; time > 1)
    unique += " (" + std::to_string(time) + ")";
  return unique;
}

NetworkNames::NetworkNames(CheckContext &context, const ast::NetworkStmt &syntax) : context(context), syntax(syntax) {
  for (const ast::Stmt *stmt : syntax.body.statements) {
    if (auto *population = llvm::dyn_cast<ast::PopulationStmt>(stmt))
      declare(population->name, *stmt);
    else if (auto *group = llvm::dyn_cast<ast::GroupStmt>(stmt))
      declare(group->name, *stmt);
    else if (auto *projection = llvm::dyn_cast<ast::ProjectionStmt>(stmt); projection && projection->alias)
      declare(projection->alias, *stmt);
    else if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt))
      declare(variable->name, *stmt);
  }
  variables.incomplete = syntax.body.lacksNames;
}

void NetworkNames::declare(const ast::Name &name, const ast::Stmt &stmt) {
  auto [found, isNew] = names.try_emplace(name.text, Declared{&stmt, name.range, Declared::Unvisited, {}, {}});
  if (!isNew) {
    context.error(DiagnosticCode::N2, name.range, "`" + name.text + "` is declared twice")
        .note(found->second.range, "it is declared here first");
    return;
  }
  if (auto *variableSyntax = llvm::dyn_cast<ast::VariableStmt>(&stmt))
    variables.add(name.text, [this, variableSyntax](llvm::SMRange) {
      return variable(names.find(variableSyntax->name.text)->second, *variableSyntax);
    }, name.range);
}

Value NetworkNames::variable(Declared &declared, const ast::VariableStmt &syntax) {
  if (declared.state == Declared::Visiting)
    context.error(DiagnosticCode::N6, declared.range, "`" + syntax.name.text + "` is defined in terms of itself");
  if (declared.state != Declared::Unvisited)
    return declared.value;
  declared.state = Declared::Visiting;
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
  auto &parameter = network->parameters.emplace_back(std::make_unique<model::NetworkParameter>());
  parameter->name = syntax.name.text.str();
  parameter->value = number;
  parameter->unit = value.unit.text.empty() ? baseUnit(value.dimension.known) : value.unit;
  parameter->documentation = syntax.documentation.str();
  model::Expr *expr = context.make(model::Expr::Kind::Parameter, value.expr->range);
  expr->parameter = parameter.get();
  expr->dimension = value.dimension.known;
  value = {expr, value.dimension, parameter->unit};
}

bool NetworkNames::isGroup(StringRef name) const {
  auto found = names.find(name);
  return found != names.end() && llvm::isa<ast::PopulationStmt, ast::GroupStmt>(found->second.syntax);
}

bool NetworkNames::isProjection(StringRef name) const {
  auto found = names.find(name);
  return found != names.end() && llvm::isa<ast::ProjectionStmt>(found->second.syntax);
}

std::optional<model::Group> NetworkNames::group(const ast::Expr &expr) {
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr))
    return namedGroup(*name);
  if (auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr))
    return slice(*index);
  if (!llvm::isa<ast::ErrorExpr>(expr))
    context.error(DiagnosticCode::N5, expr.range, "a population, a group or a slice of one is needed here");
  return std::nullopt;
}

std::optional<model::Group> NetworkNames::namedGroup(const ast::NameExpr &name) {
  auto found = names.find(name.name);
  if (found == names.end() || !isGroup(name.name)) {
    if (found == names.end() && (variables.incomplete || !variables.isFirstUnknown(name.name)))
      return std::nullopt;
    NearestName nearest(name.name);
    for (const auto &entry : names)
      if (isGroup(entry.first()))
        nearest.consider(entry.first());
    suggest(context.error(DiagnosticCode::N5, name.range,
                          "unknown population or group `" + name.name + "`" + nearest.hint()),
            name.range, nearest);
    return std::nullopt;
  }
  Declared &declared = found->second;
  if (llvm::isa<ast::PopulationStmt>(declared.syntax)) {
    model::Population *population = populations.lookup(name.name);
    if (!population)
      return std::nullopt;
    return model::Group{population->name, population, 0, population->size, name.range};
  }
  if (declared.state == Declared::Visiting) {
    context.error(DiagnosticCode::N6, declared.range, "group `" + name.name + "` is part of itself");
    return std::nullopt;
  }
  if (declared.state == Declared::Unvisited) {
    llvm::SaveAndRestore deeper(context.depth, context.depth + 1);
    declared.state = Declared::Visiting;
    if (!context.isTooDeep(declared.range, "groups"))
      declared.group = group(*llvm::cast<ast::GroupStmt>(declared.syntax)->members);
    if (declared.group)
      declared.group->name = name.name.str();
    declared.state = Declared::Done;
  }
  std::optional<model::Group> result = declared.group;
  if (result)
    result->range = name.range;
  return result;
}

std::optional<model::Group> NetworkNames::slice(const ast::IndexExpr &index) {
  std::optional<model::Group> whole = group(*index.base);
  if (!whole)
    return std::nullopt;
  if (index.subscripts.size() != 1) {
    context.error(DiagnosticCode::P6, index.range, "families of populations are not supported yet");
    return std::nullopt;
  }
  const ast::Subscript &subscript = index.subscripts.front();
  uint64_t size = whole->end - whole->begin;
  std::optional<uint64_t> begin = 0, end = size;
  if (subscript.begin)
    begin = count(*subscript.begin, "an index");
  if (subscript.isSlice && subscript.end)
    end = count(*subscript.end, "an index");
  if (!begin || !end)
    return std::nullopt;
  if (!subscript.isSlice)
    end = *begin + 1;
  auto report = [&](const Twine &message) {
    context.error(DiagnosticCode::C1, subscript.range, message)
        .note(whole->population->range, "population `" + whole->population->name + "` is declared here");
    return std::nullopt;
  };
  std::string wholeName = quoted(*index.base) + " has " + std::to_string(size) + (size == 1 ? " neuron" : " neurons");
  if (*end > size)
    return report(wholeName + ", so index " + Twine(subscript.isSlice ? *end - 1 : *begin) + " is out of range");
  if (*begin >= *end)
    return report("the slice " + (*begin == *end ? "is empty" : std::string("ends before it begins")) + ": " +
                  wholeName);
  return model::Group{"", whole->population, whole->begin + *begin, whole->begin + *end, index.range};
}

std::optional<uint64_t> NetworkNames::count(const ast::Expr &expr, const Twine &what) {
  WeightDimension none;
  ExpressionChecker checker(context, scopes(), none);
  Value value = checker.requireDimension(checker.checkQuantity(expr), expr, Dimension::number(), what);
  if (!value)
    return std::nullopt;
  std::optional<double> constant = constantValue(*value.expr);
  if (!constant) {
    context.error(DiagnosticCode::C9, expr.range, what + " must be known before the run");
    return std::nullopt;
  }
  fixParameters(*value.expr);
  if (!(*constant >= 0) || *constant != std::floor(*constant) || *constant > 9007199254740992.0) {
    context.error(DiagnosticCode::C1, expr.range,
                  what + " must be a whole number from 0 to 2^53" + butIs(expr, *constant));
    return std::nullopt;
  }
  return static_cast<uint64_t>(*constant);
}
