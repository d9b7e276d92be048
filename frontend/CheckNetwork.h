// Syntax of a network -> `model::Network`: populations, groups and projections.

#ifndef SNN_FRONTEND_CHECKNETWORK_H
#define SNN_FRONTEND_CHECKNETWORK_H

#include "frontend/CheckDefinitions.h"
#include "frontend/CheckTable.h"

#include <deque>

namespace snn {

/// Names for what has none of its own. Streams of random numbers and settings go by name, so each is given once.
class UniqueNames {
public:
  /// `name`, the first time, and then "name (2)" and so on.
  std::string add(const llvm::Twine &name);

private:
  llvm::StringMap<unsigned> times;
};

/// Something that a network declares: a value, a population, a group, a projection with a name, or a part.
struct Declared {
  const ast::Stmt *syntax;
  llvm::SMRange range;
  const IndexCopy *copy = nullptr; ///< the copy of a `for` that declares it; null: outside of any
  std::string name;                ///< with the parts it is in: "V1.P[L4E]"
  enum { Unvisited, Visiting, Done } state = Unvisited;
  std::optional<model::Group> group;             ///< of a group, once visited
  Value value;                                   ///< of a variable, once visited
  model::Population *population = nullptr;       ///< once checked; null: in error
  const model::Projection *projection = nullptr; ///< once checked; null: in error
  std::unique_ptr<class NetworkNames> part;      ///< null: in error
};

/// What is declared under one name for several members of index sets: `P` of `P[a]`.
struct Family {
  const ast::Stmt *syntax; ///< the first declaration
  llvm::SMRange range;
  size_t axes; ///< how many indices name a member
  std::vector<Declared *> members;
  std::vector<llvm::StringSet<>> indices; ///< for each axis, those that some member has
};

/// A network that stands inside another: `part V1 = Column(scale = 0.1)`.
struct PartUse {
  class NetworkNames &whole;
  const ast::PartStmt &syntax;
  const IndexCopy *copy; ///< of the `for` that the part is in; null: outside of any
};

/// The names of a network, for its own projections and for the experiments on it.
class NetworkNames {
public:
  /// The names that `syntax` declares. What is made of them is added to `network`.
  NetworkNames(CheckContext &context, const ast::NetworkStmt &syntax, model::Network &network);
  /// The names of a network that is part of another.
  NetworkNames(const ast::NetworkStmt &syntax, const PartUse &use, llvm::StringRef name);
  NetworkNames(const NetworkNames &) = delete;
  ~NetworkNames();

  /// The population, group or slice that `expr` names. Nothing after a report, or if that is in error itself.
  std::optional<model::Group> group(const ast::Expr &expr);
  /// As `group`, where the name of a family stands for all its members.
  llvm::SmallVector<model::Group, 1> groups(const ast::Expr &expr);
  /// The same where every so many neurons may be meant, as in `N[:100:10]`; `stride` is 1 otherwise.
  llvm::SmallVector<model::Group, 1> groupsWithStride(const ast::Expr &expr, uint64_t &stride);
  /// The population or group that is declared so, as if named at `range`.
  std::optional<model::Group> groupOf(Declared &declared, llvm::SMRange range);
  /// True if `name` is a population, a group or a family of them, be it in error.
  bool isGroup(llvm::StringRef name) const;
  /// The projections that `expr` names by their `as`, all of a family; those in error are left out. Nothing if it does not
  /// name projections.
  std::optional<llvm::SmallVector<const model::Projection *, 1>> projections(const ast::Expr &expr);
  /// How the projection that `expr` names is written, or null.
  const ast::ProjectionStmt *projectionSyntax(const ast::Expr &expr);
  /// The projection called `name` by an `as`, or null.
  const model::Projection *projection(llvm::StringRef name) const;
  /// True if `name` is that of a projection, be it in error.
  bool isProjection(llvm::StringRef name) const;
  /// True if `expr` names something declared rather than a port of it: `V1.N`, not `N.I`.
  bool isPath(const ast::Expr &expr);
  /// What `expr` names, with the members that bound names stand for: "P[L4E].ex".
  std::string shown(const ast::Expr &expr);

  /// A whole number that is known before the run, such as a size. `what` starts the message if it is not.
  std::optional<uint64_t> count(const ast::Expr &expr, const llvm::Twine &what);
  /// What the element of a vector is called that is chosen from it by one number: "I[0]". Nothing after a report.
  std::optional<ast::Name> element(const ast::Name &vector, const ast::IndexExpr &index);
  /// False after a report, if `value` has been made of an entry of a table since `tableReadsBefore`, and a `param` is in it.
  bool checkTableIsFixed(const ast::Expr &expr, const Value &value, unsigned tableReadsBefore, const llvm::Twine &what);

