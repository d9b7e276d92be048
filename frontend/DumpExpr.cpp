#include "frontend/DumpAST.h"

#include "llvm/ADT/StringExtras.h"

namespace snn {

using namespace ast;

/// The line of a node, without its operands.
static void printHead(const Expr &expr, llvm::raw_ostream &output) {
  switch (expr.kind) {
  case ExprKind::Number:
    output << "number " << llvm::cast<NumberExpr>(expr).digits;
    return;
  case ExprKind::Text:
    output << "text \"" << llvm::cast<TextExpr>(expr).value << '"';
    return;
  case ExprKind::Name:
    output << "name " << llvm::cast<NameExpr>(expr).name;
    return;
  case ExprKind::Member:
    output << "member " << llvm::cast<MemberExpr>(expr).member.text;
    return;
  case ExprKind::Index:
    output << "index";
    return;
  case ExprKind::Unary:
    output << "unary " << spelling(llvm::cast<UnaryExpr>(expr).op);
    return;
  case ExprKind::Binary:
    output << "binary " << spelling(llvm::cast<BinaryExpr>(expr).op);
    return;
  case ExprKind::If:
    output << "if";
    return;
  case ExprKind::Call:
    output << "call " << llvm::cast<CallExpr>(expr).callee.text;
    return;
  case ExprKind::List:
    output << "list";
    return;
  case ExprKind::Draw:
    output << "draw";
    if (llvm::cast<DrawExpr>(expr).keepingSign.isValid())
      output << " keeping sign";
    if (llvm::cast<DrawExpr>(expr).clip.isValid())
      output << " clip";
    return;
  case ExprKind::Error:
    output << "error";
    return;
  }
}

void ASTPrinter::print(const Expr *expr, llvm::StringRef label) {
  if (!expr)
    return;
  line();
  if (!label.empty())
    output << label << ": ";
  printHead(*expr, output);
  if (auto *number = llvm::dyn_cast<NumberExpr>(expr); number && number->unit)
    print(*number->unit);
  if (auto *list = llvm::dyn_cast<ListExpr>(expr); list && list->unit)
    print(*list->unit);
  output << '\n';
  indent();
  printOperands(*expr);
  dedent();
}

void ASTPrinter::print(const UnitExpr &unit) {
  output << " [";
  llvm::ListSeparator separator(" ");
  for (const UnitFactor &factor : unit.factors) {
    output << separator << factor.name.text;
    if (factor.power != Rational(1))
      output << '^' << factor.power.str();
  }
  output << ']';
}

void ASTPrinter::print(const Argument &argument) {
  print(argument.value, argument.name ? argument.name.text : "");
}

void ASTPrinter::printOperands(const Expr &expr) {
  if (auto *member = llvm::dyn_cast<MemberExpr>(&expr)) {
    print(member->base);
  } else if (auto *index = llvm::dyn_cast<IndexExpr>(&expr)) {
    print(index->base);
    for (const Subscript &subscript : index->subscripts) {
      if (!subscript.isSlice) {
        print(subscript.begin, "at");
        continue;
      }
      line() << "slice\n";
      indent();
      print(subscript.begin, "from");
      print(subscript.end, "to");
      dedent();
    }
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
  }
}

} // namespace snn
