#include "frontend/DumpAST.h"

namespace snn {

using namespace ast;

void printAST(const File &file, llvm::raw_ostream &output) {
  ASTPrinter printer(output);
  for (const Stmt *item : file.items)
    printer.print(*item);
  if (file.incomplete)
    output << "incomplete\n";
}

void ASTPrinter::print(const Stmt &stmt) {
  switch (stmt.kind) {
  case StmtKind::Definition:
    return visit(llvm::cast<DefinitionStmt>(stmt));
  case StmtKind::DerivedDefinition:
    return visit(llvm::cast<DerivedDefinitionStmt>(stmt));
  case StmtKind::Function:
    return visit(llvm::cast<FunctionStmt>(stmt));
  case StmtKind::Network:
    return visit(llvm::cast<NetworkStmt>(stmt));
  case StmtKind::Import:
    return visit(llvm::cast<ImportStmt>(stmt));
  case StmtKind::Experiment:
    return visit(llvm::cast<ExperimentStmt>(stmt));
  case StmtKind::Variable:
    return visit(llvm::cast<VariableStmt>(stmt));
  case StmtKind::Equation:
    return visit(llvm::cast<EquationStmt>(stmt));
  case StmtKind::Spike:
    return visit(llvm::cast<SpikeStmt>(stmt));
  case StmtKind::Refractory:
    return visit(llvm::cast<RefractoryStmt>(stmt));
  case StmtKind::Method:
    return visit(llvm::cast<MethodStmt>(stmt));
  case StmtKind::Handler:
    return visit(llvm::cast<HandlerStmt>(stmt));
  case StmtKind::Result:
    return visit(llvm::cast<ResultStmt>(stmt));
  case StmtKind::Assignment:
    return visit(llvm::cast<AssignmentStmt>(stmt));
  case StmtKind::Periodic:
    return visit(llvm::cast<PeriodicStmt>(stmt));
  case StmtKind::Use:
    return visit(llvm::cast<UseStmt>(stmt));
  case StmtKind::Guard:
    return visit(llvm::cast<GuardStmt>(stmt));
  case StmtKind::Index:
    return visit(llvm::cast<IndexStmt>(stmt));
  case StmtKind::Table:
    return visit(llvm::cast<TableStmt>(stmt));
  case StmtKind::For:
    return visit(llvm::cast<ForStmt>(stmt));
  case StmtKind::If:
    return visit(llvm::cast<IfStmt>(stmt));
  case StmtKind::Part:
    return visit(llvm::cast<PartStmt>(stmt));
  case StmtKind::Keep:
    return visit(llvm::cast<KeepStmt>(stmt));
  case StmtKind::Release:
    return visit(llvm::cast<ReleaseStmt>(stmt));
  case StmtKind::Deliver:
    return visit(llvm::cast<DeliverStmt>(stmt));
  case StmtKind::Population:
    return visit(llvm::cast<PopulationStmt>(stmt));
  case StmtKind::Group:
    return visit(llvm::cast<GroupStmt>(stmt));
  case StmtKind::Projection:
    return visit(llvm::cast<ProjectionStmt>(stmt));
  case StmtKind::Clause:
    return visit(llvm::cast<ClauseStmt>(stmt));
  case StmtKind::Position:
    return visit(llvm::cast<PositionStmt>(stmt));
  case StmtKind::Option:
    return visit(llvm::cast<OptionStmt>(stmt));
  case StmtKind::Record:
    return visit(llvm::cast<RecordStmt>(stmt));
  case StmtKind::Set:
    return visit(llvm::cast<SetStmt>(stmt));
  case StmtKind::WeightFile:
    return visit(llvm::cast<WeightFileStmt>(stmt));
  case StmtKind::Stop:
    return visit(llvm::cast<StopStmt>(stmt));
  case StmtKind::Timed:
    return visit(llvm::cast<TimedStmt>(stmt));
  case StmtKind::Surrogate:
    return visit(llvm::cast<SurrogateStmt>(stmt));
  case StmtKind::Data:
    return visit(llvm::cast<DataStmt>(stmt));
  case StmtKind::Objective:
    return visit(llvm::cast<ObjectiveStmt>(stmt));
  case StmtKind::Optimizer:
    return visit(llvm::cast<OptimizerStmt>(stmt));
  case StmtKind::Misplaced:
    return visit(llvm::cast<MisplacedStmt>(stmt));
  }
}

ASTPrinter::Node::Node(ASTPrinter &printer, const llvm::Twine &head, llvm::StringRef documentation) : printer(printer) {
  printer.output.indent(printer.indentation) << head << '\n';
  printer.indentation += 2;
  while (!documentation.empty()) {
    auto [line, rest] = documentation.split('\n');
    printer.output.indent(printer.indentation) << "## " << line << '\n';
    documentation = rest;
  }
}

} // namespace snn