  /// The names bound where something is being checked, the network's `const`, `let`, `param` and tables, then the constants of
  /// the language.
  ScopeList scopes() const;

  /// What is declared, every copy by itself, in the order of the text.
  struct Instance {
    const ast::Stmt *syntax;
    const IndexCopy *copy;
    Declared *declared; ///< null: a projection without a name, or a name declared twice
  };
  const std::vector<Instance> &instances() const { return allInstances; }
  /// The part this is the names of; null if the network stands for itself.
  const PartUse *part() const { return use ? &*use : nullptr; }
  /// As long as this lives, the names bound by the copy count.
  class InInstance {
  public:
    InInstance(NetworkNames &names, const IndexCopy *copy);
    ~InInstance() { names.copy = outer; }

  private:
    NetworkNames &names;
    const IndexCopy *outer;
    std::optional<CheckContext::InCopy> inCopy;
  };
  /// Reports what is wrong with values that nothing has needed so far.
  void checkValues();

  CheckContext &context;
  const ast::NetworkStmt &syntax;
  model::Network &network;
  const std::string prefix; ///< "V1." for what is in a part of that name
  UniqueNames namelessPopulations, namelessProjections;

private:
  // CheckNetworkNames.cpp: declarations
  void declareAll();
  Declared *declare(const ast::Name &name, const ast::Stmt &stmt, const IndexCopy *copy = nullptr);
  Declared *declareMember(const ast::Name &name, ast::Indices indices, const ast::Stmt &stmt, const IndexCopy *copy);
  void reportTwice(const ast::Name &name, const llvm::Twine &what, llvm::SMRange other);

  // CheckIndexSets.cpp: index sets, and copies for their members
  void declareIndexSets();
  void declareTables();
  void declareCopies(const ast::Block &block, const IndexCopy *copy);
  void declareCopy(const ast::Stmt &stmt, const IndexCopy *copy);
  bool isKnownMember(llvm::StringRef member, llvm::SMRange range);
  void repeat(const ast::ForStmt &loop, const IndexCopy *outer);
  bool reportTooMany(const ast::ForStmt &loop, const llvm::Twine &what);
  std::optional<bool> holds(const ast::Expr &condition, const IndexCopy *copy);

  // CheckParts.cpp: networks in networks
  std::unique_ptr<NetworkNames> makePart(const ast::PartStmt &syntax, const IndexCopy *copy, const Declared &declared);
  void checkOverrides();
  std::optional<Value> overriddenValue(const ast::VariableStmt &syntax, const Value &otherwise);

  // CheckNetworkValues.cpp
  Value variable(Declared &declared, const ast::VariableStmt &syntax);
  void makeParameter(Value &value, const ast::VariableStmt &syntax);

  // CheckGroups.cpp: what an expression names
  struct Found {
    enum { Nothing, Reported, One, Several } what = Nothing;
    NetworkNames *owner = nullptr;
    Declared *one = nullptr;
    Family *family = nullptr;
  };
  Found find(const ast::Expr &expr);
  Found findName(llvm::StringRef name);
  Found findInPart(const ast::MemberExpr &expr);
  Found findMember(const ast::IndexExpr &expr);
  void reportUnknownMember(llvm::StringRef family, llvm::StringRef member, llvm::SMRange range, const Family &syntax,
                           const llvm::StringSet<> &known);
  static llvm::StringRef lastName(const ast::Expr &path);
  void reportUnknownGroup(llvm::StringRef name, llvm::SMRange range);
  void reportFamily(const ast::Expr &expr, const Found &found);
  std::optional<model::Group> group(const ast::Expr &expr, uint64_t *stride);
  llvm::SmallVector<model::Group, 1> groups(const ast::Expr &expr, uint64_t *stride);
  std::optional<model::Group> slice(const ast::IndexExpr &index, uint64_t *stride);

  llvm::StringMap<Declared> names;
  llvm::StringMap<Family> families;
  std::vector<Instance> allInstances;
  llvm::StringMap<IndexSet> indexSets;
  llvm::StringSet<> members; ///< of all index sets
  std::vector<std::unique_ptr<Table>> tables;
  std::deque<IndexCopy> copies;
  const IndexCopy *copy = nullptr;
  Scope variables;
  std::optional<PartUse> use; ///< of a part; nothing: the network stands for itself
};

/// Checks one network into its model: first all populations, parts included, then what refers to them.
class NetworkChecker {
public:
  NetworkChecker(DefinitionTable &definitions, NetworkNames &names);
  void run();

private:
  /// Calls `visit` for everything that is declared, parts of parts included.
  using Visit = llvm::function_ref<void(NetworkNames &, const NetworkNames::Instance &)>;
  void forEachInstance(NetworkNames &names, Visit visit);
  void checkPopulation(NetworkNames &names, const ast::PopulationStmt &syntax, Declared &declared);

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
