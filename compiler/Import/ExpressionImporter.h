// Imports one checked expression as arith, math and snn operations on f64 and i1.

#ifndef SNN_COMPILER_IMPORT_EXPRESSIONIMPORTER_H
#define SNN_COMPILER_IMPORT_EXPRESSIONIMPORTER_H

#include "frontend/Model.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/SourceMgr.h"

namespace snn {

/// What a coordinate is called among the settings of a population: "position.x".
inline llvm::StringRef coordinateName(unsigned axis) {
  static constexpr llvm::StringLiteral names[] = {"position.x", "position.y", "position.z"};
  return names[axis];
}

class ExpressionImporter {
public:
  ExpressionImporter(mlir::OpBuilder &builder, const llvm::SourceMgr &sources) : builder(builder), sources(sources) {}

  /// Names the declaration whose expressions follow, relative to its population or projection. Random numbers are keyed by
  /// this name, the order of their occurrence in it and, at run time, the population or projection, so that a change
  /// elsewhere in the file draws the same numbers here and populations of one kind can share code.
  void enterDeclaration(llvm::StringRef name);

  /// Gives what is drawn in `expr` its keys now, after the declaration that has been entered.
  void nameDraws(const model::Expr &expr);

  /// Forgets what `old(x)` and `since spike` of the definition before have been called.
  void enterDefinition() { past.clear(); }

  /// What the `delayed(x, d)` of a rule is called, which its owner is known by.
  void namePast(const model::Expr &expr, llvm::StringRef name) { past[&expr] = name.str(); }

  /// Declares, at the insertion point, the variables that stand for `old(x)` and `since spike` in what has been imported
  /// of this definition. No author can have declared one of their names.
  void declarePast();

  /// The value of `expr`, built at the insertion point: f64 for a quantity, i1 for a truth value.
  mlir::Value import(const model::Expr &expr);

  /// Where in the source a range is, as a location that later diagnostics can print.
  mlir::Location location(llvm::SMRange range) const;

private:
  mlir::Value importApply(const model::Expr &expr);
  mlir::Value importFunction(mlir::ImplicitLocOpBuilder &b, const model::Expr &expr, llvm::ArrayRef<mlir::Value> operands);
  mlir::Value importParameter(mlir::ImplicitLocOpBuilder &b, const model::NetworkParameter &parameter);
  mlir::Value importComparison(mlir::ImplicitLocOpBuilder &b, const model::Expr &expr);
  mlir::Value importPower(mlir::ImplicitLocOpBuilder &b, const model::Expr &expr, mlir::Value base);
  mlir::Value importSteps(mlir::ImplicitLocOpBuilder &b, const model::Expr &expr);
  llvm::StringRef pastName(const model::Expr &expr);
  void declareVariable(ir::VariableKind kind, llvm::StringRef name, const model::Expr *value);
  mlir::Value importDraw(mlir::ImplicitLocOpBuilder &b, const model::Expr &expr);
  mlir::Value importData(mlir::ImplicitLocOpBuilder &b, const model::Expr &expr);
  mlir::Value importCourse(mlir::ImplicitLocOpBuilder &b, const model::DataSource &source);

  /// Key of a random number. One that is drawn under a name and used several times (`let r ~ uniform(0, 1)`) is one
  /// expression, and keeps its key.
  uint32_t streamFor(const model::Expr &expr);

  mlir::OpBuilder &builder;
  const llvm::SourceMgr &sources;
  std::string declaration;
  unsigned occurrence = 0;
  llvm::DenseMap<const model::Expr *, uint32_t> streams;
  llvm::MapVector<const model::Expr *, std::string> past; ///< names of what looks back
};

} // namespace snn

#endif // SNN_COMPILER_IMPORT_EXPRESSIONIMPORTER_H
