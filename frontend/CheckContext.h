// What every part of the checker shares: the model under construction, where findings go, and the declarations of the
// file and the library by name.

#ifndef SNN_FRONTEND_CHECKCONTEXT_H
#define SNN_FRONTEND_CHECKCONTEXT_H

#include "frontend/AST.h"
#include "frontend/CheckScope.h"
#include "frontend/Diagnostics.h"

#include <map>
#include <set>

namespace snn {

class Library;
class DefinitionTable;
class IndexCopy;
struct DimensionHypothesis;

/// Whose element of an array a `load` stands for in the expression being checked.
struct DataPlace {
  enum Owner {
    Nowhere, ///< an expression that is evaluated again and again, or before the run
    Neuron,  ///< settings of a population: the neuron's own element
    Synapse, ///< weights and delays: that of the pair of neurons
    Table,   ///< entries of a table: that of the entry
    Drive,   ///< inputs and parameters that an experiment drives: that of the neuron, or of the neuron and the time
  };
  Owner owner = Nowhere;
  std::vector<uint64_t> shape = {}; ///< of a table
  uint64_t entry = 0;               ///< of a table: which one
  const model::TimeCourse *course = nullptr; ///< of a drive: its neurons
  const ScopeList *times = nullptr;          ///< of a drive: what times may be made of
};

class CheckContext {
public:
  CheckContext(const ast::File &file, Library &library, Diagnostics &diagnostics, model::Model &model);

  Diagnostics &diagnostics;
  model::Model &model;
  const ast::File &file;
  Library &library;
  llvm::BumpPtrAllocator arena; ///< of syntax that the checker makes itself

  /// What is assumed against the text of the file; null: nothing.
  const DimensionHypothesis *hypothesis = nullptr;

  /// What is being checked for one of several copies, outermost first: where they are made, and which one it is.
  struct Copy {
    llvm::SMRange range;
    std::string which;
  };
  using Copies = llvm::SmallVector<Copy, 2>;
  Copies copies;
  /// As long as this lives, what is checked is one of several copies.
  class InCopy {
  public:
    InCopy(CheckContext &context, const IndexCopy &copy);
    InCopy(CheckContext &context, llvm::SMRange range, const llvm::Twine &which);
    InCopy(const InCopy &) = delete;
    ~InCopy() { context.copies.pop_back(); }

  private:
    CheckContext &context;
  };
  /// How often members of index sets have been compared, and entries of tables read, so far.
  unsigned memberComparisons = 0, tableReads = 0;
  /// Combinations of members that the `for`s of all networks have asked for, copies that they have made, and parts, so far.
  unsigned combinations = 0, copiesMade = 0, parts = 0;

  /// Reports an error, with a note for every function call it happened in. What is wrong with several copies is reported
  /// for the first one, with a note that says which it is.
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

  /// What a `load` in the expression being checked stands for.
  DataPlace dataPlace;

  /// Tells apart the random numbers of different places in the text.
  unsigned nextStream() { return streams++; }

  /// The path of a data file as seen from the folder of the model, which is not where an imported file needs to be.
  std::string dataPath(const ast::TextExpr &path) const;
  /// The network called `name`; null after a report.
  const ast::NetworkStmt *networkNamed(const ast::Name &name);
  const ast::NetworkStmt *networkOf(llvm::StringRef name) const { return networks.lookup(name); }
  const ast::FunctionStmt *findFunction(llvm::StringRef name) const;
  const std::map<std::string, const ast::FunctionStmt *> &allFunctions() const { return functions; }

  /// `pi` and the physical constants.
  const Scope &constants() const { return constantScope; }

  /// The calls of functions of the file that are being written out, outermost first.
  llvm::SmallVector<const ast::CallExpr *, 4> calls;

private:
  std::map<std::string, const ast::FunctionStmt *> functions;
  llvm::StringMap<const ast::NetworkStmt *> networks;
  Scope constantScope;
  unsigned streams = 0;
  /// True if `code` has been reported at `range` for another copy.
  bool isRepeated(DiagnosticCode code, llvm::SMRange range);
  std::set<std::pair<DiagnosticCode, const char *>> reported;
  std::unique_ptr<Diagnostic> repeated;
  bool reportedDepth = false;
};

/// Offers to write what `nearest` has found in the place of `misspelt`, if that is certain.
void suggest(Diagnostic &report, llvm::SMRange misspelt, const NearestName &nearest);

/// A name, or one of a part such as `na.g` or `tau[0]`; empty if the expression is neither.
ast::Name pathOf(const ast::Expr &expr);

/// Source text for a message: as written, or `otherwise` if that is long or goes over lines.
std::string quoted(const ast::Expr &expr, llvm::StringRef otherwise = "this expression");

/// How a message ends that rejects the value of a constant expression: ", not `2`", or ", but `2*k` is 4".
std::string butIs(const ast::Expr &expr, double value);

} // namespace snn

#endif // SNN_FRONTEND_CHECKCONTEXT_H
