// Vectors of fixed length: `param tau[n] = [20, 200] ms`, `state I[n] = 0 pA`, `sum(I)`, `I[0]`. Arithmetic is elementwise, so
// a vector is as many variables as it has elements, and a statement about it as many statements.

#include "frontend/CheckCompose.h"
#include "frontend/CheckVectorSettings.h"
#include "frontend/SyntaxCopy.h"

#include <cmath>

using namespace snn;
using llvm::StringRef;

/// Longer ones are populations.
static constexpr double longestVector = 1000;

//===-- Lengths -------------------------------------------------------------------------------------------------------===//

static bool isSum(const ast::Expr &expr) {
  auto *call = llvm::dyn_cast<ast::CallExpr>(&expr);
  return call && call->callee.text == "sum" && call->arguments.size() == 1;
}

/// What an expression is made of, where its length depends on that.
static llvm::SmallVector<const ast::Expr *, 4> partsOf(const ast::Expr &expr) {
  if (auto *unary = llvm::dyn_cast<ast::UnaryExpr>(&expr))
    return {unary->operand};
  if (auto *binary = llvm::dyn_cast<ast::BinaryExpr>(&expr))
    return {binary->left, binary->right};
  if (auto *choice = llvm::dyn_cast<ast::IfExpr>(&expr))
    return {choice->condition, choice->thenValue, choice->elseValue};
  llvm::SmallVector<const ast::Expr *, 4> parts;
  if (auto *call = llvm::dyn_cast<ast::CallExpr>(&expr); call && !isSum(expr))
    for (const ast::Argument &argument : call->arguments)
      parts.push_back(argument.value);
  if (auto *draw = llvm::dyn_cast<ast::DrawExpr>(&expr))
    parts = {draw->distribution};
  return parts;
}

unsigned ModelComposer::lengthOf(const ast::Expr &expr) {
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr))
    return lengths.lookup(name->name);
  if (auto *list = llvm::dyn_cast<ast::ListExpr>(&expr))
    return list->elements.size();
  unsigned length = 0;
  for (const ast::Expr *part : partsOf(expr)) {
    unsigned other = lengthOf(*part);
    if (length && other && length != other && !failed) {
      context.error(DiagnosticCode::M17, expr.range,
                    "vectors of " + llvm::Twine(length) + " and " + llvm::Twine(other) + " elements have no common length");
      fail();
    }
    length = length ? length : other;
  }
  return length;
}

/// Declared lengths, then those of derived quantities, which have that of their value.
void ModelComposer::findLengths(const Statements &statements) {
  for (const ast::Stmt *stmt : statements) {
    auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt);
    if (!variable || !variable->size)
      continue;
    Value size = constant(*variable->size, statements, overrides);
    if (!size)
      continue;
    double n = size.expr->number;
    bool isCount = !size.isTruth() && size.dimension.isNumber() && n >= 1 && n <= longestVector && n == std::floor(n);
    if (isCount && !variable->isEvent) {
      lengths[variable->name.text] = static_cast<unsigned>(n);
      continue;
    }
    if (isCount)
      context.error(DiagnosticCode::M17, variable->name.range,
                    "an input that receives events is no vector: each has an `on` of its own, so each has a name");
    else
      context.error(DiagnosticCode::M17, variable->size->range,
                    "a vector has a whole number of 1 to " + llvm::Twine(static_cast<unsigned>(longestVector)) + " elements" +
                        butIs(*variable->size, n));
    fail();
  }
  for (bool changed = true; changed && !failed;) {
    changed = false;
    for (const ast::Stmt *stmt : statements)
      if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt);
          variable && variable->keyword == ast::VariableKeyword::Let && variable->value && !lengths.contains(variable->name.text))
        if (unsigned length = lengthOf(*variable->value)) {
          lengths[variable->name.text] = length;
          changed = true;
        }
  }
}

//===-- Elements ------------------------------------------------------------------------------------------------------===//

const ast::Expr *ModelComposer::elementOf(const ast::Expr *expr, std::optional<unsigned> k) {
  SyntaxCopy::Names none;
  return SyntaxCopy(context.arena, none, [&](const ast::Expr &e) { return replaceVector(e, k); }).copy(expr);
}

const ast::Expr *ModelComposer::sumOf(const ast::CallExpr &call) {
  const ast::Expr &vector = *call.arguments[0].value;
  unsigned length = lengthOf(vector);
  if (length == 0) {
    if (!incomplete)
      context.error(DiagnosticCode::M17, call.range, quoted(vector) + " is a single value, of which there is no sum");
    fail();
    return make<ast::ErrorExpr>(call.range);
  }
  const ast::Expr *sum = elementOf(&vector, 0);
  for (unsigned k = 1; k < length; ++k) {
    auto *both = make<ast::BinaryExpr>(call.range);
    both->op = ast::BinaryOp::Add;
    both->opRange = call.range;
    both->left = sum;
    both->right = elementOf(&vector, k);
    sum = both;
  }
  return sum;
}

