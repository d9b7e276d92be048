// The tree as text, internal to the front end: one node per line, its children two columns further right.

#ifndef SNN_FRONTEND_DUMPAST_H
#define SNN_FRONTEND_DUMPAST_H

#include "frontend/AST.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

namespace snn {

class ASTPrinter {
public:
  explicit ASTPrinter(llvm::raw_ostream &output) : output(output) {}

  void print(const ast::Stmt &stmt);

  /// `label` says what the expression is to its parent, such as "value"; nothing is printed for a null expression.
  void print(const ast::Expr *expr, llvm::StringRef label = "");

private:
  /// A line whose children are indented as long as this lives.
  class Node {
  public:
    Node(ASTPrinter &printer, const llvm::Twine &head, llvm::StringRef documentation = "");
    Node(const Node &) = delete;
    ~Node() { printer.indentation -= 2; }

  private:
    ASTPrinter &printer;
  };

  // Expressions.
  void printOperands(const ast::Expr &expr);
  void print(const ast::Argument &argument);
  void print(const ast::Subscript &subscript);

  // Statements. Each prints its own line and its parts.
  void visit(const ast::DefinitionStmt &definition);
  void visit(const ast::DerivedDefinitionStmt &derived);
  void visit(const ast::FunctionStmt &function);
  void visit(const ast::NetworkStmt &network);
  void visit(const ast::ImportStmt &import);
  void visit(const ast::ExperimentStmt &experiment);
  void visit(const ast::VariableStmt &variable);
  void visit(const ast::EquationStmt &equation);
  void visit(const ast::SpikeStmt &spike);
  void visit(const ast::RefractoryStmt &refractory);
  void visit(const ast::MethodStmt &method);
  void visit(const ast::HandlerStmt &handler);
  void visit(const ast::PeriodicStmt &periodic);
  void visit(const ast::UseStmt &use);
  void visit(const ast::GuardStmt &guard);
  void visit(const ast::KeepStmt &keep);
  void visit(const ast::ReleaseStmt &release);
  void visit(const ast::DeliverStmt &deliver);
  void visit(const ast::ResultStmt &result);
  void visit(const ast::AssignmentStmt &assignment);
  void visit(const ast::IndexStmt &index);
  void visit(const ast::TableStmt &table);
  void visit(const ast::ForStmt &loop);
  void visit(const ast::IfStmt &choice);
  void visit(const ast::PartStmt &part);
  void visit(const ast::PopulationStmt &population);
  void visit(const ast::GroupStmt &group);
  void visit(const ast::ProjectionStmt &projection);
  void visit(const ast::ClauseStmt &clause);
  void visit(const ast::PositionStmt &position);
  void visit(const ast::OptionStmt &option);
  void visit(const ast::RecordStmt &record);
  void visit(const ast::SetStmt &set);
  void visit(const ast::StopStmt &stop);
  void visit(const ast::TimedStmt &timed);
  void visit(const ast::SurrogateStmt &surrogate);
  void visit(const ast::DataStmt &data);
  void visit(const ast::ObjectiveStmt &objective);
  void visit(const ast::OptimizerStmt &optimizer);
  void visit(const ast::WeightFileStmt &statement);
  void visit(const ast::MisplacedStmt &misplaced);

  // Parts of statements.
  void print(const ast::Block &block);
  void print(const ast::Block &block, llvm::StringRef label);
  void print(const ast::ModelUse &use);
  void print(const ast::MethodClause &method);

  llvm::raw_ostream &output;
  unsigned indentation = 0;
};

/// `mV ms^-1`
std::string factorsText(const ast::UnitExpr &unit);

/// "a in layer, b in layer"
std::string bindersText(llvm::ArrayRef<ast::Binder> binders);

} // namespace snn

#endif // SNN_FRONTEND_DUMPAST_H
