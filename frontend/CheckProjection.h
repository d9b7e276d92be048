// Syntax of a projection -> `model::Projection`.

#ifndef SNN_FRONTEND_CHECKPROJECTION_H
#define SNN_FRONTEND_CHECKPROJECTION_H

#include "frontend/CheckNetwork.h"
#include "frontend/CheckUse.h"

namespace snn {

class ProjectionChecker {
public:
  ProjectionChecker(DefinitionTable &definitions, NetworkNames &names, const ast::ProjectionStmt &syntax,
                    Declared *declared);
  /// Adds the projection to the network, unless it is in error.
  void run();

private:
  // CheckProjection.cpp
  bool checkEnds();
  std::optional<model::Group> checkSource();
  std::optional<model::Group> privateSource(const ast::ModelUse &use);
  bool checkClauses();
  bool findModels();
  bool checkSpikes();
  bool checkWeight();
  bool checkDelay();
  bool checkTotal();
  bool checkModels();
  bool checkRules();
  // CheckModulators.cpp: what rules look at besides the joined neurons
  bool checkModulators();
  /// Every `syn g`, `on D` and `D.x` of the rule has a meaning in this projection.
  bool checkSeenByRule(const model::Definition &rule, llvm::SMRange range);
  bool checkReadOfNeuron(const model::Variable &variable, const model::Definition &rule, llvm::SMRange range);
  bool checkSynapseState(const model::Variable &variable, const model::Definition &rule, llvm::SMRange range);
  bool checkModulator(const model::Variable &variable, const model::Definition &rule, llvm::SMRange range);
  void checkDelayShare();
  /// An event is delivered, and the weight has an equation, in one rule at most.
  bool checkOneOfEach();
  /// Every `pre X` and `post X` of `definition` is a variable of the joined neuron.
  bool checkJoined(const model::Definition &definition, llvm::SMRange range);
  bool checkContacts(const Scope &joined);
  bool checkProcedural();
  bool checkTrainable(); // CheckTrainable.cpp
  // CheckLike.cpp
  std::optional<model::Connectivity> contactsOf(const ast::CallExpr &like);
  const ast::ClauseStmt *clause(ast::ClauseKeyword keyword) const;

  // CheckGapJunction.cpp: projections of membranes rather than of events
  bool isGapJunction() const { return syntax.coupling != ast::Coupling::Events; }
  bool checkGapJunction();
  bool checkGapConnect();
  std::optional<const model::Variable *> coupledVariable();
  bool endsAreOne(const model::Projection &forth) const;
  void joinBack(model::Projection &forth);

  // CheckPort.cpp: what the weight must be so that everything fits
  /// `fits` tells whether a target is possible at all; without `weight`, any weight is.
  struct Requirement {
    bool fits = false;
    std::optional<Dimension> weight;
  };
  bool choosePort();
  bool chooseNamedPort();
  Requirement requirement(const model::Variable &target) const;
  bool weightFits(const Requirement &requirement) const;
  bool take(const model::Variable &target, const Requirement &requirement);
  void reportWeight(const model::Variable &target, const Requirement &requirement);
  void reportNoPort(llvm::ArrayRef<const model::Variable *> inputs);
  void noteModels(Diagnostic &report) const;
  const model::Definition &targetModel() const { return *projection->target.population->model.definition; }

  CheckContext &context;
  DefinitionTable &definitions;
  NetworkNames &names;
  const ast::ProjectionStmt &syntax;
  Declared *declared; ///< of its `as`; null: it has none
  std::unique_ptr<model::Projection> projection;
  std::unique_ptr<model::Population> privatePopulation; ///< made for `project Poisson(...) -> P`
  const CheckedDefinition *synapse = nullptr;           ///< null: Delta
  const CheckedDefinition *output = nullptr;            ///< null: none
  /// A clause `plasticity RULE(...)`.
  struct RuleClause {
    const CheckedDefinition *rule;
    SettingsSyntax settings;
    llvm::SMRange range;
  };
  llvm::SmallVector<RuleClause, 2> rules;
  SettingsSyntax synapseSettings, outputSettings;
  ast::Name port;   ///< as written; empty: to be chosen
  ast::Name sourcePort; ///< the same of the source of a gap junction
  const model::Projection *mirrored = nullptr; ///< what is joined here the other way round
  ScopeList scopes; ///< of weights, delays and settings
  Value weight;     ///< empty: no clause
  const ast::CallExpr *loadedWeight = nullptr; ///< the whole weight, of which the file may say the unit
};

/// Checks a `connect` clause for `source` and `target`. Nothing after a report.
std::optional<model::Connectivity> checkConnect(const ast::ClauseStmt &clause, const model::Group &source,
                                                const model::Group &target, const Scope &joined, NetworkNames &names);

/// The clause `connect like NAME`, or null.
const ast::CallExpr *likeClause(const ast::ClauseStmt &clause);
/// Does the projection have the contacts of another one?
bool takesContacts(const ast::ProjectionStmt &projection);

} // namespace snn

#endif // SNN_FRONTEND_CHECKPROJECTION_H