/// What stands for a vector, an element of one or a sum over one; null for all that is no vector itself.
const ast::Expr *ModelComposer::replaceVector(const ast::Expr &expr, std::optional<unsigned> k) {
  auto refuse = [&](const llvm::Twine &message) {
    if (!failed && !incomplete) // a declaration that could not be read may have been that of a vector
      context.error(DiagnosticCode::M17, expr.range, message);
    fail();
    return make<ast::ErrorExpr>(expr.range);
  };
  if (isSum(expr))
    return sumOf(llvm::cast<ast::CallExpr>(expr));
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr); name && lengths.contains(name->name)) {
    if (!k)
      return refuse("`" + name->name + "` is a vector, where a single value is needed; `sum(" + name->name + ")` and `" + name->name + "[0]` are");
    auto *element = make<ast::NameExpr>(expr.range);
    element->name = elementName({name->name, expr.range}, *k).text;
    return element;
  }
  if (auto *list = llvm::dyn_cast<ast::ListExpr>(&expr)) {
    if (!k)
      return refuse("a list stands only where a vector is needed");
    return listElement(*list, *k, context);
  }
  auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr);
  auto *base = index ? llvm::dyn_cast<ast::NameExpr>(index->base) : nullptr;
  if (!base || !lengths.contains(base->name))
    return nullptr;
  unsigned length = lengths.lookup(base->name);
  auto *position = index->subscripts.size() == 1 && !index->subscripts[0].isSlice
                       ? llvm::dyn_cast<ast::NumberExpr>(index->subscripts[0].begin)
                       : nullptr;
  if (!position || !position->integer || *position->integer >= length || position->unit)
    return refuse("an element of `" + base->name + "` is chosen by a whole number from 0 to " + llvm::Twine(length - 1));
  auto *element = make<ast::NameExpr>(expr.range);
  element->name = elementName({base->name, expr.range}, static_cast<unsigned>(*position->integer)).text;
  return element;
}

bool ModelComposer::hasLength(const ast::Expr &value, unsigned length, StringRef name) {
  unsigned given = lengthOf(value);
  if (given && given != length && !failed) {
    context.error(DiagnosticCode::M17, value.range,
                  "`" + name + "` has " + llvm::Twine(length) + " elements, but " + quoted(value, "its value") + " has " + llvm::Twine(given));
    fail();
  }
  return !failed;
}

void ModelComposer::expandVector(const ast::VariableStmt &variable, Statements &into) {
  unsigned length = lengths.lookup(variable.name.text);
  if (variable.value && !hasLength(*variable.value, length, variable.name.text))
    return;
  for (unsigned k = 0; k < length; ++k) {
    auto *element = new (context.arena) ast::VariableStmt(variable);
    element->name = elementName(variable.name, k);
    element->size = nullptr;
    element->value = elementOf(variable.value, k);
    llvm::SmallVector<ast::BoundClause, 2> bounds(variable.bounds);
    for (ast::BoundClause &bound : bounds)
      bound.value = elementOf(bound.value, k);
    element->bounds = llvm::ArrayRef<ast::BoundClause>(bounds).copy(context.arena);
    into.push_back(element);
  }
}

/// Changed defaults of vectors are changed defaults of their elements.
void ModelComposer::expandOverrides() {
  Overrides all;
  for (const auto &entry : overrides) {
    unsigned length = lengths.lookup(entry.first());
    const ast::AssignmentStmt &setting = *entry.second;
    if (length == 0) {
      all.try_emplace(entry.first(), &setting);
      continue;
    }
    if (!hasLength(*setting.value, length, entry.first()))
      return;
    for (unsigned k = 0; k < length; ++k) {
      auto *element = new (context.arena) ast::AssignmentStmt(setting);
      element->value = elementOf(setting.value, k);
      all.try_emplace(elementName({entry.first(), setting.range}, k).text, element);
    }
  }
  overrides = std::move(all);
}

//===-- Statements ----------------------------------------------------------------------------------------------------===//

