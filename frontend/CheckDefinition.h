// Syntax of a neuron, synapse or output -> `model::Definition`.

#ifndef SNN_FRONTEND_CHECKDEFINITION_H
#define SNN_FRONTEND_CHECKDEFINITION_H

#include "frontend/CheckExpr.h"
#include "frontend/ImpliedStates.h"

#include "llvm/ADT/DenseMap.h"

namespace snn {

/// A changed default of a derived model, or nothing.
using Overrides = llvm::StringMap<const ast::AssignmentStmt *>;

/// What the checker remembers of a definition beyond its model.
struct CheckedDefinition {
  model::Definition *definition = nullptr;
  WeightDimension weight; ///< the weight of a synapse, the input of an output
  DimensionTerm result;   ///< of a synapse's `output`, an output's `current`
  bool failed = false;    ///< in error; what uses it stays silent about what it lacks
};

/// Checks one definition. Used once.
class DefinitionChecker {
public:
  /// `overrides` replace the defaults of the declared variables.
  DefinitionChecker(CheckContext &context, const ast::DefinitionStmt &syntax, const Overrides &overrides,
                    CheckedDefinition &result);
  void run();

private:
  /// A variable on its way from syntax to model.
  struct Declared {
    Declared(const ast::VariableStmt *syntax, model::Variable *variable) : syntax(syntax), variable(variable) {}
    const ast::VariableStmt *syntax;
    model::Variable *variable;
    enum { Unvisited, Visiting, Done, Failed } state = Unvisited;
    DimensionTerm dimension;
    Value value; ///< the checked default, where the dimension was inferred from it
  };

  // CheckDefinition.cpp: declarations
  void declareVariables();
  bool checkChains();
  void checkDependencies();
  void checkInitialisation();
  // CheckDefaults.cpp
  /// Determines the dimension, from the `:` clause or the value. False if the variable is in error.
  bool resolve(Declared &declared);
  bool resolveUnvisited(Declared &declared);
  bool resolveByValue(Declared &declared);
  bool resolveConstant(Declared &declared);
  /// The default as written, or what a derived model makes of a constant.
  const ast::Expr *valueSyntax(const Declared &declared) const;
  void finishValue(Declared &declared);
  void finishBounds(Declared &declared);
  void applyOverrides();
  Value checkDefault(const Declared &declared, const ast::Expr &syntax, const DimensionTerm *expected);

  // CheckPlasticity.cpp: what only plasticity rules have
  void checkKeep(const ast::KeepStmt &keep);
  std::optional<model::Assignment> checkRelease(const ast::ReleaseStmt &release);
  void checkRule();
  /// `modulator D` gives the names `D.x` a meaning; `modulator D.x: voltage` says the dimension of one.
  void declareModulator(model::Variable &modulator);
  Value reportModulator(const model::Variable &modulator, llvm::SMRange range);
  void checkOtherHandler(const ast::HandlerStmt &handler);
  void checkRuleStatements(const std::vector<model::Assignment> &statements, llvm::StringRef event, model::StateOwner writer);

  // CheckDynamics.cpp, CheckEvents.cpp: statements
  void checkStatements();
  void checkEquation(const ast::EquationStmt &equation);
  void checkSpike(const ast::SpikeStmt &spike);
  void checkRefractory(const ast::RefractoryStmt &refractory);
  // CheckSurrogate.cpp
  void checkSurrogate(const ast::SurrogateStmt &surrogate);
  const model::Expr *surplusOf(const model::SpikeRule &spike, const ast::SurrogateStmt &syntax);
  void checkHandler(const ast::HandlerStmt &handler);
  void checkMethod(const ast::MethodStmt &method);
  void checkPeriodic(const ast::PeriodicStmt &periodic);
  void checkEventHandler(const ast::HandlerStmt &handler);
  void checkInputs();
  void checkShared();
  void checkShared(const model::Expr *value, const llvm::Twine &what);
  void checkWhiteNoise();
  void checkResult(const ast::ResultStmt &result);
  std::vector<model::Assignment> checkAssignments(const ast::Block &block);
  std::optional<model::Assignment> checkAssignment(const ast::AssignmentStmt &assignment);
  /// The state called `name`, or the weight where a rule changes it; null after a report that starts with `what`.
  const Declared *findState(const ast::Name &name, const llvm::Twine &what);
  void checkCompleteness();
  void checkWeightEntersOnce();

  /// `noise`: in what is evaluated again in every step. `since`: where a synapse or a rule may also look back.
  ExpressionChecker expressions(bool noise = false, ImpliedStates *since = nullptr);
  ImpliedStates *impliedStates(); ///< null for what hears of no events
  Declared *find(llvm::StringRef name);
  void fail() { result.failed = true; }

  CheckContext &context;
  const ast::DefinitionStmt &syntax;
  const Overrides &overrides;
  CheckedDefinition &result;
  model::Definition &definition;
  std::vector<Declared> variables;
  llvm::StringMap<unsigned> indexOf;
  llvm::SmallVector<unsigned, 8> visiting; ///< chain of variables being resolved
  Scope variableScope, simulationScope;
  unsigned group = 0; ///< of equations, counted up by `then`
  ImpliedStates implied;
  llvm::DenseMap<const model::Variable *, llvm::SMRange> equationOf;
};

/// What a method clause says, the default if it is absent; nothing after a report.
std::optional<model::Integration> integrationOf(const ast::MethodClause &clause, CheckContext &context);

/// The method clause among the settings of a population or a derived model; nothing if there is none, or after a report.
std::optional<model::Integration> integrationOf(const ast::Block &settings, CheckContext &context);

/// The assignments of one block of a definition.
struct Handler {
  const std::vector<model::Assignment> *body;
  const model::Variable *input = nullptr; ///< whose events run it, if it is of an input
  bool perNeuron = false;                 ///< runs for single neurons
};
std::vector<Handler> handlersOf(const model::Definition &definition);

/// Where `expr`, through every derived quantity it uses, first meets a node that satisfies `predicate`; or null.
const model::Expr *findUse(const model::Expr &expr, llvm::function_ref<bool(const model::Expr &)> predicate);

} // namespace snn

#endif // SNN_FRONTEND_CHECKDEFINITION_H
