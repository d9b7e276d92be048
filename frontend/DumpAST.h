// The tree as text, internal to the front end: one node per line, its children two columns further right.

#ifndef SNN_FRONTEND_DUMPAST_H
#define SNN_FRONTEND_DUMPAST_H

#include "frontend/AST.h"

#include "llvm/Support/raw_ostream.h"

namespace snn {

class ASTPrinter {
public:
  explicit ASTPrinter(llvm::raw_ostream &output) : output(output) {}

  void print(const ast::Stmt &stmt);

  /// `label` says what the expression is to its parent, such as "value"; nothing is printed for a null expression.
  void print(const ast::Expr *expr, llvm::StringRef label = "");

private:
  /// Starts a line.
  llvm::raw_ostream &line() { return output.indent(indentation); }
  void indent() { indentation += 2; }
  void dedent() { indentation -= 2; }

  // Expressions.
  void printOperands(const ast::Expr &expr);
  void print(const ast::Argument &argument);
  void print(const ast::UnitExpr &unit);

  // Statements.
  void printParts(const ast::Stmt &stmt);
  void printParts(const ast::VariableStmt &variable);
  void print(const ast::Block &block, llvm::StringRef label);
  void print(const ast::ModelUse &use, llvm::StringRef label);
  void print(const ast::MethodClause &method);

  llvm::raw_ostream &output;
  unsigned indentation = 0;
};

} // namespace snn

#endif // SNN_FRONTEND_DUMPAST_H
