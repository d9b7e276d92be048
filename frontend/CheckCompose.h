// Puts a model together: what it extends, the membrane mechanisms it uses, the guards that hold, and the elements of
// vectors. The result is one flat definition, so that nothing behind this knows of them.

#ifndef SNN_FRONTEND_CHECKCOMPOSE_H
#define SNN_FRONTEND_CHECKCOMPOSE_H

#include "frontend/CheckDefinitions.h"

#include "llvm/ADT/StringSet.h"

namespace snn {

class ModelComposer {
public:
  /// `overrides` are the changed defaults of a derived model; those of the models it extends are added to them.
  ModelComposer(CheckContext &context, DefinitionTable &definitions, Overrides &overrides)
      : context(context), definitions(definitions), overrides(overrides) {}

  /// The whole definition; `definition` itself if it is whole already. Where something it needs is in error, it is
  /// incomplete, or null.
  const ast::DefinitionStmt *compose(const ast::DefinitionStmt &definition);

  /// The constants that have decided what the model consists of.
  const llvm::StringSet<> &decisive() const { return decisiveConstants; }

private:
  using Statements = std::vector<const ast::Stmt *>;

  /// All statements of a definition, guards decided, behind those of what it extends.
  Statements statementsOf(const ast::DefinitionStmt &definition, Overrides &changed);
  Statements baseOf(const ast::DefinitionStmt &definition, Overrides &changed);
  void decideGuards(llvm::ArrayRef<const ast::Stmt *> statements, const Statements &base, const Overrides &changed,
                    Statements &kept);
  bool holds(const ast::GuardStmt &guard, const Statements &visible, const Overrides &changed);
  /// The value of an expression of constants; nothing after a report.
  Value constant(const ast::Expr &expr, const Statements &visible, const Overrides &changed);
  // CheckVectors.cpp
  /// Vectors become single variables `x[0]`, `x[1]` ..., what is said of them is said of each.
  Statements expandVectors(const Statements &statements);
  void expandVector(const ast::VariableStmt &variable, Statements &into);
  void expandOverrides();
  /// A copy for element `k` of a vector, or where a single value is needed for no element.
  const ast::Stmt *elementOf(const ast::Stmt &stmt, std::optional<unsigned> k);
  ast::Block elementsOf(const ast::Block &block);
  const ast::Expr *elementOf(const ast::Expr *expr, std::optional<unsigned> k);
  const ast::Expr *replaceVector(const ast::Expr &expr, std::optional<unsigned> k);
  const ast::Expr *sumOf(const ast::CallExpr &call);
  /// The length of what an expression yields; 0 for a single value. Different lengths are reported.
  unsigned lengthOf(const ast::Expr &expr);
  /// Has the value as many elements as the vector, or is it a single one? False after a report.
  bool hasLength(const ast::Expr &value, unsigned length, llvm::StringRef name);
  void findLengths(const Statements &statements);
  ast::Name elementName(const ast::Name &name, unsigned k) { return {keep(name.text + "[" + llvm::Twine(k) + "]"), name.range}; }

  void expandUse(const ast::UseStmt &use, const Statements &host, Statements &into);
  void checkArguments(const ast::UseStmt &use, const model::Definition &mechanism);
  const ast::Expr *readOfHost(const ast::UseStmt &use, const ast::VariableStmt &variable, const Statements &host);
  void fail() { failed = true; }

  template <typename Node> Node *make(llvm::SMRange range) { return new (context.arena) Node(range); }
  llvm::StringRef keep(const llvm::Twine &text) { return llvm::StringRef(text.str()).copy(context.arena); }

  CheckContext &context;
  DefinitionTable &definitions;
  Overrides &overrides;
  llvm::StringSet<> decisiveConstants;
  llvm::StringMap<unsigned> lengths; ///< of vectors
  bool failed = false;
  bool incomplete = false, lacksNames = false;
};

} // namespace snn

#endif // SNN_FRONTEND_CHECKCOMPOSE_H
