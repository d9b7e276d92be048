#include "frontend/SyntaxCopy.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace snn {

using namespace ast;

Name SyntaxCopy::renamed(const Name &name) const {
  auto found = names.find(name.text);
  return found == names.end() ? name : Name{found->second, name.range};
}

llvm::ArrayRef<Argument> SyntaxCopy::copy(llvm::ArrayRef<Argument> arguments) {
  llvm::SmallVector<Argument, 4> copies;
  for (const Argument &argument : arguments)
    copies.push_back({argument.name, copy(argument.value)});
  return llvm::ArrayRef<Argument>(copies).copy(arena);
}

const UnitExpr *SyntaxCopy::copy(const UnitExpr *unit) {
  if (!unit || llvm::none_of(unit->factors, [&](const UnitFactor &factor) { return names.contains(factor.name.text); }))
    return unit;
  llvm::SmallVector<UnitFactor, 4> factors(unit->factors);
  for (UnitFactor &factor : factors)
    factor.name = renamed(factor.name);
  UnitExpr *result = duplicate(*unit);
  result->factors = llvm::ArrayRef<UnitFactor>(factors).copy(arena);
  return result;
}

const Expr *SyntaxCopy::copy(const Expr *expr) {
  if (!expr)
    return nullptr;
  if (const Expr *replacement = replace ? replace(*expr) : nullptr)
    return replacement;
  switch (expr->kind) {
  case ExprKind::Number:
  case ExprKind::Text:
  case ExprKind::Since:
  case ExprKind::Error:
    return expr;
  case ExprKind::Name: {
    NameExpr *name = duplicate(llvm::cast<NameExpr>(*expr));
    name->name = renamed({name->name, name->range}).text;
    return name;
  }
  case ExprKind::Member: {
    MemberExpr *member = duplicate(llvm::cast<MemberExpr>(*expr));
    member->base = copy(member->base);
    return member;
  }
  case ExprKind::Index: {
    IndexExpr *index = duplicate(llvm::cast<IndexExpr>(*expr));
    index->base = copy(index->base);
    llvm::SmallVector<Subscript, 2> subscripts(index->subscripts);
    for (Subscript &subscript : subscripts) {
      subscript.begin = copy(subscript.begin);
      subscript.end = copy(subscript.end);
    }
    index->subscripts = llvm::ArrayRef<Subscript>(subscripts).copy(arena);
    return index;
  }
  case ExprKind::Comprehension: {
    ComprehensionExpr *comprehension = duplicate(llvm::cast<ComprehensionExpr>(*expr));
    comprehension->value = copy(comprehension->value);
    comprehension->condition = copy(comprehension->condition);
    return comprehension;
  }
  case ExprKind::Unary: {
    UnaryExpr *unary = duplicate(llvm::cast<UnaryExpr>(*expr));
    unary->operand = copy(unary->operand);
    return unary;
  }
  case ExprKind::Binary: {
    BinaryExpr *binary = duplicate(llvm::cast<BinaryExpr>(*expr));
    binary->left = copy(binary->left);
    binary->right = copy(binary->right);
    return binary;
  }
  case ExprKind::If: {
    IfExpr *choice = duplicate(llvm::cast<IfExpr>(*expr));
    choice->condition = copy(choice->condition);
    choice->thenValue = copy(choice->thenValue);
    choice->elseValue = copy(choice->elseValue);
    return choice;
  }
  case ExprKind::Call: {
    CallExpr *call = duplicate(llvm::cast<CallExpr>(*expr));
    call->arguments = copy(call->arguments);
    return call;
  }
  case ExprKind::List: {
    ListExpr *list = duplicate(llvm::cast<ListExpr>(*expr));
    llvm::SmallVector<const Expr *, 8> elements;
    for (const Expr *element : list->elements)
      elements.push_back(copy(element));
    list->elements = llvm::ArrayRef<const Expr *>(elements).copy(arena);
    return list;
  }
  case ExprKind::Draw: {
    DrawExpr *draw = duplicate(llvm::cast<DrawExpr>(*expr));
    draw->distribution = copy(draw->distribution);
    draw->atLeast = copy(draw->atLeast);
    draw->atMost = copy(draw->atMost);
    return draw;
  }
  }
  llvm_unreachable("every kind of expression is listed");
}

const VariableStmt *SyntaxCopy::copy(const VariableStmt &variable, const Expr *value) {
  VariableStmt *result = duplicate(variable);
  result->name = renamed(variable.name);
  result->size = copy(variable.size);
  result->dimension = copy(variable.dimension);
  result->value = value ? value : copy(variable.value);
  llvm::SmallVector<BoundClause, 2> bounds(variable.bounds);
  for (BoundClause &bound : bounds)
    bound.value = copy(bound.value);
  result->bounds = llvm::ArrayRef<BoundClause>(bounds).copy(arena);
  return result;
}

const EquationStmt *SyntaxCopy::copy(const EquationStmt &equation) {
  EquationStmt *result = duplicate(equation);
  result->state = renamed(equation.state);
  result->value = copy(equation.value);
  return result;
}

} // namespace snn
