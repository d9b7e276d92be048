// What every part of the checker shares: the model under construction, where findings go, and the declarations of the
// file and the library by name.

#ifndef SNN_FRONTEND_CHECKCONTEXT_H
#define SNN_FRONTEND_CHECKCONTEXT_H

#include "frontend/AST.h"
#include "frontend/CheckScope.h"
#include "frontend/Diagnostics.h"

#include <map>

namespace snn {

class Library;
class DefinitionTable;
struct DimensionHypothesis;

class CheckContext {
public:
  CheckContext(const ast::File &file, Library &library, Diagnostics &diagnostics, model::Model &model);

  Diagnostics &diagnostics;
  model::Model &model;
  const ast::File &file;
  Library &library;

  /// What is assumed against the text of the file; null: nothing.
  const DimensionHypothesis *hypothesis = nullptr;

  /// Reports an error, with a note for every function call it happened in.
  Diagnostic &error(DiagnosticCode code, llvm::SMRange range, const llvm::Twine &message);
  Diagnostic &warning(DiagnosticCode code, llvm::SMRange range, const llvm::Twine &message);

  /// Adds a node to the model.
  model::Expr *make(model::Expr::Kind kind, llvm::SMRange range);
  /// A number in base units.
  Value number(double value, const DimensionTerm &dimension, llvm::SMRange range, UnitSpelling unit = {});
  Value truth(bool value, llvm::SMRange range);
  /// One of the names of the simulation, such as `Time`.
  Value simulation(model::Expr::Kind kind, const Dimension &dimension, llvm::SMRange range);
  Value variable(model::Expr::Kind kind, const model::Variable &variable, llvm::SMRange range);

  /// What an expression may become when every function is written out: nodes, and nodes one below the other, since
  /// every later walk over it is recursive.
  static constexpr unsigned sizeLimit = 100000;
  static constexpr unsigned heightLimit = 1500;
  /// Expressions, groups and models being checked, one inside or because of the other.
  unsigned depth = 0;
  /// Reports that `what` needs too many others, if `depth` says so. It bounds the recursion of the checker.
  bool isTooDeep(llvm::SMRange range, const llvm::Twine &what);
  /// Calls of functions of the file that have been written out so far.
  unsigned inlinedCalls = 0;

  /// Tells apart the random numbers of different places in the text.
  unsigned nextStream() { return streams++; }

  const ast::FunctionStmt *findFunction(llvm::StringRef name) const;
  const std::map<std::string, const ast::FunctionStmt *> &allFunctions() const { return functions; }

  /// `pi` and the physical constants.
  const Scope &constants() const { return constantScope; }

  /// The calls of functions of the file that are being written out, outermost first.
  llvm::SmallVector<const ast::CallExpr *, 4> calls;

private:
  std::map<std::string, const ast::FunctionStmt *> functions;
  Scope constantScope;
  unsigned streams = 0;
  bool reportedDepth = false;
};

/// Offers to write what `nearest` has found in the place of `misspelt`, if that is certain.
void suggest(Diagnostic &report, llvm::SMRange misspelt, const NearestName &nearest);

/// Source text for a message: as written, or `otherwise` if that is long or goes over lines.
std::string quoted(const ast::Expr &expr, llvm::StringRef otherwise = "this expression");

/// How a message ends that rejects the value of a constant expression: ", not `2`", or ", but `2*k` is 4".
std::string butIs(const ast::Expr &expr, double value);

} // namespace snn

#endif // SNN_FRONTEND_CHECKCONTEXT_H
