#include "frontend/DumpAST.h"

#include "llvm/ADT/StringExtras.h"

namespace snn {

using namespace ast;

std::string factorsText(const UnitExpr &unit) {
  std::string text;
  for (const UnitFactor &factor : unit.factors) {
    text += (text.empty() ? "" : " ") + factor.name.text.str();
    if (factor.power != Rational(1))
      text += "^" + factor.power.str();
  }
  return text;
}

std::string bindersText(llvm::ArrayRef<Binder> binders) {
  std::string text;
  for (const Binder &binder : binders)
    text += (text.empty() ? "" : ", ") + binder.name.text.str() + " in " + binder.set.text.str();
  return text;
}

static std::string inBrackets(const UnitExpr *unit) { return unit ? " [" + factorsText(*unit) + "]" : ""; }

/// The line of a node, without its operands.
static std::string headOf(const Expr &expr) {
  switch (expr.kind) {
  case ExprKind::Number: {
    auto &number = llvm::cast<NumberExpr>(expr);
    return "number " + number.digits.str() + inBrackets(number.unit);
  }
  case ExprKind::Text:
    return "text \"" + llvm::cast<TextExpr>(expr).value.str() + "\"";
  case ExprKind::Name:
    return "name " + llvm::cast<NameExpr>(expr).name.str();
  case ExprKind::Member:
    return "member " + llvm::cast<MemberExpr>(expr).member.text.str();
  case ExprKind::Index:
    return "index";
  case ExprKind::Unary:
    return "unary " + spelling(llvm::cast<UnaryExpr>(expr).op).str();
  case ExprKind::Binary:
    return "binary " + spelling(llvm::cast<BinaryExpr>(expr).op).str();
  case ExprKind::If:
    return "if";
  case ExprKind::Call:
    return "call " + llvm::cast<CallExpr>(expr).callee.text.str();
  case ExprKind::List:
    return "list" + inBrackets(llvm::cast<ListExpr>(expr).unit);
  case ExprKind::Draw: {
    auto &draw = llvm::cast<DrawExpr>(expr);
    return std::string("draw") + (draw.keepingSign.isValid() ? " keeping sign" : "") +
           (draw.clip.isValid() ? " clip" : "");
  }
  case ExprKind::Since:
    return "since " + llvm::cast<SinceExpr>(expr).event.text.str();
  case ExprKind::Comprehension: {
    auto &comprehension = llvm::cast<ComprehensionExpr>(expr);
    return comprehension.callee.text.str() + " for " + bindersText(comprehension.binders);
  }
  case ExprKind::Error:
    return "error";
  }
  llvm_unreachable("every kind of expression has a line");
}

void ASTPrinter::print(const Expr *expr, llvm::StringRef label) {
  if (!expr)
    return;
  Node node(*this, (label.empty() ? "" : label.str() + ": ") + headOf(*expr));
  printOperands(*expr);
}

void ASTPrinter::print(const Argument &argument) { print(argument.value, argument.name.text); }

void ASTPrinter::print(const Subscript &subscript) {
  if (!subscript.isSlice)
    return print(subscript.begin, "at");
  Node node(*this, "slice");
  print(subscript.begin, "from");
  print(subscript.end, "to");
  print(subscript.step, "step");
}

void ASTPrinter::printOperands(const Expr &expr) {
  if (auto *member = llvm::dyn_cast<MemberExpr>(&expr)) {
    print(member->base);
  } else if (auto *index = llvm::dyn_cast<IndexExpr>(&expr)) {
    print(index->base);
    for (const Subscript &subscript : index->subscripts)
      print(subscript);
  } else if (auto *unary = llvm::dyn_cast<UnaryExpr>(&expr)) {
    print(unary->operand);
  } else if (auto *binary = llvm::dyn_cast<BinaryExpr>(&expr)) {
    print(binary->left);
    print(binary->right);
  } else if (auto *choice = llvm::dyn_cast<IfExpr>(&expr)) {
    print(choice->condition);
    print(choice->thenValue, "then");
    print(choice->elseValue, "else");
  } else if (auto *call = llvm::dyn_cast<CallExpr>(&expr)) {
    for (const Argument &argument : call->arguments)
      print(argument);
  } else if (auto *list = llvm::dyn_cast<ListExpr>(&expr)) {
    for (const Expr *element : list->elements)
      print(element);
  } else if (auto *draw = llvm::dyn_cast<DrawExpr>(&expr)) {
    print(draw->distribution);
    print(draw->atLeast, "at least");
    print(draw->atMost, "at most");
  } else if (auto *comprehension = llvm::dyn_cast<ComprehensionExpr>(&expr)) {
    print(comprehension->value);
    print(comprehension->condition, "if");
  }
}

} // namespace snn
