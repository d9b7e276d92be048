// Syntax of a `simulate` -> `model::Experiment`.

#ifndef SNN_FRONTEND_CHECKEXPERIMENT_H
#define SNN_FRONTEND_CHECKEXPERIMENT_H

#include "frontend/CheckNetwork.h"

namespace snn {

/// Is the file of a kind that weights are kept in? Reports if not (X8).
bool isWeightFile(const ast::TextExpr &file, CheckContext &context);

class ExperimentChecker {
public:
  ExperimentChecker(DefinitionTable &definitions, NetworkNames &names, const ast::ExperimentStmt &syntax,
                    model::Experiment &experiment);
  void run();

private:
  // CheckExperiment.cpp
  void checkOption(const ast::OptionStmt &option);
  /// A time known before the run, in ms.
  std::optional<double> checkTime(const ast::Expr &expr, const llvm::Twine &what);
  void checkPrecision(const ast::OptionStmt &option);
  void checkSeed(const ast::OptionStmt &option);
  void checkTimeGrid();

  // CheckDrive.cpp
  llvm::SmallVector<model::Drive, 1> drives(const ast::AssignmentStmt &assignment);
  std::optional<model::Drive> drive(const model::Group &group, const ast::Name &name, const ast::AssignmentStmt &assignment);
  void driveElements(const model::Group &group, const ast::Name &name, const ast::AssignmentStmt &assignment,
                     llvm::SmallVectorImpl<model::Drive> &all);
  std::optional<model::Drive> external(const model::Group &group, const model::Variable &variable,
                                       const ast::AssignmentStmt &assignment);
  void addDrive(const model::Drive &drive);

  // CheckSpikeTimes.cpp
  llvm::SmallVector<model::Group, 1> groupsOfSpikes(const ast::AssignmentStmt &assignment);
  bool givesSpikes(const ast::AssignmentStmt &assignment);
  void giveSpikes(const model::Group &group, const ast::AssignmentStmt &assignment);
  bool readTimes(const ast::ListExpr &list, std::vector<double> &times);
  void leaveSourcesToHost();

  // CheckProtocol.cpp
  void findPhases();
  void checkTimed();
  void applyFrom(double time, const ast::TimedStmt &timed);
  void applyFrom(double time, const model::Drive &change, std::vector<model::Drive> &given);
  void checkPeriodic(const ast::TimedStmt &timed);
  bool changesWeights(double time, const ast::AssignmentStmt &assignment);
  void replaceFrom(double time, const model::Drive &drive);
  const model::Expr *switched(double time, const model::Expr *before, const model::Expr *after, const model::Variable &variable,
                              llvm::SMRange range);
  void checkStop(const ast::StopStmt &stop);

  // CheckWeightChange.cpp
  void changeWeights(double time, const model::Projection &projection, const ast::MemberExpr &target,
                     const ast::AssignmentStmt &assignment);

  // CheckWeightFile.cpp
  void checkWeightFile(const ast::WeightFileStmt &statement);
  void addWeightFile(const model::Projection &projection, llvm::SMRange range, const ast::TextExpr &file,
                     const ast::WeightFileStmt &statement);

  // CheckSweep.cpp
  void checkBatch(const ast::OptionStmt &option);
  void checkSet(const ast::SetStmt &set);
  std::optional<model::SetTarget> setTarget(const ast::Expr &expr);
  bool isInError(const ast::Expr &expr) const;
  std::optional<model::SetTarget> setTargetOfGroup(const ast::MemberExpr &member);
  std::optional<model::SetTarget> setTargetOfProjection(const ast::MemberExpr &member, const model::Projection &projection);
  const model::Expr *setValue(const ast::Expr &expr, const model::SetTarget &target, const ast::Expr &targetSyntax);
  bool isSetTwice(const model::SetTarget &target, const model::Sweep &sweep);

  // CheckRecord.cpp
  void checkRecord(const ast::RecordStmt &record);
  void recordOfGroup(const ast::RecordStmt &record, const ast::Name &what, model::Record prepared);
  bool recordSpiking(const ast::RecordStmt &record, const ast::Name &what, model::Record &prepared);
  void recordOfProjection(const ast::RecordStmt &record, const ast::Name &what, const model::Projection &projection,
                          const ast::IndexExpr *synapses, model::Record prepared);
  void recordWeights(const ast::RecordStmt &syntax, const model::Projection &projection, const ast::IndexExpr *synapses,
                     model::Record prepared);
  bool takeRange(const ast::IndexExpr *synapses, model::Record &record);
  bool checkRecordTimes(const ast::RecordStmt &syntax, model::Record &record);
  bool checkEvery(const ast::Expr &syntax, const model::Expr *&every);
  bool checkInstant(const ast::Expr &syntax, const llvm::Twine &what, const model::Expr *&time);

  CheckContext &context;
  DefinitionTable &definitions;
  NetworkNames &names;
  const ast::ExperimentStmt &syntax;
  model::Experiment &experiment;
  LocalLets lets;
  ScopeList scopes;    ///< the experiment's lets, then the names of the network
  bool dtKnown = true; ///< false: given, but in error
  const ast::Expr *durationSyntax = nullptr;
  struct Phase {
    const ast::TimedStmt *syntax;
    double begin; ///< ms
  };
  llvm::SmallVector<Phase, 4> phases; ///< those behind the first
};

/// The neurons and the variable that `member` names: `N.na.g` is the parameter `na.g` of `N`, but of a network in the network, `V1.N.g`
/// is `g` of `V1.N`.
std::pair<const ast::Expr *, ast::Name> ownerAndVariable(const ast::MemberExpr &member, NetworkNames &names);

/// True if `time` is a multiple of `dt` up to the rounding of decimal literals.
bool isMultipleOf(double time, double dt);

} // namespace snn

#endif // SNN_FRONTEND_CHECKEXPERIMENT_H