/// Elements are assigned one after the other, so none may depend on another of the same vector.
ast::Block ModelComposer::elementsOf(const ast::Block &block) {
  llvm::SmallVector<const ast::Stmt *, 8> statements;
  for (const ast::Stmt *stmt : block.statements) {
    auto *assignment = llvm::dyn_cast<ast::AssignmentStmt>(stmt);
    auto *target = assignment ? llvm::dyn_cast<ast::NameExpr>(assignment->target) : nullptr;
    unsigned length = target ? lengths.lookup(target->name) : 0;
    if (length && !hasLength(*assignment->value, length, target->name))
      continue;
    for (unsigned k = 0; k < std::max(length, 1u); ++k) {
      if (!assignment) {
        statements.push_back(stmt);
        continue;
      }
      auto *element = new (context.arena) ast::AssignmentStmt(*assignment);
      std::optional<unsigned> which = length ? std::optional(k) : std::nullopt;
      element->target = elementOf(assignment->target, which);
      element->value = elementOf(assignment->value, which);
      statements.push_back(element);
    }
    if (length && sumsOrPicks(*assignment->value, target->name)) {
      context.error(DiagnosticCode::M17, assignment->value->range,
                    "an element of `" + target->name + "` would depend on others that have just been assigned; use a derived quantity or `old`");
      fail();
    }
  }
  ast::Block result = block;
  result.statements = llvm::ArrayRef<const ast::Stmt *>(statements).copy(context.arena);
  return result;
}

const ast::Stmt *ModelComposer::elementOf(const ast::Stmt &stmt, std::optional<unsigned> k) {
  if (auto *equation = llvm::dyn_cast<ast::EquationStmt>(&stmt)) {
    auto *copy = new (context.arena) ast::EquationStmt(*equation);
    if (k)
      copy->state = elementName(equation->state, *k);
    copy->startsGroup = equation->startsGroup && k.value_or(0) == 0;
    copy->value = elementOf(equation->value, k);
    return copy;
  }
  if (auto *spike = llvm::dyn_cast<ast::SpikeStmt>(&stmt)) {
    auto *copy = new (context.arena) ast::SpikeStmt(*spike);
    copy->condition = elementOf(spike->condition, std::nullopt);
    copy->threshold = elementOf(spike->threshold, std::nullopt);
    copy->reset = elementsOf(spike->reset);
    return copy;
  }
  if (auto *refractory = llvm::dyn_cast<ast::RefractoryStmt>(&stmt)) {
    auto *copy = new (context.arena) ast::RefractoryStmt(*refractory);
    copy->duration = elementOf(refractory->duration, std::nullopt);
    llvm::SmallVector<ast::Name, 8> held;
    for (const ast::Name &name : refractory->held) {
      unsigned length = lengths.lookup(name.text);
      for (unsigned j = 0; j < std::max(length, 1u); ++j)
        held.push_back(length ? elementName(name, j) : name);
    }
    copy->held = llvm::ArrayRef<ast::Name>(held).copy(context.arena);
    copy->atEnd = elementsOf(refractory->atEnd);
    return copy;
  }
  if (auto *handler = llvm::dyn_cast<ast::HandlerStmt>(&stmt)) {
    auto *copy = new (context.arena) ast::HandlerStmt(*handler);
    if (handler->condition)
      copy->condition = elementOf(handler->condition, std::nullopt);
    copy->body = elementsOf(handler->body);
    return copy;
  }
  if (auto *periodic = llvm::dyn_cast<ast::PeriodicStmt>(&stmt)) {
    auto *copy = new (context.arena) ast::PeriodicStmt(*periodic);
    copy->period = elementOf(periodic->period, std::nullopt);
    copy->body = elementsOf(periodic->body);
    return copy;
  }
  if (auto *result = llvm::dyn_cast<ast::ResultStmt>(&stmt)) {
    auto *copy = new (context.arena) ast::ResultStmt(*result);
    copy->value = elementOf(result->value, std::nullopt);
    return copy;
  }
  return &stmt;
}

ModelComposer::Statements ModelComposer::expandVectors(const Statements &statements) {
  findLengths(statements);
  if (failed || lengths.empty())
    return statements;
  expandOverrides();
  Statements all;
  for (const ast::Stmt *stmt : statements) {
    auto *equation = llvm::dyn_cast<ast::EquationStmt>(stmt);
    auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt);
    unsigned length = equation ? lengths.lookup(equation->state.text) : 0;
    if (variable && lengths.contains(variable->name.text)) {
      expandVector(*variable, all);
    } else if (variable) {
      auto *copy = new (context.arena) ast::VariableStmt(*variable);
      copy->value = elementOf(variable->value, std::nullopt);
      all.push_back(copy);
    } else if (length && hasLength(*equation->value, length, equation->state.text)) {
      for (unsigned k = 0; k < length; ++k)
        all.push_back(elementOf(*stmt, k));
    } else if (!length) {
      all.push_back(elementOf(*stmt, std::nullopt));
    }
  }
  return all;
}
