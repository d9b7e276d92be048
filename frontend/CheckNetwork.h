// Syntax of a network -> `model::Network`: populations, groups and projections.

#ifndef SNN_FRONTEND_CHECKNETWORK_H
#define SNN_FRONTEND_CHECKNETWORK_H

#include "frontend/CheckDefinitions.h"

namespace snn {

/// Names for what has none of its own. Streams of random numbers and settings go by name, so each is given once.
class UniqueNames {
public:
  /// `name`, the first time, and then "name (2)" and so on.
  std::string add(const llvm::Twine &name);

private:
  llvm::StringMap<unsigned> times;
};

/// The names of a network, for its own projections and for the experiments on it.
class NetworkNames {
public:
  NetworkNames(CheckContext &context, const ast::NetworkStmt &syntax);

  /// The population, group or slice that `expr` names. Nothing after a report, or if that is in error itself.
  std::optional<model::Group> group(const ast::Expr &expr);
  /// True if `name` is a population or group, be it in error.
  bool isGroup(llvm::StringRef name) const;
  /// The projection called `name` by an `as`, or null.
  const model::Projection *projection(llvm::StringRef name) const { return projections.lookup(name); }
  /// True if `name` is that of a projection, be it in error.
  bool isProjection(llvm::StringRef name) const;

  /// A whole number that is known before the run, such as a size. `what` starts the message if it is not.
  std::optional<uint64_t> count(const ast::Expr &expr, const llvm::Twine &what);

  /// The network's `const`, `let` and `param`, then the constants of the language.
  ScopeList scopes() const { return {&variables, &context.constants()}; }

  CheckContext &context;
  const ast::NetworkStmt &syntax;
  model::Network *network = nullptr;
  llvm::StringMap<model::Population *> populations;       ///< null: in error
  llvm::StringMap<const model::Projection *> projections; ///< those with an `as`
  UniqueNames namelessPopulations, namelessProjections;

private:
  struct Declared {
    const ast::Stmt *syntax;
    llvm::SMRange range;
    enum { Unvisited, Visiting, Done } state = Unvisited;
    std::optional<model::Group> group; ///< of a `group`, once visited
    Value value;                       ///< of a variable, once visited
  };

  void declare(const ast::Name &name, const ast::Stmt &stmt);
  std::optional<model::Group> namedGroup(const ast::NameExpr &name);
  std::optional<model::Group> slice(const ast::IndexExpr &index);
  Value variable(Declared &declared, const ast::VariableStmt &syntax);
  void makeParameter(Value &value, const ast::VariableStmt &syntax);

  llvm::StringMap<Declared> names;
  Scope variables;
};

/// Checks one network into `names.network`.
class NetworkChecker {
public:
  NetworkChecker(DefinitionTable &definitions, NetworkNames &names);
  void run();

private:
  void checkPopulation(const ast::PopulationStmt &syntax);
  void checkGroup(const ast::GroupStmt &syntax);

  CheckContext &context;
  DefinitionTable &definitions;
  NetworkNames &names;
};

/// The neuron with index 0 of `group` and its kin: `i` and `n` for settings.
Scope indexScope(CheckContext &context);

/// Checks the `let`s of a population or projection on demand. They are drawn once, however often they are used.
class LocalLets {
public:
  /// Right-hand sides see the lets themselves and then `outer`.
  LocalLets(CheckContext &context, const ast::Block &block, ScopeList outer);
  const Scope &scope() const { return lets; }

private:
  Value resolve(unsigned index);

  struct Let {
    const ast::VariableStmt *syntax = nullptr;
    enum { Unvisited, Visiting, Done } state = Unvisited;
    Value value;
  };
  CheckContext &context;
  ScopeList outer;
  std::vector<Let> declared;
  Scope lets;
};

} // namespace snn

#endif // SNN_FRONTEND_CHECKNETWORK_H
